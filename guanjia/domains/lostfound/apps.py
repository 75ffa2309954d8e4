from django.apps import AppConfig


class LostFoundConfig(AppConfig):
    name = "guanjia.domains.lostfound"
    label = "lostfound"
