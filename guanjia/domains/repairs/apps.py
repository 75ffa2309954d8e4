from django.apps import AppConfig


class RepairsConfig(AppConfig):
    name = "guanjia.domains.repairs"
    label = "repairs"
