from django.apps import AppConfig


class GoodsConfig(AppConfig):
    name = "guanjia.domains.goods"
    label = "goods"
