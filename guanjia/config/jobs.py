"""Jobs of the demo: the months before, made by the worker."""

from __future__ import annotations

import logging
from datetime import datetime

from guanjia.kernel.jobs import job
from guanjia.places.models import Project

log = logging.getLogger("guanjia.demo")


@job("config.demo_books")
def demo_books(project_id: int, from_at: str, now: str) -> None:
    """What was owed and kept in the weeks that were told before the first page."""
    from .demo import community

    project = Project.objects.filter(pk=project_id, is_demo=True).first()
    at = datetime.fromisoformat(now)
    if project is not None:
        community.close_shifts(project, datetime.fromisoformat(from_at), at, at)
        community.keep_books(project, datetime.fromisoformat(from_at), at, at)


@job("config.demo_week")
def demo_week(project_id: int, seed: int, from_at: str, to_at: str, now: str) -> None:
    """One week of one demo project, whatever of it has not been told yet."""
    from .demo import community

    project = Project.objects.filter(pk=project_id, is_demo=True).first()
    start, end = datetime.fromisoformat(from_at), datetime.fromisoformat(to_at)
    if project is None:
        return
    at = datetime.fromisoformat(now)
    count = community.tell_by_days(project, seed, start, end, at)
    community.close_shifts(project, start, end, at)
    community.keep_books(project, start, end, at)
    log.info("demo: %s, the week from %s: %d cases", project.code, start.date(), count)
