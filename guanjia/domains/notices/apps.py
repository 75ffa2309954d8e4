from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guanjia.domains.notices"
    label = "notices"
