from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ShiftsConfig(AppConfig):
    name = "guanjia.domains.shifts"
    label = "shifts"
    verbose_name = pgettext_lazy("room", "Shifts")
