from django.apps import AppConfig


class TelephoneConfig(AppConfig):
    name = "guanjia.parts.telephone"
    label = "telephone"
