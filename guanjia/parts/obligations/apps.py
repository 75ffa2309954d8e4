from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "guanjia.parts.obligations"
    label = "obligations"
    verbose_name = _("Duties")

    def ready(self) -> None:
        """Settle what is owed with the work's own events, inside their transaction."""
        from guanjia.kernel import reactions

        from .keeping import on_event

        reactions.always(on_event)
