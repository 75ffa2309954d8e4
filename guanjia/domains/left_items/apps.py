from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LeftItemsConfig(AppConfig):
    name = "guanjia.domains.left_items"
    label = "left_items"
    verbose_name = pgettext_lazy("room", "Things left")
