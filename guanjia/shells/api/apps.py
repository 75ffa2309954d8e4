from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "guanjia.shells.api"
    label = "api"
