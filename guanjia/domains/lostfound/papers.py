"""A line of the found-property register as a sheet."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext_lazy

from guanjia.parts.files.queries import pictures_of
from guanjia.parts.papers.labels import label
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper

from .models import Find, State


def is_here(find: Find) -> bool:
    """Lies on a shelf of ours, so that it needs its label."""
    return find.state in (State.FOUND, State.SECURED)


@paper(Find, label=pgettext_lazy("lostfound", "Print label"), clauses=["LOST-02"], when=is_here, icon="qrcode")
def print_label(find: Find, press: Press) -> bytes:
    """What is tied to it: its number as a code, what it is, the place. Nothing of the features that are asked for."""
    lines = [f"{find.found_at.astimezone(ZoneInfo(find.project.zone)):%Y-%m-%d} 拾获", f"位置 {find.position}"]
    return label(code=find.number, heading=find.description[:16], lines=lines, at=find.found_at)


@paper(Find, label=pgettext_lazy("lostfound", "Print find record"), clauses=["LOST-02"])
def print_record(find: Find, press: Press) -> bytes:
    """What stands on record; what has not happened yet stays open for the pen."""
    return press.form("F-LOST", find, values(find), signed=_signed(find))


def values(find: Find) -> dict[str, Any]:
    return {
        "found_at": find.found_at,
        "place": find.place,
        "finder": find.found_by or find.finder.name,
        "description": find.description,
        "photo": pictures_of(find),
        "storage": find.position,
        "claimant": find.claimant,
        "claim_check": find.claim_check,
        "claimed_at": find.claimed_at,
        "handed_at": find.secured_at,
        "received_by": find.secured_by.name if find.secured_by else "",
    }


def _signed(find: Find) -> dict[str, tuple[Any, ...]]:
    signed: dict[str, tuple[Any, ...]] = {"all_staff": (find.finder.name, find.found_at)}
    if find.secured_by:
        signed["security_guard"] = (find.secured_by.name, find.secured_at)
    return signed
