"""A database of its own for measuring: made beside the real one, filled, and dropped again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection

from guanjia.config.environment import database
from guanjia.kernel import grants


class NoScratch(RuntimeError):
    """The server does not let us make a database."""


def use(url: str) -> None:
    """Point the connection at a role, keeping the database's name."""
    connection.close()
    entry = database(url)
    for key in ("USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[key] = entry[key]


@contextmanager
def scratch() -> Iterator[None]:
    """The connection stands in an empty database with all tables, as the owner; it is dropped at the end."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"guanjia_bench_{os.getpid()}"
    use(settings.OWNER_URL)
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    except (DatabaseError, SystemExit) as error:
        raise NoScratch(
            "The owner's role may not create a database: give it CREATEDB, or measure elsewhere."
        ) from error
    try:
        grants.apply(settings.APP_ROLE)
        yield
    finally:
        use(settings.OWNER_URL)
        connection.creation.destroy_test_db(name, verbosity=0)


def as_application() -> None:
    """From here on as the plain role, as web and worker run."""
    use(settings.APP_URL)


def analyse() -> None:
    """Fresh statistics, as autovacuum would have made them by and by; as the owner."""
    use(settings.OWNER_URL)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
