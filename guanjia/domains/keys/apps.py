from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "guanjia.domains.keys"
    label = "keys"
