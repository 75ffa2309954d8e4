"""The cast is written once a run and copied into each test by one statement: nearly every test begins with it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from guanjia.kernel.models import SearchWords

_made: dict[str, bytes] = {}  # what the fixtures hand out, by name
APART = 1000  # the ids of each kind of place and person: one taken for another names nothing


def keep(parts: Mapping[str, Callable[[], Any]], role: str) -> None:
    """As the owner, in the empty test database: make each part once, keep a copy of its rows, take the rows away."""
    models = [model for label in ("places", "people") for model in apps.get_app_config(label).get_models()]
    tables = [model._meta.db_table for model in (*models, SearchWords)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kept")
        _count_from(cursor, tables, 0)
        filled = set()
        for name, make in parts.items():
            with transaction.atomic():
                _made[name] = pickle.dumps(make())
                filled |= _copied(cursor, name)
        # What the tests make themselves comes after it, and so it does when tables were emptied.
        _count_from(cursor, tables, APART // 2)
        assert filled <= {*tables}, f"the ids of {filled - {*tables}} are not kept apart"
        cursor.execute(f"TRUNCATE {', '.join(sorted(filled))} CASCADE")
        cursor.execute(f"GRANT USAGE ON SCHEMA kept TO {connection.ops.quote_name(role)}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA kept TO {connection.ops.quote_name(role)}")


def play(name: str) -> Any:
    """The rows of one part in this test, and what its fixture hands out."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kept.{name}()")
    return pickle.loads(_made[name])


def _count_from(cursor: Any, tables: list[str], first: int) -> None:
    for number, table in enumerate(tables, start=1):
        start = number * APART + first
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN id SET START {start} RESTART")


def _copied(cursor: Any, name: str) -> set[str]:
    """Copy what this transaction wrote, and make the function that writes it again."""
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    (own,) = cursor.fetchone()
    cursor.execute(
        "SELECT c.relname, string_agg(quote_ident(a.attname), ', ') FROM pg_class c JOIN pg_attribute a "
        "ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname"
    )
    columns = dict(cursor.fetchall())
    cursor.execute(" UNION ALL ".join(f"(SELECT '{t}' FROM {t} WHERE xmin = '{own}' LIMIT 1)" for t in columns))
    found = {row[0] for row in cursor.fetchall()}
    filled = [m._meta.db_table for m in apps.get_models() if m._meta.db_table in found]  # places before who lives there
    lines = []
    for table in filled:
        copy = f"kept.{name}_{table}"
        cursor.execute(f"CREATE TABLE {copy} AS SELECT {columns[table]} FROM {table} WHERE xmin = '{own}'")
        lines.append(f"INSERT INTO {table} ({columns[table]}) SELECT {columns[table]} FROM {copy};")
    body = "\n".join(lines)
    cursor.execute(f"CREATE FUNCTION kept.{name}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    return set(filled)
