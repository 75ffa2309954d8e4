from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NoticesConfig(AppConfig):
    name = "guanjia.domains.notices"
    label = "notices"
    verbose_name = pgettext_lazy("bulletin", "Notices")
