"""Reading people: whose house, who is on, who stands in, who is the superior."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from guanjia.kernel import crypto
from guanjia.places import queries as places
from guanjia.places.models import District, House, Project

from . import posts
from .models import (
    CareTag,
    Cover,
    Department,
    DistrictCover,
    DistrictPost,
    Duty,
    Employee,
    Occupancy,
    Posting,
    ReportsTo,
    Resident,
    Skill,
)


def _holding(day: date, prefix: str = "") -> Q:
    """Rows with `from_on` and `to_on` that hold on the day."""
    ended = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": day})
    return Q(**{f"{prefix}from_on__lte": day}) & ended


# -- staff: districts, duty, cover --------------------------------------------------------------------------------


def steward_of(house: House, at: datetime) -> Employee | None:
    """The steward of a house: of its unit's district, else of its building's. Leave does not change whose it is."""
    return steward_of_district(house.project_id, places.parts_of(house).values("district_id")[:1], at)


def steward_of_district(project_id: int, district: int | QuerySet[Any], at: datetime) -> Employee | None:
    row = (
        DistrictPost.objects.filter(_holding(timezone.localdate(at)), district_id=district, project_id=project_id)
        .select_related("employee")
        .order_by("-from_on", "-id")
        .first()
    )
    return row.employee if row and row.employee.state == Employee.State.ACTIVE else None


def districts_of(employee: Employee, project: Project, at: datetime) -> QuerySet[District]:
    """Districts a steward has now."""
    mine = DistrictPost.objects.filter(
        _holding(timezone.localdate(at)), project=project, employee=employee, district=OuterRef("pk")
    )
    return District.objects.filter(Exists(mine), project=project)


def on_duty(project: Project, post: str, at: datetime) -> list[Employee]:
    """Who is on at this post: the duty table, with substitutes in the place of who is on leave, each once."""
    rows = Duty.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at),
        project=project,
        post=post,
        from_at__lte=at,
        to_at__gt=at,
    ).select_related("employee")
    stand_ins = covers_on(project, timezone.localdate(at))
    found: dict[int, Employee] = {}
    for duty in rows.order_by("from_at", "id"):
        person = stand_ins.get(duty.employee_id, duty.employee)
        if person.state == Employee.State.ACTIVE:
            found.setdefault(person.pk, person)
    return list(found.values())


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
    rows = Cover.objects.filter(project=project, from_on__lte=day, to_on__gte=day).select_related("substitute")
    return {row.absent_id: row.substitute for row in rows.order_by("id")}


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


def holders(project: Project, post: str, at: datetime) -> QuerySet[Employee]:
    """Everybody who holds a post at the project."""
    held = Posting.objects.filter(_holding(timezone.localdate(at)), project=project, post=post, employee=OuterRef("pk"))
    return Employee.objects.filter(Exists(held), state=Employee.State.ACTIVE)


def staff_of(project: Project, at: datetime) -> QuerySet[Employee]:
    """Everybody who holds any post at the project, with the posts of today in `posts_now`."""
    now = Posting.objects.filter(_holding(timezone.localdate(at)), project=project)
    return Employee.objects.filter(
        Exists(now.filter(employee=OuterRef("pk"))), state=Employee.State.ACTIVE
    ).prefetch_related(Prefetch("postings", queryset=now, to_attr="posts_now"))


def posts_held(employee: Employee, project: Project, at: datetime) -> list[str]:
    """Post ids held at the project on the day."""
    day = timezone.localdate(at)
    return sorted(
        Posting.objects.filter(_holding(day), project=project, employee=employee).values_list("post", flat=True)
    )


# -- the reporting tree -------------------------------------------------------------------------------------------


def reporting_tree(project: Project) -> dict[str, str]:
    """Post → superior post: the default with the project's changes."""
    return {
        **posts.REPORTS_TO,
        **dict(ReportsTo.objects.filter(project=project).values_list("post", "superior")),
    }


