"""What the phone asks: my work by due time, what can be taken, my district, care of who is visited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjia.domains.repairs.models import Material, RepairOrder
from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING, Case, Observer, State
from guanjia.parts.clocks.models import Clock
from guanjia.people import posts, reach
from guanjia.people import queries as people
from guanjia.people.models import CareTag, Duty, Employee, Occupancy
from guanjia.places import queries as places
from guanjia.places.models import Project

MOST = 60
IN_HAND = (State.WORKING, State.PAUSED)


def in_hand(project: Project, by: Actor) -> list[Case]:
    """What I am working on."""
    return by_due(casework.work_of(by.id, project).filter(state__in=IN_HAND)[:MOST])


def to_accept(project: Project, by: Actor) -> list[Case]:
    """What was sent to me and waits for my word."""
    return by_due(casework.work_of(by.id, project).filter(state=State.DISPATCHED)[:MOST])


def to_grab(project: Project, by: Actor) -> list[Case]:
    """Open repairs that anybody may take."""
    return by_due(casework.visible(project, by).filter(state=State.OPEN, kind=Case.Kind.REPAIR).order_by("id")[:MOST])


def finished_today(project: Project, by: Actor) -> list[Case]:
    """What I finished since midnight, the last one first."""
    orders = RepairOrder.objects.filter(project=project, case__executor_id=by.id, finished_at__gte=day_start(by.at))
    ids = list(orders.order_by("-finished_at").values_list("case_id", flat=True)[:MOST])
    rows = {c.pk: c for c in casework.visible(project, by).filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def counts(project: Project, by: Actor) -> dict[str, int]:
    """How many each tab holds, bounded."""
    mine = Case.objects.filter(project=project, executor_id=by.id).order_by()
    orders = RepairOrder.objects.filter(project=project, case__executor_id=by.id, finished_at__gte=day_start(by.at))
    grab = Case.visible_to(by).filter(project=project, state=State.OPEN, kind=Case.Kind.REPAIR).order_by()
    return {
        "hand": mine.filter(state__in=IN_HAND)[:100].count(),
        "accept": mine.filter(state=State.DISPATCHED)[:100].count(),
        "grab": grab[:100].count(),
        "done": orders.order_by()[:100].count(),
    }


def by_due(rows: Iterable[Case]) -> list[Case]:
    """Overdue longest first, then soonest due; what stands still and what has no clock comes last."""
    cases = list(rows)
    if not cases:
        return []
    due: dict[int, tuple[int, datetime]] = {}
    open_clocks = Clock.objects.filter(
        project_id=cases[0].project_id,
        subject_label="case",
        subject_id__in=[c.pk for c in cases],
        stopped_at__isnull=True,
    )
    for clock in open_clocks.filter(state__in=[Clock.State.RUNNING, Clock.State.PAUSED]):
        rank = (1 if clock.state == Clock.State.PAUSED else 0, clock.due_at)
        due[clock.subject_id] = min(rank, due.get(clock.subject_id, rank))
    last = (2, timezone.now())
    return sorted(cases, key=lambda c: (due.get(c.pk, last)[0], due.get(c.pk, last)[1], c.pk))


def day_start(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


# -- my district --------------------------------------------------------------------------------------------------


def around(project: Project, by: Actor) -> QuerySet[Case]:
    """Ongoing cases of my districts (of the whole project for who has none), and what I own or watch."""
    rows = casework.visible(project, by).filter(state__in=ONGOING)
    me = Employee.objects.filter(pk=by.id).first()
    mine = list(people.districts_of(me, project, by.at).values_list("pk", flat=True)) if me else []
    if not mine:
        return rows
    houses = places.houses_of_districts(project, mine)
    buildings = houses.order_by().values_list("building_id", flat=True).distinct()
    watched = Observer.objects.filter(project=project, employee_id=by.id).values("case")
    return rows.filter(Q(house__in=houses) | Q(spot__building__in=buildings) | Q(owner_id=by.id) | Q(pk__in=watched))


def building_of(case: Case) -> str:
    place = case.house or case.spot
    return str(place.building) if place is not None and place.building_id else ""


# -- the household that is visited --------------------------------------------------------------------------------


def care_of(project: Project, cases: Iterable[Case], by: Actor) -> dict[int, list[CareTag]]:
    """Care notes of the households of some cases: case → tags. For who visits, and for whose household it is."""
    rows = list(cases)
    houses = {c.house_id for c in rows if c.house_id}
    living = Occupancy.objects.filter(project=project, house__in=houses, ended_on__isnull=True)
    at_home: dict[int, set[int]] = {}
    for house_id, resident_id in living.values_list("house_id", "resident_id"):
        at_home.setdefault(house_id, set()).add(resident_id)
    who = {c.pk: at_home.get(c.house_id or 0, set()) | ({c.resident_id} if c.resident_id else set()) for c in rows}
    tags: dict[int, list[CareTag]] = {}
    visited = set[int]().union(*(who[c.pk] for c in rows if c.executor_id == by.id))
    others = set[int]().union(*who.values()) - visited
    found = [*people.care_tags(visited, project)] if visited else []
    for tag in [*found, *(reach.care_of(by, project, others) if others else ())]:
        tags.setdefault(tag.resident_id, []).append(tag)
    return {pk: [tag for person in sorted(ids) for tag in tags.get(person, [])] for pk, ids in who.items()}


def materials(order: RepairOrder) -> list[Material]:
    return list(
        Material.objects.filter(project_id=order.project_id, order=order, taken_back_at__isnull=True).order_by("id")
    )


def shifts_of_today(project: Project, by: Actor) -> list[Duty]:
    """My shifts that are on now or still come today."""
    start = day_start(by.at)
    rows = Duty.objects.filter(project=project, employee_id=by.id, to_at__gt=start, ended_at__isnull=True)
    return [
        d
        for d in rows.order_by("from_at")[:6]
        if timezone.localtime(d.from_at).date() <= timezone.localtime(by.at).date()
    ]


def household_of(project: Project, spoken: str, by: Actor) -> tuple[Any, list[Occupancy]]:
    """The house that is meant and, for those whose work needs it, who lives there."""
    house = places.house_by_code(project, spoken[:40])
    may_see = by.holds(project.pk, *posts.FILE_READERS)
    return house, (people.household(house, by.at) if house and may_see else [])
