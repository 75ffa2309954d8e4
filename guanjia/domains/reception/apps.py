from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "guanjia.domains.reception"
    label = "reception"
