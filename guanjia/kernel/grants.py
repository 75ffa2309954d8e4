"""What the application's plain role may do: everything but to change the past."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

JOURNAL = ("kernel_event", "kernel_made", "kernel_seal")


def append_only() -> list[str]:
    """The journal, and every ledger of a room (`APPEND_ONLY` on its model)."""
    return [*JOURNAL, *(m._meta.db_table for m in apps.get_models() if getattr(m, "APPEND_ONLY", False))]


def apply(role: str, using: Any = None) -> None:
    """As the owner, after migrating: grant the plain role its rights and take back those on what only grows."""
    link = using or connection
    name = link.ops.quote_name(role)
    with link.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            return  # one role for all: only where the operator insists; start-up warns
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {name}")
        for table in append_only():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
