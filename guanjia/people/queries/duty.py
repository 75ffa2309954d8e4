"""Who is on, who stands in, who answers for a house now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjia.places import queries as places
from guanjia.places.models import House, Project

from .. import posts
from ..models import Cover, DistrictCover, Duty, Employee, Skill
from .districts import steward_of

# Who the day hangs on stands first.
ON_SHOW = (
    posts.DUTY_MANAGER, posts.PROJECT_MANAGER, posts.RECEPTIONIST, posts.SERVICE_OFFICER, posts.STEWARD,
    posts.TECHNICIAN, posts.CONTROL_ROOM, posts.SERVICE_SUPERVISOR, posts.ENGINEERING_SUPERVISOR, posts.SECURITY_GUARD,
)  # fmt: skip


class Roster:
    """Who is on at a project between two moments, read at once: for one question, or for many about a stretch.

    Asked about a moment outside, it raises ValueError.
    """

    def __init__(self, project: Project, since: datetime, until: datetime, **only: str) -> None:
        self.since, self.until = since, until
        rows = Duty.objects.filter(project=project, from_at__lte=until, to_at__gt=since, **only)
        self._duties: dict[str, list[Duty]] = {}
        for duty in rows.select_related("employee").order_by("from_at", "id"):
            self._duties.setdefault(duty.post, []).append(duty)
        self._covers = list(_covers(project, timezone.localdate(since), timezone.localdate(until)))

    def on(self, post: str, at: datetime) -> list[Employee]:
        """Who is on at this post, with substitutes in the place of who is on leave, each once."""
        if not self.since <= at <= self.until:
            raise ValueError("this moment was not read")
        day = timezone.localdate(at)
        stand_ins = {one.absent_id: one.substitute for one in self._covers if one.from_on <= day <= one.to_on}
        found: dict[int, Employee] = {}
        for duty in self._duties.get(post, ()):
            if duty.from_at <= at < duty.to_at and (duty.ended_at is None or duty.ended_at > at):
                person = stand_ins.get(duty.employee_id, duty.employee)
                if person.state == Employee.State.ACTIVE:
                    found.setdefault(person.pk, person)
        return list(found.values())


def on_duty(project: Project, post: str, at: datetime) -> list[Employee]:
    """Who is on at this post: the duty table, with substitutes in the place of who is on leave, each once."""
    return Roster(project, at, at, post=post).on(post, at)


@dataclass(frozen=True)
class OnNow:
    """A post that is manned now, and by whom: the substitute where somebody is on leave."""

    post: str
    employee: Employee
    until: datetime


def on_now(project: Project, at: datetime, most: int = 60) -> list[OnNow]:
    """Everybody who is on, those first on whom the day hangs; each post and person once."""
    rows = Duty.objects.filter(project=project, from_at__lte=at, to_at__gt=at, ended_at__isnull=True)
    stand_ins = covers_on(project, timezone.localdate(at))
    order = {post: index for index, post in enumerate(ON_SHOW)}
    found: dict[tuple[str, int], OnNow] = {}
    for duty in rows.select_related("employee").order_by("from_at", "id")[:most]:
        person = stand_ins.get(duty.employee_id, duty.employee)
        if person.state == Employee.State.ACTIVE:
            found.setdefault((duty.post, person.pk), OnNow(duty.post, person, duty.to_at))
    return sorted(found.values(), key=lambda one: (order.get(one.post, len(order)), one.employee.pk))


def duty_of(employee: Employee, project: Project, at: datetime) -> Duty | None:
    """The shift an employee is on at a moment."""
    return (
        Duty.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at),
            project=project,
            employee=employee,
            from_at__lte=at,
            to_at__gt=at,
        )
        .order_by("from_at")
        .first()
    )


def is_on_duty(employee: Employee, project: Project, at: datetime) -> bool:
    """On a shift and not on leave."""
    return duty_of(employee, project, at) is not None and cover_of(employee, project, at) is None


def covers_on(project: Project, day: date) -> dict[int, Employee]:
    """Who stands in for whom on a day: absent employee id → substitute."""
    return {row.absent_id: row.substitute for row in _covers(project, day, day)}


def _covers(project: Project, first: date, last: date) -> QuerySet[Cover]:
    rows = Cover.objects.filter(project=project, from_on__lte=last, to_on__gte=first)
    return rows.select_related("substitute").order_by("id")


def cover_of(employee: Employee, project: Project, at: datetime) -> Employee | None:
    """The named substitute while the employee is on leave; None when the employee is not."""
    person = covers_on(project, timezone.localdate(at)).get(employee.pk)
    return person if person and person.state == Employee.State.ACTIVE else None


def responsible_for(house: House, at: datetime) -> Employee | None:
    """Who answers for a house now: its steward, on leave the substitute, off duty whom the steward named (ORG-09),
    else the control room on duty."""
    steward = steward_of(house, at)
    if steward is not None:
        stand_in = cover_of(steward, house.project, at)
        if stand_in is not None:
            return stand_in
        if duty_of(steward, house.project, at) is not None:
            return steward
        named = off_hours_cover(house, at)
        if named is not None:
            return named
    watch = on_duty(house.project, posts.CONTROL_ROOM, at)
    return watch[0] if watch else steward


def off_hours_cover(house: House, at: datetime) -> Employee | None:
    """Whom the steward named for the district when the last shift ended."""
    district = places.district_of(house)
    rows = DistrictCover.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=at),
        project_id=house.project_id,
        district=district,
        from_at__lte=at,
        employee__state=Employee.State.ACTIVE,
    )
    last = rows.select_related("employee").order_by("-from_at", "-id").first() if district else None
    return last.employee if last else None


@dataclass(frozen=True)
class Technician:
    """A technician as dispatch sees one. `level` 0: the kind of repair is not among the skills."""

    employee: Employee
    level: int
    load: int


def technicians_for(
    project: Project, repair_type: str, at: datetime, load: Mapping[int, int] | None = None
) -> list[Technician]:
    """Technicians on duty, fittest first: with the skill, then the fewest open orders, then the higher level."""
    people = on_duty(project, posts.TECHNICIAN, at)
    levels = dict(
        Skill.objects.filter(project=project, repair_type=repair_type, employee__in=people).values_list(
            "employee", "level"
        )
    )
    carried = load or {}
    found = [Technician(e, levels.get(e.pk, 0), carried.get(e.pk, 0)) for e in people]
    return sorted(found, key=lambda t: (t.level == 0, t.load, -t.level, t.employee.pk))
