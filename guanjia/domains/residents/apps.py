from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "guanjia.domains.residents"
    label = "residents"
