"""A line of the custody register as a sheet, with the signatures that were given for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.custody import queries as custody
from guanjia.parts.files import queries as files
from guanjia.parts.papers.labels import label
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper

from .models import LeftItem, State


def is_here(item: LeftItem) -> bool:
    """Lies on a shelf of ours, so that it needs its label."""
    return item.state == State.KEPT


@paper(LeftItem, label=_("Print label"), clauses=["DESK-15"], when=is_here, icon="qrcode")
def print_label(item: LeftItem, press: Press) -> bytes:
    """What is tied to it: its number as a code, the house, the place, until when. No name, no number."""
    return label(
        code=item.number, heading=item.house.title, lines=[item.description, f"{item.quantity} 件　{item.position}"],
        at=item.deposited_at,
    )  # fmt: skip


@paper(LeftItem, label=_("Print custody record"), clauses=["DESK-15"])
def print_record(item: LeftItem, press: Press) -> bytes:
    """What stands on record; what has not happened yet stays open for the pen."""
    return press.form("F-CUSTODY", item, values(item), signed=_signed(item))


def values(item: LeftItem) -> dict[str, Any]:
    gone = item.collected_at is not None
    return {
        "deposited_at": item.deposited_at,
        "depositor": item.depositor,
        "house": item.house.code,
        "description": item.description,
        "qty": item.deposited,
        "photo": files.pictures_of(item),
        "approved_by": item.approved_by,
        "due_at": item.due_at,
        "collector": item.recipient if gone else "",
        "collected_at": item.collected_at,
        "handled_by": item.keeper.name,
    }


def _signed(item: LeftItem) -> dict[str, tuple[Any, ...]]:
    signed: dict[str, tuple[Any, ...]] = {"steward": (item.keeper.name, item.deposited_at)}
    if item.approved_by:
        signed["service_supervisor"] = (item.approved_by, item.deposited_at)
    last = custody.latest(item)
    if last is not None and item.collected_at:
        strokes = [files.content(one) for one in files.signatures_of([last]).get(last.pk, [])[:1]]
        signed["collector_sign"] = (last.holder, item.collected_at, *strokes)
    return signed
