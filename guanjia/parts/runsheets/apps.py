from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RunsheetsConfig(AppConfig):
    name = "guanjia.parts.runsheets"
    label = "runsheets"
    verbose_name = _("Run sheets")
