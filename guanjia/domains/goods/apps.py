from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodsConfig(AppConfig):
    name = "guanjia.domains.goods"
    label = "goods"
    verbose_name = _("Things to lend")
