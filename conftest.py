"""Tests meet the real database: a PostgreSQL of their own, as the plain role that the product runs as."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "guanjia.config.settings"
os.environ.setdefault("GUANJIA_SECRET_KEY", "tests-only-not-a-secret")
os.environ.setdefault("GUANJIA_MASTER_KEY", "tests-only-master-key")
os.environ.setdefault("GUANJIA_DEBUG", "1")
os.environ["GUANJIA_EXTRA_APPS"] = "guanjia.kernel.tests"
os.environ.setdefault("GUANJIA_DATA", tempfile.mkdtemp(prefix="guanjia-tests-data-"))


def _start_database() -> None:
    """The server given by the environment, or our own embedded one in a folder shared by all runs of this user."""
    if "DATABASE_URL" in os.environ:
        return
    from guanjia.runtime.postgres import Cluster

    folder = Path(tempfile.gettempdir()) / f"guanjia-tests-{os.getuid()}"
    cluster = Cluster(folder, durable=False)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.app_url
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url
    globals()["_cluster"] = cluster  # held until the process ends: the last to leave stops the server


_start_database()

import django  # noqa: E402  (the settings read the environment made above)

from guanjia.runtime import messages  # noqa: E402

messages.compile_all(messages.PACKAGE)

django.setup()

from django.conf import settings as product  # noqa: E402
from django.test import TransactionTestCase, utils  # noqa: E402
from django.utils import translation  # noqa: E402

from guanjia.parts.standards import queries as editions  # noqa: E402
from guanjia.people.tests.cast import north, office, south  # noqa: E402, F401  (the cast, for every test)
from guanjia.web.tests.chromium import chromium, windows  # noqa: E402, F401  (the browser, for every journey)

# Passwords and PINs are hashed as slowly as they should be by the product; here hundreds of people are invented.
product.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# As while developing: a static file is looked for when it is asked for. Every client of a test would list them all.
product.WHITENOISE_AUTOREFRESH = True


def _use(role_url: str) -> None:
    """Point Django's connection at a role, keeping the test database's name."""
    from django.db import connection

    from guanjia.config.environment import database

    connection.close()
    entry = database(role_url)
    for key in ("USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[key] = entry[key]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In any order, but each worker's stretch begins with its share of the long ones: they come to an end together."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    rest = iter([item for item in items if not item.get_closest_marker("long")])
    size = len(items) // workers
    ordered: list[pytest.Item] = []
    for n in range(workers):
        own = long[n::workers]
        ordered += [*own, *islice(rest, max(0, size - len(own)))]
    items[:] = [*ordered, *rest]


def pytest_collection_finish() -> None:
    """All that is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def without_second_factor(settings: object) -> None:
    """Tests sit down at a post without its phone; those about the second factor switch it on."""
    settings.SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def without_memory() -> Iterator[None]:
    """Editions are remembered for a minute by the project's id, and the cast has the same ids in each test; a request
    leaves its language to the thread that served it, here the test's own."""
    yield
    editions.forget()
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Create the test database as the owner, then run every test as the application's own role."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from guanjia.kernel import grants
    from guanjia.people.tests import cast

    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    connection.settings_dict["TEST"]["NAME"] = f"test_guanjia_{os.getpid()}_{worker}"
    with django_db_blocker.unblock():
        _use(settings.OWNER_URL)
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        grants.apply(settings.APP_ROLE)
        cast.keep(settings.APP_ROLE)
        _use(settings.APP_URL)
    yield
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # what a live server's threads still hold would keep the database
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
        _use(settings.OWNER_URL)
        teardown_databases(made, verbosity=0)


def _empty_as_owner(self: object) -> None:
    """After tests that commit, empty what they filled, as the owner: the plain role may not touch the journal."""
    from django.conf import settings
    from django.db import connection

    _use(settings.OWNER_URL)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename NOT IN ('django_migrations', 'django_content_type')"
        )
        # Asking each is far cheaper than giving some two hundred tables new files.
        names = [row[0] for row in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names))
        if filled := ", ".join(row[0] for row in cursor.fetchall()):
            cursor.execute(f"TRUNCATE {filled} RESTART IDENTITY CASCADE")
    _use(settings.APP_URL)


# Set for the whole run: a patch of one test would be taken back before its database is emptied.
TransactionTestCase._fixture_teardown = _empty_as_owner


def _rendered(self: Any, context: Any) -> Any:
    """Django's tests keep a copy of the context of every template; nobody asks for those of a hundred components."""
    if not str(self.name).startswith(("cotton/", "django/forms/")):
        return _told(self, context)
    return self.nodelist.render(context)


_told, utils.instrumented_test_render = utils.instrumented_test_render, _rendered
