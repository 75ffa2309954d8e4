from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "guanjia.parts.custody"
    label = "custody"
