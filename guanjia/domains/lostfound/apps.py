from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LostFoundConfig(AppConfig):
    name = "guanjia.domains.lostfound"
    label = "lostfound"
    verbose_name = pgettext_lazy("room", "Lost and found")
