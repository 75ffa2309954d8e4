"""The quick way to empty tables ends where the migrations end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from guanjia.config.environment import database
from guanjia.kernel import fresh

WHAT = {
    "columns": """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid), l.collname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "functions": """SELECT p.oid::regprocedure::text, md5(p.prosrc) FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace""",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "types": "SELECT typname, typtype FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')",
    "applied": "SELECT app, name FROM django_migrations",
    "content types": "SELECT app_label, model FROM django_content_type",
}


@contextmanager
def empty(django_db_blocker: Any) -> Iterator[None]:
    """The connection stands in an empty database of the owner's."""
    with django_db_blocker.unblock():
        connection.close()
        before, name = dict(connection.settings_dict), f"guanjia_fresh_{os.getpid()}"
        entry = database(settings.OWNER_URL)
        connection.settings_dict.update({k: entry[k] for k in ("USER", "PASSWORD", "HOST", "PORT")})
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            connection.settings_dict["NAME"] = name
            yield
        finally:
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")
            connection.settings_dict.update(before)


def shape() -> dict[str, set[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for what, sql in WHAT.items():
            cursor.execute(sql)
            found[what] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return found


@pytest.fixture
def rendered_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index and a constraint are made from themselves. Django renders their model anew for each of a thousand, and
    all that stand beside it: most of its time. What then changes a field renders the model with all of them."""

    def append(state: ProjectState, app_label: str, model_name: str, option: str, one: Any) -> None:
        options = state.models[app_label, model_name].options
        options[option] = [*options[option], one]

    monkeypatch.setattr(ProjectState, "_append_option", append)


@pytest.mark.drill  # half a minute of Django's own: `.ci/run` asks for it
def test_the_quick_way_makes_what_the_migrations_make(
    django_db_setup: None, django_db_blocker: Any, rendered_seldom: None
) -> None:
    with empty(django_db_blocker):
        call_command("migrate", interactive=False, verbosity=0)
        quick = shape()
        assert not fresh.build(connection), "what is not empty is migrated"
    with empty(django_db_blocker):
        call_command(migrate.Command(), interactive=False, verbosity=0)  # Django's own
        long = shape()
    # Django's own first migration was written for smaller ids; groups are not used here.
    for found in (quick, long):
        found["columns"] = {row for row in found["columns"] if row[:2] != ("auth_group_permissions", "id")}
    for what in WHAT:
        assert quick[what] == long[what], (what, sorted(quick[what] ^ long[what]))
    assert len(quick["columns"]) > 300 and len(quick["constraints"]) > 100


def test_a_migration_that_does_more_takes_the_long_way(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "DESCRIBES", tuple(kind for kind in fresh.DESCRIBES if kind is not fresh.FieldOperation))
    with empty(django_db_blocker):
        assert not fresh.build(connection) and not connection.introspection.table_names()
    assert not issubclass(migrations.RunPython, fresh.DESCRIBES + fresh.ALONE)
    assert not issubclass(migrations.RunSQL, fresh.DESCRIBES + fresh.ALONE)
