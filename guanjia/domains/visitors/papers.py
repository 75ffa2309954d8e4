"""The visitor register 访客登记表 (F-VISITOR) of a day, from what was written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.parts.papers.records import heading, on_paper
from guanjia.places.models import Project

from .models import Visitor

FORM = "F-VISITOR"


@on_paper
def sheet(project: Project, visitors: Iterable[Visitor], day: date, *, by: Actor) -> bytes:
    """All visitors of a day as the table that lay at the gate; numbers of persons stay masked on paper."""
    rows = [values(one) for one in visitors]
    return papers.register(
        FORM, rows[:MOST_ROWS], printed_by=by.name, at=by.at, heading=heading(project),
        period=day.isoformat(), zone=project.zone,
    )  # fmt: skip


def values(visitor: Visitor) -> dict[str, Any]:
    """The fields of the form."""
    return {
        "arrived_at": visitor.arrived_at,
        "name": visitor.name,
        "id_type": visitor.id_type,
        "id_tail": visitor.id_tail,
        "phone": visitor.masked_phone,
        "headcount": visitor.headcount,
        "plate": visitor.plate,
        "house": visitor.house.code,
        "purpose": visitor.purpose,
        "confirmation_mode": visitor.confirmed_how,
        "confirmed_by": visitor.confirmed_by.name if visitor.confirmed_by else "",
        "admitted_by": visitor.admitted_by.name if visitor.admitted_by else "",
        "left_at": visitor.left_at,
    }
