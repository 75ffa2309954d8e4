"""What executes the clauses of shifts. How a shift begins and ends is a run sheet, owed by each shift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.calendar import WorkCalendar, parse_duration
from guanjia.kernel.models import Event
from guanjia.parts.clocks.rules import clock
from guanjia.parts.obligations.periods import SHIFT
from guanjia.parts.obligations.rules import owed, own_shift, shifts_of, the_project
from guanjia.parts.standards.bindings import bind_gauge, bind_record
from guanjia.people import posts
from guanjia.people.models import Duty

from . import attending, working
from .models import Leave

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


def before_it_begins(calendar: WorkCalendar, start: datetime, values: dict[str, Any], duty: Duty) -> datetime:
    """So long before the shift one is there."""
    return duty.from_at - working.ahead_of(duty)


def the_day_before(calendar: WorkCalendar, start: datetime, values: dict[str, Any], leave: Leave) -> datetime:
    """The end of the calendar day before the leave, or so long before it where a project decided a length."""
    within = str(values["within"])
    if within.startswith("P"):
        length = parse_duration(within)
        return leave.from_at - timedelta(days=length.days, seconds=length.seconds)
    first = leave.from_at.astimezone(ZoneInfo(leave.project.zone)).date()
    return datetime.combine(first, time(0), ZoneInfo(leave.project.zone))


def _employee(thing: Any) -> int:
    return int(thing.employee_id)


clock(
    "SFT-01", key="shifts.arrive", subject="duty", verb=pgettext_lazy("shifts", "be there"), due=before_it_begins,
    executor=_employee, starts=["shifts.expect"], at_once=["organization.sign_in"],
    stops=["organization.sign_in", "organization.end_duty", "shifts.lapse"],
    cancels=["organization.cancel_duty"], evidence="shifts:attendance",
)  # fmt: skip
clock(
    "SFT-08", key="shifts.leave_ahead", subject="leave", verb=_("hand in the slip"), due=the_day_before,
    executor=_employee, starts=["shifts.ask_leave"], stops=["shifts.ask_leave"], at_once=["shifts.ask_leave"],
    evidence="shifts:leaves:list",
)  # fmt: skip
owed(
    "SFT-03", key="shifts.office", subject="project", label=_("Office cleaned in the morning"), period="day",
    subjects=the_project, settles=["shifts.check_office"], counts=lambda event, check: bool(check.is_clean),
    url="shifts:office:list", evidence="shifts:office:list",
)  # fmt: skip
bind_gauge("EMG-36", figure=attending.readiness, evidence="shifts:weather:list")
