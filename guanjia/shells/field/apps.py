from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldConfig(AppConfig):
    name = "guanjia.shells.field"
    label = "field"
    verbose_name = _("Tasks")
    default_auto_field = "django.db.models.BigAutoField"
