"""Three months of duty in shifts: the counter from 7 to 19, a technician and the control room at every hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guanjia.people import posts
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Project

PAST_DAYS, AHEAD_DAYS = 95, 40
EARLY, DAY, LATE = ("early", time(7), time(15)), ("day", time(8, 30), time(17, 30)), ("late", time(11), time(19))
EVENING, NIGHT, WATCH = ("evening", time(15), time(23)), ("night", time(19), time(7)), ("day", time(7), time(19))
COMMAND = ("night", time(17, 30), time(8, 30))
Shift = tuple[str, time, time]


def shift_of(post: str, turn: int, day: date) -> Shift | None:
    """The shift of the nth of some people in a post on a day; None is a day off."""
    number = day.toordinal()
    if post == posts.RECEPTIONIST:
        return (EARLY, LATE, None)[(turn + number) % 3]
    if post in (posts.CONTROL_ROOM, posts.SECURITY_GUARD):
        return (WATCH, NIGHT, None, None)[(turn + number) % 4]
    if post == posts.DUTY_MANAGER:
        return COMMAND if (turn + number) % 2 == 0 else None
    if post == posts.TECHNICIAN:
        return (EARLY, DAY, LATE, EVENING, NIGHT, None)[(turn + number) % 6]
    if post == posts.STEWARD:
        return DAY if (turn * 2 + number) % 7 != 0 else None
    if post == posts.SERVICE_SUPERVISOR:
        return DAY if day.weekday() < 5 or (turn + number // 7) % 2 == 0 else None
    return DAY if day.weekday() < 5 or (post == posts.CASHIER and day.weekday() == 5) else None


def plan(project: Project, crew: dict[str, list[Employee]], at: datetime) -> int:
    """Duty rows from three months ago to six weeks ahead; what is past was signed in and ended."""
    zone = ZoneInfo(project.zone)
    today = at.astimezone(zone).date()
    rows = []
    for offset in range(-PAST_DAYS, AHEAD_DAYS):
        day = today + timedelta(days=offset)
        for post, people in crew.items():
            for turn, employee in enumerate(people):
                shift = shift_of(post, turn, day)
                if shift is not None:
                    rows.append(_duty(project, employee, post, day, shift, zone, at))
    Duty.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _duty(
    project: Project, employee: Employee, post: str, day: date, shift: Shift, zone: ZoneInfo, at: datetime
) -> Duty:
    word, starts, ends = shift
    from_at = datetime.combine(day, starts, zone)
    to_at = datetime.combine(day if ends > starts else day + timedelta(days=1), ends, zone)
    return Duty(
        project=project,
        employee=employee,
        post=post,
        from_at=from_at,
        to_at=to_at,
        shift=word,
        signed_in_at=from_at - timedelta(minutes=employee.pk % 9 + 1) if from_at < at else None,
        ended_at=to_at if to_at < at else None,
    )
