from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Listens to every event; what nobody subscribed to costs nothing."""

    name = "guanjia.parts.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from guanjia.kernel import reactions

        from . import listening

        reactions.always(listening.on_event)
