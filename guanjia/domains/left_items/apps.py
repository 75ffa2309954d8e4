from django.apps import AppConfig


class LeftItemsConfig(AppConfig):
    name = "guanjia.domains.left_items"
    label = "left_items"
