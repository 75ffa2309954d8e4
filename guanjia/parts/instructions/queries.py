"""What is to be heeded for a house now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.people.models import Occupancy
from guanjia.places.models import House, Project

from .models import HEEDED_BY, Instruction


def holding(day: date) -> Q:
    """What holds on a day: not ended, begun, not over."""
    return Q(state=Instruction.State.STANDING, from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gte=day))


def of_house(house: House, at: datetime | None = None) -> list[Instruction]:
    """What whoever admits, releases or hands out has to read first; the strictest on top."""
    return of_houses(house.project_id, [house.pk], at).get(house.pk, [])


def of_houses(project_id: int, house_ids: Iterable[int], at: datetime | None = None) -> dict[int, list[Instruction]]:
    """The same for many houses, in one statement."""
    rows = Instruction.objects.filter(
        holding(timezone.localdate(at)), project_id=project_id, house_id__in=list(house_ids)
    ).select_related("house", "resident")
    found: dict[int, list[Instruction]] = {}
    for one in sorted(rows.order_by("id"), key=lambda i: not (i.forbids_admission or i.forbids_keys)):
        found.setdefault(one.house_id, []).append(one)
    return found


def shown_to(by: Actor, house: House | None) -> list[Instruction]:
    """What a page about a house puts before whoever stands at a door or a counter; nobody else reads it."""
    return of_house(house, by.at) if house is not None and by.holds(house.project_id, *HEEDED_BY) else []


def instructions(project: Project, by: Actor) -> QuerySet[Instruction]:
    """Those of the project that this person may see."""
    return Instruction.visible_to(by).filter(project=project)


def lives_in(by: Actor, house: House) -> bool:
    """Whether a resident belongs to the house now."""
    return Occupancy.objects.filter(
        project_id=house.project_id, resident_id=by.homes.get(house.project_id) or 0, house=house, ended_on__isnull=True
    ).exists()
