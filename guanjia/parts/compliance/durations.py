"""How long the clocks of a month took, in eighths of their own limit: what a histogram draws and what its bars open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, Count, ExpressionWrapper, F, Max, Min, QuerySet, Value, When
from django.db.models.functions import Greatest, Least

from guanjia import book
from guanjia.places.models import Project

from . import queries

# Eighths up to the limit, as many after it; the last holds whatever took longer than twice the limit.
EIGHTHS = 8
LAST = 2 * EIGHTHS
# Late and not stopped yet: nobody knows how long it will have taken.
OPEN = "open"


def narrowed(rows: QuerySet[Any], took: str) -> QuerySet[Any]:
    """Clocks that took this many eighths of their limit: the n-th up to and with the next."""
    if took == OPEN:
        return rows.filter(used_seconds__isnull=True)
    if took.isascii() and took.isdigit() and len(took) <= 2 and int(took) <= LAST:
        return rows.filter(used_seconds__isnull=False).annotate(eighth=_eighth()).filter(eighth=int(took))
    return rows


def counted(project: Project, clause: book.Clause, first: date, at: datetime) -> dict[str, Any]:
    """{"took": {eighth or OPEN: [kept, missed]}, "limit": seconds that all had, or None where they differ}."""
    took: dict[Any, list[int]] = {}
    limits: set[int] = set()
    for index, which in enumerate(("met", "missed")):
        rows = queries.evidence(project, clause, first, which, at)
        if clause.kind != "clock" or rows is None:
            continue
        groups = rows.order_by().annotate(eighth=_eighth()).values("eighth")
        for row in groups.annotate(n=Count("pk"), low=Min("limit_seconds"), high=Max("limit_seconds")):
            took.setdefault(OPEN if row["eighth"] is None else row["eighth"], [0, 0])[index] += row["n"]
            limits |= {row["low"], row["high"]}
    return {"took": took, "limit": limits.pop() if len(limits) == 1 else None}


def _eighth() -> Any:
    """Exactly the limit still belongs before it. (PostgreSQL's greatest and least pass over what is null.)"""
    whole = ExpressionWrapper(
        Greatest(F("used_seconds") - 1, Value(0)) * EIGHTHS / Greatest(F("limit_seconds"), Value(1)),
        output_field=BigIntegerField(),
    )
    return Case(
        When(used_seconds__isnull=False, then=Least(whole, Value(LAST), output_field=BigIntegerField())),
        output_field=BigIntegerField(),
    )
