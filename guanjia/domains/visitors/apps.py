from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "guanjia.domains.visitors"
    label = "visitors"
