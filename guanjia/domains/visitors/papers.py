"""The visitor register 访客登记表 (F-VISITOR) of a day, from what was written down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.papers.asking import DayForm, today
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.places.models import Project
from guanjia.web.sheets import paper

from . import queries
from .models import Visitor


@paper(
    Project, label=_("Print the visitor register"), form=DayForm, clauses=["VIS-02"], back="visitors:list",
    proposed=today,
)  # fmt: skip
def print_register(project: Project, press: Press, *, day: date) -> bytes:
    """All visitors of a day as the table that lay at the gate; numbers of persons stay masked on paper."""
    rows = [values(one) for one in queries.of_day(project, press.by, day)[:MOST_ROWS]]
    return press.table("F-VISITOR", project, rows, period=day.isoformat())


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
