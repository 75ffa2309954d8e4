"""An entry on paper, in the trade's layout: what is not signed yet stays open for the pen."""

from __future__ import annotations

from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.files import queries as files
from guanjia.parts.papers.records import heading, on_paper, seal_of
from guanjia.web.words import masked

from .fields import PICTURED, unpacked
from .models import Entry


@on_paper
def sheet(entry: Entry, *, by: Actor, address: str = "") -> bytes:
    """The filled form as PDF. Numbers of persons stay masked on paper."""
    return papers.render(
        entry.form_id,
        values(entry),
        printed_by=by.name,
        at=by.at,
        heading=heading(entry.project),
        number=entry.number,
        seal=seal_of(entry),
        address=address,
        signed=_signed(entry),
        zone=entry.project.zone,
    )


def values(entry: Entry) -> dict[str, Any]:
    """The fields as they are read: phones masked, pictures counted."""
    read = unpacked(entry.form, entry.content)
    pictures = files.files_of(entry, "reported").count()
    for field in entry.form.fields:
        if field.type == "phone" and field.key in read:
            read[field.key] = masked(str(read[field.key]))
        if field.type in PICTURED and pictures:
            read[field.key] = f"{pictures} 张，见原记录"
    return read


def _signed(entry: Entry) -> dict[str, Any]:
    taken = list(files.files_of(entry, "signature"))
    signed: dict[str, Any] = {}
    for one in entry.signatures.order_by("id"):
        # Strokes were made in the order of the names that have no employee.
        stroke = taken.pop(0) if one.employee_id is None and taken else None
        signed[one.slot] = (one.name, one.signed_at, *([files.content(stroke)] if stroke else []))
    return signed