def superior_of(employee: Employee, project: Project, at: datetime | None = None) -> Employee | None:
    """Who an employee reports to: up the tree to the first post that is held, on duty first."""
    moment = at or timezone.now()
    tree = reporting_tree(project)
    held = posts_held(employee, project, moment)
    return next((s for post in held if (s := _above(tree, post, employee, project, moment))), None)


def _above(tree: Mapping[str, str], post: str, below: Employee, project: Project, at: datetime) -> Employee | None:
    seen = {post}
    while (post := tree.get(post, "")) and post not in seen:
        seen.add(post)
        found = [e for e in on_duty(project, post, at) if e.pk != below.pk] or list(
            holders(project, post, at).exclude(pk=below.pk)[:1]
        )
        if found:
            return found[0]
    return None


def departments(project: Project) -> QuerySet[Department]:
    """The directory of departments, for passing a resident on (ORG-04)."""
    return Department.objects.filter(project=project).order_by("id")


# -- residents ----------------------------------------------------------------------------------------------------


def household(house: House, at: datetime | None = None) -> list[Occupancy]:
    """Who lives in (or owns) a house: the head first, then by role; merged and ended ones left out."""
    day = timezone.localdate(at)
    rows = (
        Occupancy.objects.filter(_living(day), project_id=house.project_id, house=house)
        .select_related("resident")
        .order_by("-is_head", "id")
    )
    order = {role: index for index, role in enumerate(Occupancy.Role.values)}
    return sorted(rows, key=lambda o: (not o.is_head, order[o.role]))


def _living(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def homes_of(resident: Resident, at: datetime | None = None) -> list[Occupancy]:
    """The houses a resident belongs to, with their role, the newest first."""
    rows = Occupancy.objects.filter(
        _living(timezone.localdate(at)), project_id=resident.project_id, resident=resident
    ).select_related("house__building", "house__unit")
    return list(rows.order_by("-from_on", "-id"))


def standing(resident: Resident) -> Resident:
    """The record that stays when two were found to be one person."""
    seen: set[int] = set()
    while resident.merged_into_id and resident.pk not in seen:
        seen.add(resident.pk)
        resident = resident.merged_into  # type: ignore[assignment]
    return resident


def residents(project: Project) -> QuerySet[Resident]:
    """Residents of the project, merged and erased records left out."""
    return Resident.objects.filter(project=project, merged_into__isnull=True, erased_at__isnull=True)


def residents_with_phone(project: Project, phone: str) -> QuerySet[Resident]:
    """Whoever has exactly this number: found whole, never digit by digit."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    return residents(project).filter(phone=digits) if len(digits) >= 7 else Resident.objects.none()


def resident_with_id_number(project: Project, number: str) -> QuerySet[Resident]:
    """Found by the keyed hash of the whole number."""
    return residents(project).filter(id_hash=crypto.blind("id_number", number.strip().upper()))


def care_tags(resident_ids: Iterable[int], project: Project) -> QuerySet[CareTag]:
    """What holds now to be considerate of."""
    return CareTag.objects.filter(project=project, resident_id__in=list(resident_ids), ended_on__isnull=True)


# -- the load of stewards (ORG-05) --------------------------------------------------------------------------------

MOST_HOUSEHOLDS = 600


def households_of(employee: Employee, project: Project, at: datetime) -> int:
    """How many households a steward cares for at the project."""
    ids = districts_of(employee, project, at).values_list("id", flat=True)
    return places.houses_of_districts(project, ids).count()


def households_per_steward(project: Project, at: datetime) -> dict[int, int]:
    """Households of each steward: employee id → houses."""
    rows = DistrictPost.objects.filter(_holding(timezone.localdate(at)), project=project)
    mine: dict[int, list[int]] = {}
    for employee_id, district_id in rows.values_list("employee_id", "district_id"):
        mine.setdefault(employee_id, []).append(district_id)
    return {e: places.houses_of_districts(project, ids).count() for e, ids in mine.items()}
