from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "guanjia.domains.cases"
    label = "cases"
