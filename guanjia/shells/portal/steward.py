"""Who answers for a home: the card that every household sees (ORG-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.models import Employee
from guanjia.places.models import House


@dataclass(frozen=True)
class Card:
    """Name, post and the line of the centre; nobody's own number."""

    name: str
    post: Any
    phone: str
    is_stand_in: bool = False


def card_of(house: House, at: datetime) -> Card | None:
    """The steward of the house; on leave the substitute, said so."""
    steward = people.steward_of(house, at)
    if steward is None:
        return None
    stand_in = people.cover_of(steward, house.project, at)
    person: Employee = stand_in or steward
    return Card(person.name, posts.NAMES[posts.STEWARD], house.project.hotline, stand_in is not None)
