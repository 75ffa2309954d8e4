from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CustodyConfig(AppConfig):
    name = "guanjia.parts.custody"
    label = "custody"
    verbose_name = pgettext_lazy("room", "Custody")
