from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReceptionConfig(AppConfig):
    name = "guanjia.domains.reception"
    label = "reception"
    verbose_name = pgettext_lazy("room", "Reception")
