from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Binds rights and reactions once every room is loaded."""

    name = "guanjia.config"
    label = "config"

    def ready(self) -> None:
        from . import wiring

        wiring.connect()
