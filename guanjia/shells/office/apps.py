from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "guanjia.shells.office"
    label = "office"

    def ready(self) -> None:
        """Things of the office have their pages here."""
        from . import addresses

        addresses.locate()
