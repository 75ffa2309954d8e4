"""What was lent comes back when agreed: our own rule, for every kind that lends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import by_attribute, clock

from . import queries
from .models import Handout

ENDS = ("custody.take_back", "custody.report_lost")


def chased(room: str, label: str, lends: Iterable[str]) -> None:
    """Declare the clock of coming back for the lending verbs of a room (`lends` are names of operations) on things of
    a label: what is prolonged is asked about by the clocks of its own kind alone."""
    clock(
        "HOUSE-04", key=f"{room}.due_back", subject="handout", verb=_("bring back"), starts=lends, stops=ENDS,
        reviews=["custody.prolong"], only_if=lambda handout: handout.subject_label == label,
        due=by_attribute("due_at"), subject_of=queries.latest, executor=_holder,
        owner=_lender, evidence="custody:home",
    )  # fmt: skip


def _holder(handout: Handout) -> int | None:
    return handout.employee_id


def _lender(handout: Any) -> int | None:
    return int(handout.handed_by_id) if handout.handed_by_id else None
