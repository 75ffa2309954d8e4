from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "guanjia.domains.gifts"
    label = "gifts"
