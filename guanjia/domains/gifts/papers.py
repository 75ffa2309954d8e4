"""A line of the gift register as a sheet."""

from __future__ import annotations

from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.files.queries import pictures_of
from guanjia.parts.papers.records import heading, on_paper, seal_of

from .models import Gift

FORM = "F-GFT"


@on_paper
def record(gift: Gift, *, by: Actor, address: str = "") -> bytes:
    """What stands on record; what has not happened yet stays open for the pen."""
    return papers.render(
        FORM, values(gift), printed_by=by.name, at=by.at, heading=heading(gift.project),
        seal=seal_of(gift), address=address, signed=_signed(gift), zone=gift.project.zone,
    )  # fmt: skip


def values(gift: Gift) -> dict[str, Any]:
    return {
        "date": gift.received_at,
        "giver": gift.giver,
        "house": gift.house.code if gift.house else "",
        "gift": gift.description,
        "value": gift.value_fen,
        "valuable": gift.is_valuable,
        "received_by": gift.received_by.name,
        "handed_at": gift.handed_at,
        "receiver": gift.receiver.name if gift.receiver else "",
        "disposal": gift.disposal,
        "photo": pictures_of(gift),
    }


def _signed(gift: Gift) -> dict[str, tuple[Any, ...]]:
    signed: dict[str, tuple[Any, ...]] = {"all_staff": (gift.received_by.name, gift.received_at)}
    if gift.receiver:
        signed["service_supervisor"] = (gift.receiver.name, gift.handed_at)
    return signed
