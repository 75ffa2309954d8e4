"""What executes the clauses of handover. How a shift begins and ends is a run sheet, owed by each shift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.obligations.periods import SHIFT
from guanjia.parts.obligations.rules import owed, own_shift, shifts_of
from guanjia.parts.standards.bindings import bind_record
from guanjia.people import posts

bind_record("SFT-09", form="F-HANDOVER", label="handover", evidence="shifts:handovers")
bind_record("SFT-11", form="F-OUTING", label="outing", evidence="shifts:outings:list")

# Whose shift begins and ends with a run sheet: the desk and the control room.
MANNED = (posts.RECEPTIONIST, posts.CUSTOMER_ASSISTANT, posts.CONTROL_ROOM)


def of_clause(clause: str) -> Callable[[Event, Any], bool]:
    """A run sheet of this clause counts, another does not."""

    def counts(event: Event, sheet: Any) -> bool:
        return bool(sheet.clause_id == clause)

    return counts


def givers_shift(handover: Any, event: Event) -> tuple[str, int] | None:
    """The shift that was handed over, whoever of the two signed at the screen."""
    return ("duty", handover.duty_id) if handover.duty_id else None


owed(
    "SFT-04", key="shifts.opening", subject="duty", label=_("Start-of-shift checks"), unit=_("shifts"), period=SHIFT,
    subjects=shifts_of(*MANNED), settles=["runsheets.finish"], counts=of_clause("SFT-04"), subject_of=own_shift,
)  # fmt: skip
owed(
    "SFT-06", key="shifts.closing", subject="duty", label=_("End-of-shift closings"), unit=_("shifts"), period=SHIFT,
    subjects=shifts_of(*MANNED), settles=["runsheets.finish"], counts=of_clause("SFT-06"), subject_of=own_shift,
)  # fmt: skip
owed(
    "SFT-09", key="shifts.handover", subject="duty", label=_("Handovers"), unit=_("shifts"), period=SHIFT,
    subjects=shifts_of(*MANNED), settles=["shifts.sign", "shifts.lock_up"], subject_of=givers_shift,
)  # fmt: skip
