"""The chapters of the Book in the wings of the house, in the order of the board."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from guanjia import book

WINGS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("service", pgettext_lazy("wing", "Service"), ("CASE", "RPR", "CMP", "SPC", "SUG", "PRM", "REV")),
    ("desk", pgettext_lazy("wing", "Desk"), ("DESK", "VIS", "PAR", "LOST", "SFT")),
    ("custody", pgettext_lazy("wing", "Custody"), ("KEY", "ARC", "HAZ", "GFT")),
    ("inspection", pgettext_lazy("wing", "Inspection"), ("PAT", "VIO", "VAC", "REN", "SIGN", "QLT", "ETQ")),
    ("money", pgettext_lazy("wing", "Money"), ("FEE",)),
    ("community", pgettext_lazy("wing", "Community"), ("NTC", "SUR", "ACT", "COM", "MOV", "RES", "LEA")),
    ("people", pgettext_lazy("wing", "People"), ("ORG", "TRN", "MTG", "RPT", "PEN", "PLN", "CAR", "PRIV")),
    ("emergency", pgettext_lazy("wing", "Emergency"), ("EMG",)),
)


def columns() -> list[tuple[str, Any, list[book.Area]]]:
    """Each wing with its chapters; a chapter that no wing names comes last, so that none is lost."""
    known = {area.id: area for area in book.areas()}
    placed = [(key, title, [known[i] for i in ids if i in known]) for key, title, ids in WINGS]
    rest = [area for area in known.values() if not any(area.id in ids for _k, _t, ids in WINGS)]
    return [*placed, ("more", pgettext_lazy("wing", "More"), rest)] if rest else placed
