"""How long a shift lasts, and when it may be closed and left (SFT-05, SFT-07). Questions of acts and pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor, system
from guanjia.kernel.calendar import parse_duration
from guanjia.kernel.outcomes import Refused
from guanjia.parts import handover as lines
from guanjia.parts.runsheets.models import RunSheet, State
from guanjia.parts.standards.queries import rule_in_force, today_at
from guanjia.people.models import Duty
from guanjia.web.words import clock_time

from . import queries
from .models import TAKERS, Leave

FULL = timedelta(hours=8)
TIDYING = timedelta(minutes=10)
CLOSING = "SFT-06"
OUT = "shifts.outings"


def leave_in(duty: Duty) -> Leave | None:
    """Leave that was granted for a part of the shift: the shift ends where it begins."""
    rows = Leave.objects.filter(
        project_id=duty.project_id, employee_id=duty.employee_id, state=Leave.State.GRANTED,
        from_at__lt=duty.to_at, until_at__gt=duty.from_at,
    )  # fmt: skip
    return rows.order_by("from_at").first()


def ends_at(duty: Duty) -> datetime:
    """The end as planned, or where leave begins."""
    leave = leave_in(duty)
    return duty.to_at if leave is None else max(duty.from_at, leave.from_at)


def closes_at(duty: Duty) -> datetime:
    """From when the closing may begin: eight hours after work began (a shift that is planned for less: all of it)."""
    began = max(duty.from_at, duty.signed_in_at or duty.from_at)
    worked: datetime = began + min(FULL, duty.to_at - duty.from_at)
    leave = leave_in(duty)
    return worked if leave is None else min(worked, max(duty.from_at, leave.from_at))


def leaves_at(duty: Duty) -> datetime:
    """The earliest moment of signing out."""
    return ends_at(duty) + TIDYING


def closing_of(duty: Duty) -> RunSheet | None:
    """The closing run sheet of this shift, under way or done."""
    rows = RunSheet.objects.filter(project_id=duty.project_id, clause_id=CLOSING).exclude(state=State.ABANDONED)
    return rows.filter(about_label="duty", about_id=duty.pk).order_by("-id").first()


def next_verb(duty: Duty) -> str:
    """What comes next in a shift: signing in, beginning the closing, signing out."""
    if duty.signed_in_at is None:
        return "sign_in"
    return "end_duty" if closing_of(duty) is not None else "close_shift"


def is_closed(duty: Duty) -> bool:
    sheet = closing_of(duty)
    return sheet is not None and sheet.state == State.FINISHED


def pressing(duty: Duty, by: Actor) -> list[str]:
    """Lines with something of one's own that is over its time, unless it was handed over since the shift began. A post
    that nobody relieves keeps its open matters overnight (a steward names a cover); only being out still holds it."""
    if queries.left_by(duty.employee_id, duty.project_id, duty.signed_in_at or duty.from_at):
        return []
    found = lines.of_person(duty.project, system(by.at), duty.employee_id)
    is_relieved = duty.post in TAKERS
    return [str(one.line.label) for one in found if one.urgent_ids and (is_relieved or one.line.key == OUT)]


def why_not_close(duty: Duty, by: Actor) -> str:
    """What stands between this shift and its closing; empty when nothing does (SFT-05)."""
    if not _holds("SFT-05", duty, by):
        return ""
    if duty.signed_in_at is None:
        return _("Sign in first.")
    if by.at < (first := closes_at(duty)):
        return _("Eight hours come first: the closing begins at %(time)s.") % {"time": clock_time(first)}
    if open_lines := pressing(duty, by):
        return _("Not done and not handed over: %(what)s.") % {"what": "、".join(open_lines)}
    return ""


def why_not_leave(duty: Duty, by: Actor) -> str:
    """What stands between this shift and signing out; empty when nothing does (SFT-07)."""
    if not _holds("SFT-07", duty, by):
        return ""
    if not is_closed(duty):
        return _("The end-of-shift closing of this shift is not done.")
    if by.at < (first := leaves_at(duty)):
        return _("Signing out begins ten minutes after the end of work, at %(time)s.") % {"time": clock_time(first)}
    return ""


def _holds(clause: str, duty: Duty, by: Actor) -> bool:
    return rule_in_force(clause, duty.project, today_at(duty.project, by.at)).is_on


def refuse_closing(duty: Duty, by: Actor) -> None:
    if why := why_not_close(duty, by):
        raise Refused("", why, "SFT-05")


def arrival(duty: Duty, at: datetime) -> str:
    """on_time, reminded (later than half an hour before), late, absent, or empty while it is not known."""
    wanted = duty.from_at - ahead_of(duty)
    if duty.signed_in_at is None:
        return "absent" if at >= duty.to_at else "late" if at >= duty.from_at else ""
    if duty.signed_in_at <= wanted:
        return "on_time"
    return "reminded" if duty.signed_in_at <= duty.from_at else "late"


def ahead_of(duty: Any) -> timedelta:
    """How long before the shift one is there, as it is decided at the project (SFT-01)."""
    rule = rule_in_force("SFT-01", duty.project, today_at(duty.project, duty.from_at))
    length = parse_duration(str(rule["within"]))
    return timedelta(days=length.days, seconds=length.seconds)
