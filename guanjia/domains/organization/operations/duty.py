"""Duty: planned, signed in, ended with a cover for each district; leave and who stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts, queries
from guanjia.people.models import Cover, DistrictCover, Duty, Employee
from guanjia.places.models import Project

from ..forms import SHIFTS, CoverForm, EndDutyForm, RosterForm

EARLY = timedelta(minutes=60)


def _spans(project: Project, days: Iterable[date], starts: time, ends: time) -> Iterator[tuple[datetime, datetime]]:
    """From moment to moment on each day; what ends before it begins ends on the next day."""
    zone = ZoneInfo(project.zone)
    for day in days:
        until = day if ends > starts else day + timedelta(days=1)
        yield datetime.combine(day, starts, zone), datetime.combine(until, ends, zone)


@operation(Project, label=_("Plan duty"), form=RosterForm, clauses=["ORG-02"], icon="calendar-event")
def plan_duty(
    project: Project, *, by: Actor, employees: Any, post: str, shift: str, starts: time | None, ends: time | None,
    first_on: date, last_on: date | None, weekdays: list[int],
) -> None:  # fmt: skip
    """Shifts for some people over some days. One is never on twice in one post at one time."""
    begin = starts or time(*SHIFTS[Duty.Shift(shift)][0])
    finish = ends or time(*SHIFTS[Duty.Shift(shift)][1])
    if first_on < timezone.localdate(by.at) - timedelta(days=1):
        raise Refused("first_on", _("What is past is not planned."))
    span = [first_on + timedelta(days=n) for n in range(((last_on or first_on) - first_on).days + 1)]
    days = [day for day in span if not weekdays or day.weekday() in weekdays]
    rows = []
    for employee in employees:
        if post not in queries.posts_held(employee, project, max(by.at, _noon(first_on))):
            raise Refused("employees", _("%(name)s does not hold this post here.") % {"name": employee.name})
        for from_at, to_at in _spans(project, days, begin, finish):
            rows.append(Duty(project=project, employee=employee, post=post, from_at=from_at, to_at=to_at, shift=shift))
    if not rows:
        raise Refused("weekdays", _("No day is left to plan."))
    for row in rows:
        clash = Duty.objects.filter(
            project=project, employee_id=row.employee_id, post=post, from_at__lt=row.to_at, to_at__gt=row.from_at
        )
        if clash.exists():
            raise Refused(
                "first_on",
                _("%(name)s is planned already on %(day)s.")
                % {"name": row.employee.name, "day": timezone.localdate(row.from_at).isoformat()},
            )
    Duty.objects.bulk_create(rows)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@need(sentence=_("This shift has ended."))
def not_ended(duty: Duty) -> bool:
    return duty.ended_at is None


@operation(Duty, label=_("Sign in"), needs=[not_ended], clauses=["SFT-01"], icon="user-check")
def sign_in(duty: Duty, *, by: Actor) -> None:
    """The shift begins. The covers that were named for the steward's districts end."""
    _refuse_strangers(duty, by)
    if duty.signed_in_at is not None:
        raise Refused("", _("Signed in already."))
    if not duty.from_at - EARLY <= by.at <= duty.to_at:
        raise Refused("", _("Sign in from one hour before the shift until it ends."))
    duty.signed_in_at = by.at
    if duty.post == posts.STEWARD:
        mine = queries.districts_of(duty.employee, duty.project, by.at)
        DistrictCover.objects.filter(
            project_id=duty.project_id, district__in=mine, until_at__isnull=True, from_at__lte=by.at
        ).update(until_at=by.at)


def _refuse_strangers(duty: Duty, by: Actor) -> None:
    if by.is_system or duty.employee_id == by.id or by.holds(duty.project_id, *posts.SUPERVISORS):
        return
    raise Refused("", _("This is somebody else's shift. They or a supervisor can do it."))


@operation(
    Duty, label=_("End the shift"), form=EndDutyForm, needs=[not_ended], clauses=["ORG-09", "SFT-07"], icon="logout"
)
def end_duty(duty: Duty, *, by: Actor, cover: Employee | None, **covers: Employee | None) -> None:
    """A shift ends; a steward's only with a named cover for every district: it is never without somebody."""
    _refuse_strangers(duty, by)
    if by.at < duty.from_at:
        raise Refused("", _("It has not begun. Cancel it instead."))
    if duty.post == posts.STEWARD:
        _name_covers(duty, by, cover, covers)
    duty.ended_at = by.at


def _name_covers(duty: Duty, by: Actor, cover: Employee | None, covers: dict[str, Employee | None]) -> None:
    for district in queries.districts_of(duty.employee, duty.project, by.at):
        named = covers.get(f"cover_{district.pk}") or cover
        if named is None:
            raise Refused(
                "cover",
                _("%(district)s has no cover. Name a colleague or the control room.") % {"district": district.name},
                "ORG-09",
            )
        if named.pk == duty.employee_id:
            raise Refused("cover", _("Nobody covers for themself."), "ORG-09")
        open_covers = DistrictCover.objects.filter(project_id=duty.project_id, district=district, until_at__isnull=True)
        open_covers.update(until_at=by.at)
        DistrictCover.objects.create(
            project_id=duty.project_id, district=district, duty=duty, employee=named, from_at=by.at
        )


@need(sentence=_("It has begun. End it instead."))
def not_begun(duty: Duty) -> bool:
    return duty.signed_in_at is None


@operation(Duty, label=_("Cancel the shift"), needs=[not_ended, not_begun], danger=True, icon="calendar-off")
def cancel_duty(duty: Duty, *, by: Actor) -> None:
    """A planned shift does not take place."""
    duty.ended_at = min(by.at, duty.from_at)


@operation(Project, label=_("Plan leave and cover"), form=CoverForm, creates=Cover, clauses=["ORG-09"], icon="umbrella")
def plan_cover(
    project: Project, *, by: Actor, absent: Employee, substitute: Employee, from_on: date, to_on: date, reason: str
) -> Cover:
    """One is on leave for some days and another stands in, in every duty of these days."""
    if absent.pk == substitute.pk:
        raise Refused("substitute", _("Nobody covers for themself."))
    if to_on < from_on or (to_on - from_on).days > 366:
        raise Refused("to_on", _("The last day lies before the first, or more than a year after it."))
    if to_on < timezone.localdate(by.at):
        raise Refused("to_on", _("These days are past."))
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    overlapping = Cover.objects.filter(project=project, from_on__lte=to_on, to_on__gte=from_on)
    if overlapping.filter(absent=absent).exists():
        raise Refused("absent", _("Leave is planned on some of these days already."))
    if overlapping.filter(absent=substitute).exists():
        raise Refused("substitute", _("The substitute is on leave on some of these days."))
    if overlapping.filter(substitute=absent).exists():
        raise Refused("absent", _("This colleague stands in for somebody on some of these days."))
    return Cover.objects.create(
        project=project, absent=absent, substitute=substitute, from_on=from_on, to_on=to_on, reason=reason
    )


@operation(Cover, label=_("End the leave"), icon="calendar-off")
def end_cover(cover: Cover, *, by: Actor) -> None:
    """Back earlier: from today the substitute is free."""
    today = timezone.localdate(by.at)
    if cover.to_on < today:
        raise Refused("", _("It has ended already."))
    if cover.from_on >= today:
        raise Refused("", _("It has not begun for a full day; it ends tonight at the earliest."))
    cover.to_on = today - timedelta(days=1)
