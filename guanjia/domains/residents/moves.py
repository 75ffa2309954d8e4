"""Comings and goings: the rows of homes are the record; the journal says who wrote them, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event, Made
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import House, Project

MOST = 50


@dataclass(frozen=True)
class Move:
    """Somebody came to a house, or left it; `event` is how that was written down, if the journal has it."""

    occupancy: Occupancy
    day: date
    is_in: bool
    event: Event | None


def moves(place: House | Resident, by: Actor) -> list[Move]:
    """Who joined and left a house, or which houses somebody joined and left: newest first."""
    rows = Occupancy.visible_to(by).filter(project_id=place.project_id)
    rows = rows.filter(house=place) if isinstance(place, House) else rows.filter(resident=place)
    homes = list(rows.select_related("resident", "house").order_by("-from_on", "-id")[:MOST])
    written = _Written(place.project, homes)
    found = [Move(home, home.from_on, True, written.coming(home)) for home in homes]
    found += [Move(home, home.ended_on, False, written.going(home)) for home in homes if home.ended_on]
    return sorted(found, key=lambda move: (move.day, not move.is_in, move.occupancy.pk), reverse=True)


class _Written:
    """The events behind some homes, read in three statements."""

    def __init__(self, project: Project, homes: list[Occupancy]) -> None:
        ids, people = [home.pk for home in homes], {home.resident_id for home in homes}
        rows = Event.objects.filter(project=project)
        names = ("residents.add_occupancy", "residents.end_occupancy")
        own = rows.filter(subject_label="occupancy", subject_id__in=ids, name__in=names)
        self.own = {(one.subject_id, one.name): one for one in own.order_by("id")}
        first = rows.filter(subject_label="resident", subject_id__in=people, name="residents.register")
        self.registered = {one.subject_id: one for one in first}
        self.batches: dict[int, Any] = {}
        if ids:
            runs = Made.objects.filter(
                project=project, label="occupancy", first_id__lte=max(ids), last_id__gte=min(ids)
            )
            spans = list(runs.values_list("event_id", "first_id", "last_id"))
            events = rows.in_bulk([event for event, _first, _last in spans])
            self.batches = {
                pk: events.get(e) for pk in ids for e, first_id, last_id in spans if first_id <= pk <= last_id
            }

    def coming(self, home: Occupancy) -> Event | None:
        """Added by itself, brought in by a file, or registered with the person."""
        own = self.own.get((home.pk, "residents.add_occupancy")) or self.batches.get(home.pk)
        return own or self.registered.get(home.resident_id)

    def going(self, home: Occupancy) -> Event | None:
        return self.own.get((home.pk, "residents.end_occupancy"))
