"""The chapters of the Book in the wings of the house, in the order of the board."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia import book

WINGS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("service", _("Service"), ("CASE", "RPR", "CMP", "SPC", "SUG", "PRM", "REV")),
    ("desk", _("Desk"), ("DESK", "VIS", "PAR", "LOST", "SFT")),
    ("custody", _("Custody"), ("KEY", "ARC", "HAZ", "GFT")),
    ("inspection", _("Inspection"), ("PAT", "VIO", "VAC", "REN", "SIGN", "QLT", "ETQ")),
    ("money", _("Money"), ("FEE",)),
    ("community", _("Community"), ("NTC", "SUR", "ACT", "COM", "MOV", "RES", "LEA")),
    ("people", _("People"), ("ORG", "TRN", "MTG", "RPT", "PEN", "PLN", "CAR", "PRIV")),
    ("emergency", _("Emergency"), ("EMG",)),
)


def columns() -> list[tuple[str, Any, list[book.Area]]]:
    """Each wing with its chapters; a chapter that no wing names comes last, so that none is lost."""
    known = {area.id: area for area in book.areas()}
    placed = [(key, title, [known[i] for i in ids if i in known]) for key, title, ids in WINGS]
    rest = [area for area in known.values() if not any(area.id in ids for _k, _t, ids in WINGS)]
    return [*placed, ("more", _("More"), rest)] if rest else placed
