"""What the application's plain role may do: everything but to change the past."""

from __future__ import annotations

from typing import Any

from django.db import connection

APPEND_ONLY = ("kernel_event", "kernel_made", "kernel_seal")


def apply(role: str, using: Any = None) -> None:
    """As the owner, after migrating: grant the plain role its rights and take back those on the journal."""
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
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
