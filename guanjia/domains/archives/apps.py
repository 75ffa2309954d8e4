from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "guanjia.domains.archives"
    label = "archives"
