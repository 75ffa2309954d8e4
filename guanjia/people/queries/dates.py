"""Which rows hold on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def holding(day: date, prefix: str = "") -> Q:
    """Rows with `from_on` and `to_on` that hold on the day."""
    ended = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": day})
    return Q(**{f"{prefix}from_on__lte": day}) & ended


def living(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))
