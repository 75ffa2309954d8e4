"""What executes the clauses of repairs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.rules import clock
from guanjia.parts.standards.bindings import bind_gauge, bind_record

from . import duties, figures  # noqa: F401  (its import declares what is owed each day)
from .models import PauseReason
from .queries import order_of

ENDS = ("cases.cancel", "cases.force_close")


def is_emergency(case: Case) -> bool:
    """A repair taken down as an emergency."""
    return case.is_repair and case.is_emergency


def is_ordinary(case: Case) -> bool:
    """A repair taken down as ordinary."""
    return case.is_repair and case.urgency == Case.Urgency.ORDINARY


def is_planned(case: Case) -> bool:
    """A repair with a date of its own."""
    return case.is_repair and case.urgency == Case.Urgency.PLANNED


def executor_of(case: Case) -> int | None:
    """Who works on it is told first."""
    return case.executor_id


def owner_of(case: Case) -> int | None:
    """Then who owns it."""
    return case.owner_id


def why_paused(case: Case) -> str:
    """The stated reason."""
    return str(PauseReason(case.pause_reason).label) if case.pause_reason else ""


def agreed_completion(calendar: Any, start: Any, values: Any, case: Case) -> Any:
    """Done by when, as agreed with the resident."""
    return order_of(case).completion_agreed_at


def planned_day(calendar: Any, start: Any, values: Any, case: Case) -> Any:
    """The end of the window that was planned."""
    order = order_of(case)
    return order.appointment_to or order.appointment_from


PEOPLE: dict[str, Any] = {"executor": executor_of, "owner": owner_of}

clock(
    "RPR-03", key="repairs.respond_emergency", subject="case", verb=_("respond"), only_if=is_emergency,
    starts=["repairs.record"], stops=["repairs.arrive"], cancels=ENDS, reviews=["cases.change_urgency"], **PEOPLE,
)  # fmt: skip
clock(
    "RPR-04", key="repairs.respond_ordinary", subject="case", verb=_("respond"), only_if=is_ordinary,
    starts=["repairs.record"], stops=["repairs.agree_visit", "repairs.arrive"], cancels=ENDS,
    reviews=["cases.change_urgency"], **PEOPLE,
)  # fmt: skip
clock(
    "RPR-05", key="repairs.start_planned", subject="case", verb=_("start"), only_if=is_planned, due=planned_day,
    starts=["repairs.record"], stops=["repairs.arrive"], cancels=ENDS, reviews=["repairs.agree_visit"], **PEOPLE,
)  # fmt: skip
clock(
    "RPR-06", key="repairs.complete_agreed", subject="case", verb=_("finish"), due=agreed_completion,
    starts=["repairs.agree_completion"], stops=["repairs.finish"], cancels=ENDS, pauses=["repairs.pause"],
    resumes=["repairs.resume", "repairs.transfer"], reviews=["repairs.agree_completion"], pause_reason=why_paused,
    **PEOPLE,
)  # fmt: skip
clock(
    "RPR-09", key="repairs.schedule_rework", subject="case", verb=_("come again"),
    starts=["repairs.ask_rework"], stops=["repairs.dispatch", "repairs.grab", "repairs.agree_visit"], cancels=ENDS,
    **PEOPLE,
)  # fmt: skip

bind_gauge("RPR-10", figure=figures.revisited, evidence="desk:queue")
bind_gauge("RPR-11", figure=figures.timely, evidence="desk:queue")
bind_gauge("RPR-13", figure=figures.lasting, evidence="desk:queue")
bind_record("RPR-01", form="F-REPAIR", label="case")
