"""A line of the found-property register as a sheet."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.files.queries import pictures_of
from guanjia.parts.papers import labels
from guanjia.parts.papers.records import heading, on_paper, seal_of

from .models import Find

FORM = "F-LOST"


@on_paper
def label(find: Find) -> bytes:
    """What is tied to it: its number as a code, what it is, the place. Nothing of the features that are asked for."""
    lines = [f"{find.found_at.astimezone(ZoneInfo(find.project.zone)):%Y-%m-%d} 拾获", f"位置 {find.position}"]
    return labels.label(code=find.number, heading=find.description[:16], lines=lines, at=find.found_at)


@on_paper
def record(find: Find, *, by: Actor, address: str = "") -> bytes:
    """What stands on record; what has not happened yet stays open for the pen."""
    return papers.render(
        FORM, values(find), printed_by=by.name, at=by.at, heading=heading(find.project), number=find.number,
        seal=seal_of(find), address=address, signed=_signed(find), zone=find.project.zone,
    )  # fmt: skip


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
