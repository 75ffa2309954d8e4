"""The morning: what the night took down is told to whoever opens the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every
from guanjia.parts.casework import queries as casework
from guanjia.parts.outreach import telling
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places.models import Project

# How long after opening somebody who comes on duty is still told.
MORNING = timedelta(hours=3)


@every("*/10 * * * *", "cases.carry_over")
def carry_over() -> None:
    """Every ten minutes of the morning, so that whoever comes on later is told too; each person once a day."""
    now = timezone.now()
    for project in Project.objects.exclude(kind=Project.Kind.OFFICE):
        tell_morning(project, now)


def tell_morning(project: Project, at: datetime) -> None:
    """One notice a day to each receptionist on duty when the night has left something."""
    local = at.astimezone(ZoneInfo(project.zone))
    opened = datetime.combine(local.date(), project.opens_at, tzinfo=local.tzinfo)
    if not opened <= local < opened + MORNING:
        return
    desk = [one.pk for one in people.on_duty(project, posts.RECEPTIONIST, at)]
    left = len(casework.carried_over(project, system(at), at)) if desk else 0
    if left:
        telling.give(
            project.pk, "carried", f"carried:{local.date().isoformat()}", staff=desk, subject=("project", project.pk),
            at=at, params={"count": left},
        )  # fmt: skip
