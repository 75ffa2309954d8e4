"""What would be written: places, people, homes, each either new or on record already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.parts.imports.placed import HouseKey


@dataclass
class BuildingFacts:
    code: str
    name: str = ""
    zone: str = ""
    floors: int = 1
    id: int | None = None


@dataclass
class HouseFacts:
    key: HouseKey
    line: Any
    facts: dict[str, Any] = field(default_factory=dict)
    id: int | None = None

    @property
    def code(self) -> str:
        return "-".join(part for part in self.key if part)


@dataclass
class PersonFacts:
    name: str
    phone: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    line: Any = None
    is_dropped: bool = False


@dataclass
class HomeFacts:
    person: PersonFacts
    house: HouseFacts
    role: str
    line: Any
    relation: str = ""
    is_head: bool = False
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    is_known: bool = False


@dataclass
class HomesPlan:
    """Everything of one file."""

    buildings: dict[str, BuildingFacts] = field(default_factory=dict)
    units: dict[tuple[str, str], int | None] = field(default_factory=dict)
    houses: dict[HouseKey, HouseFacts] = field(default_factory=dict)
    people: list[PersonFacts] = field(default_factory=list)
    homes: list[HomeFacts] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        people = [p for p in self.people if not p.is_dropped]
        rows: list[tuple[str, int, int]] = [
            (_("Buildings"), *_split([b.id for b in self.buildings.values()])),
            (_("Units (entrances)"), *_split(list(self.units.values()))),
            (_("Houses"), *_split([h.id for h in self.houses.values()])),
            (_("Residents"), *_split([p.id for p in people])),
            (
                pgettext("residents", "Homes"),
                sum(1 for h in self.homes if not h.is_known),
                sum(1 for h in self.homes if h.is_known),
            ),
        ]
        return rows


def _split(ids: list[int | None]) -> tuple[int, int]:
    known = sum(1 for one in ids if one is not None)
    return len(ids) - known, known
