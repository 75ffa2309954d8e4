from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    name = "guanjia.domains.shifts"
    label = "shifts"
