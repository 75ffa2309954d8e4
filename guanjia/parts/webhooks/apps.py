from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Listens to every event; what nobody subscribed to costs nothing."""

    name = "guanjia.parts.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from guanjia.kernel import reactions

        from . import listening

        reactions.always(listening.on_event)
