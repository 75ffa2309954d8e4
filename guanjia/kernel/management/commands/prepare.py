"""Migrate as the owner and give the plain role its rights."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from guanjia.kernel import grants


class Command(BaseCommand):
    help = "Migrate the database and grant the application's role what it needs."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        grants.apply(settings.APP_ROLE)
