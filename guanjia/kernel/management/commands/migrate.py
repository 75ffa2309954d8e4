"""Django's `migrate`; an empty database gets its tables at once (see `kernel.fresh`), tests' databases too."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, models

from guanjia.kernel import fresh


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        asked = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial", "prune")
        if not any(options.get(name) for name in asked):
            fresh.build(connections[options["database"]])
        # Who may do what is the registry's: Django's permissions, four for each table, are asked by nobody.
        models.signals.post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        super().handle(*args, **options)  # what came later, rooms without migrations, and Django's own rows
