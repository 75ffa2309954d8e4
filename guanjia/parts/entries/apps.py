from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "guanjia.parts.entries"
    label = "entries"
