"""Comings and goings of a house or a person, as a timeline tells them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.domains.residents.moves import Move
from guanjia.domains.residents.moves import moves as of
from guanjia.kernel.actors import Actor
from guanjia.people.models import Resident
from guanjia.places.models import House
from guanjia.web import words
from guanjia.web.things import actor_of


def moves(place: House | Resident, by: Actor) -> list[dict[str, Any]]:
    """For a house the people, for a person the houses; the day first, then who wrote it down when."""
    is_house = isinstance(place, House)
    return [
        _moment(move, str(move.occupancy.resident if is_house else move.occupancy.house.code), by)
        for move in of(place, by)
    ]


def _moment(move: Move, name: str, by: Actor) -> dict[str, Any]:
    role = {"role": move.occupancy.get_role_display()}
    done = pgettext("residents", "joined as %(role)s") if move.is_in else pgettext("residents", "left, was %(role)s")
    told = ""
    if move.event is not None:
        names = {"who": actor_of(move.event), "at": words.when(move.event.at, by.at)}
        told = _("written down by %(who)s, %(at)s") % names
    return {
        "icon": "home" if move.is_in else "door", "tone": "neutral", "actor": name, "words": done % role,
        "tag": told, "at": words.when(move.day, by.at), "iso": move.day.isoformat(),
    }  # fmt: skip
