"""What the bar and the card ask of people and places. Everything through `visible_to`, a few statements a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from guanjia.kernel import search
from guanjia.kernel.actors import Actor
from guanjia.parts.casework.models import ONGOING, Case
from guanjia.parts.casework.views import day_start
from guanjia.people import reach
from guanjia.people.models import CareTag, Consent, Occupancy, Resident
from guanjia.places.models import House, Project

HITS = 6


def is_searchable(text: str) -> bool:
    """Two characters of a name, four digits of a phone, or the beginnings of a house or case number."""
    plain = re.sub(r"\s", "", text)
    return len(plain) >= 2


def residents(project: Project, by: Actor, text: str) -> list[Resident]:
    """Residents by name or by the end of the phone, each with the homes they have now."""
    ids = search.found([project.pk], "resident", text, limit=HITS * 2)
    rows = Resident.visible_to(by).filter(project=project, pk__in=ids, merged_into__isnull=True, erased_at__isnull=True)
    people = sorted(rows, key=lambda r: ids.index(r.pk))[:HITS]
    _with_homes(people, project)
    return people


def _with_homes(people: list[Resident], project: Project) -> None:
    homes: dict[int, list[Occupancy]] = {}
    if people:
        lived = Occupancy.objects.filter(project=project, resident__in=people, ended_on__isnull=True)
        for occupancy in lived.select_related("house__building", "house__unit").order_by("-is_head", "id"):
            homes.setdefault(occupancy.resident_id, []).append(occupancy)
    for person in people:
        person.homes_now = homes.get(person.pk, [])  # type: ignore[attr-defined]  # read beforehand for all


def open_counts(project: Project, by: Actor, resident_ids: Iterable[int]) -> dict[int, int]:
    """Open cases of each resident."""
    rows = Case.visible_to(by).filter(project=project, resident_id__in=list(resident_ids), state__in=ONGOING)
    return dict(rows.order_by().values_list("resident_id").annotate(n=Count("id")))


def houses(project: Project, by: Actor, text: str) -> list[House]:
    """Houses by how they are said."""
    from guanjia.places import queries as places

    code = places.code_of(text)
    ids = search.found([project.pk], "house", code or text, limit=HITS * 8)
    rows = House.visible_to(by).filter(project=project, pk__in=ids).select_related("building", "unit")
    return sorted(rows, key=lambda h: (_fits(h, code or text), ids.index(h.pk)))[:HITS]


def _fits(house: House, said: str) -> int:
    """Who says 1201 means the room of that number before 1-201, whose digits only meet across the dash."""
    plain = said.strip()
    if plain in (house.code, house.room):
        return 0
    return 1 if plain in house.code else 2


def cases(project: Project, by: Actor, text: str) -> list[Case]:
    """Cases by number or words."""
    ids = search.found([project.pk], "case", text, limit=HITS)
    rows = Case.visible_to(by).filter(project=project, pk__in=ids).select_related("house", "spot")
    return sorted(rows, key=lambda c: ids.index(c.pk))


def resident(project: Project, by: Actor, pk: int) -> Resident | None:
    """One resident of the project, with the homes of now."""
    person = Resident.visible_to(by).filter(project=project, pk=pk, erased_at__isnull=True).first()
    if person is not None:
        _with_homes([person], project)
    return person


def consents(person: Resident) -> list[Consent]:
    return list(Consent.objects.filter(project_id=person.project_id, resident=person, withdrawn_at__isnull=True))


def care(project: Project, resident_ids: Iterable[int], by: Actor) -> list[CareTag]:
    """What to be considerate of in a household, for who may know."""
    rows = reach.care_of(by, project, resident_ids)
    return list(rows.select_related("noted_by", "resident").order_by("-noted_on"))


def taken_today(project: Project, by: Actor, at: datetime, limit: int = 9) -> list[Case]:
    """What came in today, newest first."""
    rows = Case.visible_to(by).filter(project=project, reported_at__gte=day_start(at))
    return list(rows.select_related("house", "spot", "resident", "owner").order_by("-id")[:limit])
