from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "guanjia.parts.casework"
    label = "casework"
