from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    name = "guanjia.parts.clocks"
    label = "clocks"
    verbose_name = _("Clocks")

    def ready(self) -> None:
        """Keep books of every event, inside its transaction."""
        from guanjia.kernel import reactions

        from .keeping import on_event

        reactions.always(on_event)
