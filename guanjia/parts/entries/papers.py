"""An entry on paper, in the trade's layout: what is not signed yet stays open for the pen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.files import queries as files
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper
from guanjia.web.words import masked

from .fields import PICTURED, unpacked
from .models import Entry


@paper(Entry, label=_("Print"))
def print_entry(entry: Entry, press: Press) -> bytes:
    """The filled form. Numbers of persons stay masked on paper."""
    return press.form(entry.form_id, entry, values(entry), signed=_signed(entry))


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
