"""What executes the clauses of repairs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.calendar import due_at, limit_of, parse_duration
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.rules import clock
from guanjia.parts.standards.bindings import bind_gauge, bind_record

from . import duties, figures  # noqa: F401  (its import declares what is owed each day)
from .models import PauseReason
from .queries import order_of

ENDS = ("cases.cancel", "cases.force_close")


def is_emergency(case: Case) -> bool:
    """A repair known as an emergency where nobody has arrived yet; a second visit has its own limit (RPR-09)."""
    return case.is_repair and case.is_emergency and case.round == 1 and order_of(case).arrived_at is None


def is_ordinary(case: Case) -> bool:
    """An ordinary repair whose resident nobody has reached and nobody has visited yet."""
    if not case.is_repair or case.urgency != Case.Urgency.ORDINARY or case.round > 1:
        return False
    order = order_of(case)
    return order.contacted_at is None and order.arrived_at is None


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


def is_visit_of_its_own(case: Case) -> bool:
    """A visit at an agreed time: emergencies are answered by the first arrival, planned work has its own clause."""
    return case.is_repair and case.urgency == Case.Urgency.ORDINARY and order_of(case).arrived_at is None


def after_the_visit_began(calendar: Any, start: Any, values: Any, case: Case) -> Any:
    """The agreed moment and the grace after it."""
    begins = order_of(case).appointment_from
    return (
        None
        if begins is None
        else due_at(calendar, begins, limit_of(calendar, begins, parse_duration(str(values["within"]))))
    )


def is_ordinary_without_agreement(case: Case) -> bool:
    """No completion was agreed: our own limit stands in."""
    return case.is_repair and case.urgency == Case.Urgency.ORDINARY and order_of(case).completion_agreed_at is None


def is_emergency_without_agreement(case: Case) -> bool:
    """The same for an emergency."""
    return case.is_repair and case.is_emergency and order_of(case).completion_agreed_at is None


PEOPLE: dict[str, Any] = {"executor": executor_of, "owner": owner_of}

clock(
    "RPR-03", key="repairs.respond_emergency", subject="case", verb=_("respond"), only_if=is_emergency,
    starts=["repairs.record"], stops=["repairs.arrive"], cancels=ENDS, reviews=["cases.change_urgency"], **PEOPLE,
)  # fmt: skip
clock(
    "RPR-04", key="repairs.respond_ordinary", subject="case", verb=_("respond"), only_if=is_ordinary,
    since="reported_at", starts=["repairs.record"], stops=["repairs.agree_visit", "repairs.arrive"], cancels=ENDS,
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

clock(
    "HOUSE-01", key="repairs.keep_the_visit", subject="case", verb=_("be there"), only_if=is_visit_of_its_own,
    due=after_the_visit_began, starts=["repairs.record", "repairs.agree_visit"], stops=["repairs.arrive"],
    cancels=(*ENDS, "repairs.send_back"), reviews=["repairs.agree_visit", "cases.change_urgency"], **PEOPLE,
)  # fmt: skip
for _clause, _key, _question in (
    ("HOUSE-02", "repairs.complete_ordinary", is_ordinary_without_agreement),
    ("HOUSE-03", "repairs.complete_emergency", is_emergency_without_agreement),
):
    clock(
        _clause, key=_key, subject="case", verb=_("finish"), only_if=_question,
        starts=["repairs.record", "repairs.ask_rework", "repairs.begin_round"], stops=["repairs.finish"], cancels=ENDS,
        pauses=["repairs.pause"], resumes=["repairs.resume", "repairs.transfer"], pause_reason=why_paused,
        reviews=["repairs.agree_completion", "cases.change_urgency"], **PEOPLE,
    )  # fmt: skip

bind_gauge("RPR-10", figure=figures.revisited, evidence="desk:queue")
bind_gauge("RPR-11", figure=figures.timely, evidence="desk:queue")
bind_gauge("RPR-13", figure=figures.lasting, evidence="desk:queue")
bind_record("RPR-01", form="F-REPAIR", label="case")
