"""Set-based writing: many rows from one query in one statement, so that work grows with the database and not here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet


def put(
    model: Any,
    chosen: QuerySet[Any],
    columns: Iterable[str],
    *,
    constants: Mapping[str, Any] | None = None,
    unique: Iterable[str] = (),
    update: Iterable[str] = (),
) -> list[int]:
    """`INSERT … SELECT … ON CONFLICT`: the rows of a `values_list` query become rows of a model, with constants beside.

    `columns` name the model's fields in the order of the query. Rows that stand already are left, or get `update`
    anew (then `unique` names the fields by which they are known). Returns the ids of rows made or changed.
    """
    names, constants = list(columns), dict(constants or {})
    meta, quote = model._meta, connection.ops.quote_name
    fields = [meta.get_field(name) for name in (*names, *constants)]
    given = [f.get_db_prep_save(v, connection) for f, v in zip(fields[len(names) :], constants.values(), strict=True)]
    inner, params = chosen.query.sql_with_params()
    taken = [f"s.c{number}" for number in range(len(names))]
    casts = [
        f"%s::{f.rel_db_type(connection) if f.is_relation else f.db_type(connection)}" for f in fields[len(names) :]
    ]
    changes = ", ".join(
        f"{quote(meta.get_field(n).column)} = excluded.{quote(meta.get_field(n).column)}" for n in update
    )
    known = ", ".join(quote(meta.get_field(n).column) for n in unique)
    sql = (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(quote(f.column) for f in fields)}) "
        f"SELECT {', '.join([*taken, *casts])} "
        f"FROM ({inner}) AS s({', '.join(f'c{number}' for number in range(len(names)))}) "
        f"ON CONFLICT {f'({known})' if known else ''} {f'DO UPDATE SET {changes}' if changes else 'DO NOTHING'} "
        "RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *params])
        return [row[0] for row in cursor.fetchall()]


def together(*works: Any) -> list[Any]:
    """Several writings in one transaction: all or nothing. For books that are kept beside the operations."""
    with transaction.atomic():
        return [work() for work in works]
