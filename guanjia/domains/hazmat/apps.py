from django.apps import AppConfig


class HazmatConfig(AppConfig):
    name = "guanjia.domains.hazmat"
    label = "hazmat"
