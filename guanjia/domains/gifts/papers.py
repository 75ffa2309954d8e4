"""A line of the gift register as a sheet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.files.queries import pictures_of
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper

from .models import Gift


@paper(Gift, label=_("Print gift record"), clauses=["GFT-03"])
def print_record(gift: Gift, press: Press) -> bytes:
    """What stands on record; what has not happened yet stays open for the pen."""
    return press.form("F-GFT", gift, values(gift), signed=_signed(gift))


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
