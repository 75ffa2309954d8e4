"""Every morning: whoever's parcel has waited three days is reminded, and again every three days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every
from guanjia.kernel.outcomes import Outcome

from . import operations, queries

PATIENCE = timedelta(days=3)


@every("10 1 * * *", "parcels.remind")
def remind() -> None:
    """At ten past nine here: one act a parcel, so that the reminder stands in its story."""
    remind_at(timezone.now())


def remind_at(at: datetime) -> int:
    """How many were reminded. What was collected a moment ago is left in peace."""
    reminded = 0
    for parcel in queries.overdue(at, at - PATIENCE)[:5000]:
        try:
            operations.remind(parcel, by=system(at))
        except Outcome:
            continue
        reminded += 1
    return reminded
