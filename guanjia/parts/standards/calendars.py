"""The Book's calendars at a project: its reception hours, its zone, and the days decided otherwise."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models import Q

from guanjia.kernel import calendar
from guanjia.kernel.calendar import WorkCalendar
from guanjia.places.models import Project

from .models import CalendarDay

ALWAYS, RECEPTION, WORKDAYS = "24x7", "working_hours", "working_days"
KEYS = (ALWAYS, RECEPTION, WORKDAYS)


def calendar_of(project: Project, key: str) -> WorkCalendar:
    """The calendar of this name at the project. The round-the-clock one needs no statement, the others
    one."""
    if key == ALWAYS:
        return calendar.always(project.zone)
    if key == RECEPTION:
        base = calendar.daily_hours(_time(project.opens_at), _time(project.closes_at), project.zone)
    elif key == WORKDAYS:
        base = calendar.working_days(project.zone)
    else:
        raise ValueError(f"the Book has no calendar {key}")
    opened, closed = decided_days(project)
    return calendar.with_days(base, opened=opened, closed=closed)


def decided_days(project: Project) -> tuple[set[Any], set[Any]]:
    """Days opened and closed for the company and, over that, for the project."""
    rows = CalendarDay.objects.filter(
        Q(project=project) | Q(project__kind=Project.Kind.OFFICE), replaced_at__isnull=True
    ).values_list("day", "is_open", "project_id")
    decided = {day: is_open for day, is_open, project_id in sorted(rows, key=lambda r: r[2] == project.pk)}
    return {d for d, is_open in decided.items() if is_open}, {d for d, is_open in decided.items() if not is_open}


def _time(value: Any) -> time:
    """A project that was just made still carries its default as text."""
    return value if isinstance(value, time) else time.fromisoformat(value)
