from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HazmatConfig(AppConfig):
    name = "guanjia.domains.hazmat"
    label = "hazmat"
    verbose_name = _("Hazardous goods")
