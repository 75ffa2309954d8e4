from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "guanjia.parts.files"
    label = "files"
