"""Nightly: visits that were kept for a year lose their names."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.kernel import jobs
from guanjia.kernel.actors import system
from guanjia.places import queries as places

from . import queries
from .operations import forget

KEPT = timedelta(days=365)


@jobs.every("37 19 * * *", "visitors.forget")
def forget_old() -> None:
    """Every project by itself; a night without anything to forget leaves no event."""
    now = timezone.now()
    for project in places.projects():
        if queries.past_keeping(project, now - KEPT).exists():
            forget(project, by=system(now), before=now - KEPT)
