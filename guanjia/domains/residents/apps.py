from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    name = "guanjia.domains.residents"
    label = "residents"
    verbose_name = _("Residents")
