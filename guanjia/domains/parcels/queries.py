"""Reading what lies here: for whom, since when, who consented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guanjia.kernel import search
from guanjia.kernel.actors import Actor
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.people import queries as people
from guanjia.people.models import Consent, Occupancy, Resident
from guanjia.places import queries as places
from guanjia.places.models import House, Project
from guanjia.places.queries import between

from .models import UNSIGNED, Parcel, State

# Ways of agreeing that are writing (PAR-01); said on the phone is not.
WRITTEN = ("signed", "portal")
MOST = 20


def parcels(project: Project, by: Actor) -> QuerySet[Parcel]:
    """The register."""
    rows = Parcel.visible_to(by).filter(project=project)
    return rows.select_related("project", "house__building", "house__unit", "resident", "keeper")


def of_days(project: Project, by: Actor, since: date, until: date) -> QuerySet[Parcel]:
    """What came on some days, oldest first, as many as a register prints."""
    begin, end = between(project, since, until)
    rows = parcels(project, by).filter(came_at__gte=begin, came_at__lt=end)
    return rows.order_by("came_at", "id")[:MOST_ROWS]


def waiting(project: Project, by: Actor) -> QuerySet[Parcel]:
    """What lies here for somebody, the longest waiting first."""
    return parcels(project, by).filter(state=State.WAITING).order_by("came_at", "id")


def consent_of(house: House, at: datetime) -> Consent | None:
    """The written consent of a household to parcels being taken in: anybody's who lives there, the newest."""
    today = timezone.localdate(at)
    members = [one.resident_id for one in people.household(house, at)]
    rows = Consent.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), project_id=house.project_id, resident_id__in=members,
        purpose=Consent.Purpose.PARCELS, mode__in=WRITTEN, withdrawn_at__isnull=True, given_at__lte=at,
    )  # fmt: skip
    return rows.order_by("-given_at", "-id").first()


def home_of(resident: Resident, at: datetime) -> House | None:
    """The one house somebody lives in; None where there are several, or none."""
    homes = {one.house_id: one.house for one in people.homes_of(resident, at)}
    return next(iter(homes.values())) if len(homes) == 1 else None


def count_of(houses: list[int], project: Project, by: Actor) -> int:
    """How many things wait for a household."""
    return int(waiting(project, by).filter(house__in=houses).count()) if houses else 0


# How long the counter says what became of a code.
REMEMBERED = timedelta(days=60)


@dataclass(frozen=True)
class Household:
    """Somebody's door, with what waits for it."""

    house: House
    parcels: list[Parcel]

    @property
    def names(self) -> str:
        return "、".join(dict.fromkeys(one.addressee for one in self.parcels))


def asked_for(project: Project, by: Actor, said: str) -> list[Household]:
    """The households that a code, a waybill, the end of a phone number, a name or a house leads to."""
    said = said.strip()
    rows = waiting(project, by)
    if not said:
        return []
    houses = set(rows.filter(Q(code=said) | Q(tracking=said)).values_list("house_id", flat=True)[:MOST])
    if not houses:
        houses = _houses_said(project, said, by.at)
    found = list(rows.filter(house__in=houses).order_by("house_id", "came_at", "id")[: MOST * 10])
    return [
        Household(one.house, [one, *rest])
        for _key, (one, *rest) in groupby(found, lambda parcel: parcel.house_id)
        if one.house is not None
    ]


def gone(project: Project, by: Actor, said: str) -> Parcel | None:
    """What this code or waybill was of, when it waits no more: somebody of the household may have fetched it."""
    rows = parcels(project, by).filter(Q(code=said) | Q(tracking=said), came_at__gt=by.at - REMEMBERED)
    return rows.exclude(state=State.WAITING).order_by("-id").first() if said else None


def _houses_said(project: Project, said: str, at: datetime) -> set[int]:
    persons = search.found([project.pk], "resident", said, limit=MOST)
    lived = Occupancy.objects.filter(project=project, resident__in=persons, ended_on__isnull=True)
    found = set(lived.values_list("house_id", flat=True)[: MOST * 2])
    return found | set(search.found([project.pk], "house", places.code_of(said) or said, limit=MOST))


def of_house(project: Project, by: Actor, house_id: int) -> Household | None:
    """One household with what waits for it."""
    found = list(waiting(project, by).filter(house=house_id)[: MOST * 10])
    return Household(found[0].house, found) if found and found[0].house else None


def persons(project: Project, by: Actor, said: str) -> list[Resident]:
    """Residents by name or the end of the phone, for a parcel that comes."""
    ids = search.found([project.pk], "resident", said, limit=MOST)
    rows = Resident.visible_to(by).filter(project=project, pk__in=ids, merged_into__isnull=True, erased_at__isnull=True)
    rows = rows.select_related("project")
    return sorted(rows, key=lambda one: ids.index(one.pk))[:8]


@dataclass(frozen=True)
class Round:
    """The letters and papers of one unit, in the order of the doors."""

    label: str
    letters: list[Parcel]


def rounds(project: Project, by: Actor) -> list[Round]:
    """What is to be handed round, sorted by building and unit (PAR-08)."""
    rows = waiting(project, by).filter(sort__in=UNSIGNED)
    found = list(rows.order_by("house__building_id", "house__unit_id", "house__floor", "house__room", "id")[:500])
    return [Round(label, list(letters)) for label, letters in groupby(found, _unit)]


def _unit(letter: Parcel) -> str:
    house: Any = letter.house
    unit = f"\u2009{house.unit.code}\u2009单元" if house.unit else ""
    return f"{house.building.name}{unit}"


def overdue(at: datetime, since: datetime) -> QuerySet[Parcel]:
    """What somebody should be reminded of: waiting, not reminded since."""
    rows = Parcel.objects.filter(state=State.WAITING, came_at__lt=since, resident__isnull=False)
    return rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=since)).order_by("project_id", "id")


def counts(project: Project, by: Actor) -> dict[str, int]:
    """How many wait, by kind."""
    rows = waiting(project, by).order_by().values_list("sort").annotate(n=Count("id"))
    return {str(sort): int(n) for sort, n in rows}
