from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "guanjia.kernel"
    label = "kernel"

    def ready(self) -> None:
        # Who may do what is the registry's: Django's permissions, four for each table, are asked by nobody.
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
