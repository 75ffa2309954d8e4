from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "guanjia.parts.imports"
    label = "imports"
