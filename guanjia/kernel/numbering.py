"""Numbers that can be read out: the project's short code and a series per day, `BY-BX20261122-0001`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection


def next_in(project_id: int, series: str) -> int:
    """The next number of a series. Locks the series until commit; a rolled back number may be reused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (project_id, series, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (project_id, series) DO UPDATE SET last = kernel_counter.last + 1 RETURNING last",
            [project_id, series],
        )
        return int(cursor.fetchone()[0])


def daily(project: Any, prefix: str, at: datetime) -> str:
    """The next number of the day in the project's own zone."""
    day = at.astimezone(ZoneInfo(project.zone)).strftime("%Y%m%d")
    return f"{project.short_code}-{prefix}{day}-{next_in(project.pk, prefix + day):04d}"
