"""Closing a shift, leave slips, the office in the morning, the sign-in sheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import NOW, When
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Project

from .. import working
from ..models import Leave, OfficeCheck
from .fields import LINES

LONGEST = timedelta(days=183)


class CloseForm(OperationForm):
    work_is_done = forms.BooleanField(
        label=_("The work of the day is done or handed over"),
        error_messages={"required": _("The shift is closed only when the work of the day is done or handed over.")},
    )


class LeaveForm(OperationForm):
    of = Leave
    asks = ("from_at", "until_at", "reason")

    until_at = asked(validators=[When(NOW, said=_("That time is over."))])
    reason = asked(min_length=2, widget=LINES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("from_at"), cleaned.get("until_at")
        if begins and ends and not timedelta() < ends - begins <= LONGEST:
            self.add_error("until_at", _("Leave ends after it begins, within half a year."))
        return cleaned


class RemarkForm(OperationForm):
    remark = asked(Leave.remark, widget=LINES)


class RefuseForm(OperationForm):
    remark = forms.CharField(label=_("Why it is not granted"), max_length=200, min_length=2, widget=LINES)


class CheckForm(OperationForm):
    is_clean = forms.TypedChoiceField(
        label=_("The office"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Clean and tidy")), ("no", _("Something is wanting"))],
    )  # fmt: skip
    remark = asked(OfficeCheck.remark, widget=LINES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_clean") is False and not cleaned.get("remark"):
            self.add_error("remark", _("Say what was wanting."))
        return cleaned


def is_own(duty: Duty, by: Actor) -> bool:
    return duty.employee_id == by.id


@need(sentence=_("This shift has ended."))
def is_not_ended(duty: Duty) -> bool:
    return duty.ended_at is None


@operation(Duty, label=_("A shift is ahead"), internal=True, icon="clock")
def expect(duty: Duty, *, by: Actor) -> None:
    """An hour before it begins: from here the clock of arriving runs (SFT-01)."""


@operation(Duty, label=_("Nobody came to the shift"), internal=True, icon="user-off")
def lapse(duty: Duty, *, by: Actor) -> None:
    """It passed without anybody signing in: the clock of arriving ends as missed."""


@operation(
    Duty, label=_("Begin the closing"), form=CloseForm, needs=[is_not_ended], whose=is_own,
    clauses=["SFT-05", "SFT-06"], icon="list-check",
)  # fmt: skip
def close_shift(duty: Duty, *, by: Actor, work_is_done: bool) -> None:
    """After eight hours, with the day's work done or handed over; its run sheet starts by itself."""
    working.refuse_closing(duty, by)


@operation(Project, label=_("Hand in a leave slip"), form=LeaveForm, creates=Leave, clauses=["SFT-08"], icon="umbrella")
def ask_leave(project: Project, *, by: Actor, from_at: datetime, until_at: datetime, reason: str) -> Leave:
    """For oneself, by the end of the day before. Later is possible, and counts as late."""
    Employee.objects.select_for_update(no_key=True).get(pk=by.id)
    own = Leave.objects.filter(
        project=project, employee_id=by.id, state__in=[Leave.State.ASKED, Leave.State.GRANTED],
        from_at__lt=until_at, until_at__gt=from_at,
    )  # fmt: skip
    if own.exists():
        raise Refused("from_at", _("You have asked for leave in this time already."), "SFT-08")
    return Leave.objects.create(
        project=project, employee_id=by.id, from_at=from_at, until_at=until_at, reason=reason, asked_at=by.at,
        moved_at=by.at,
    )  # fmt: skip


def is_anothers(leave: Leave, by: Actor) -> bool:
    """Nobody decides over their own leave."""
    return leave.employee_id != by.id


def is_mine(leave: Leave, by: Actor) -> bool:
    return leave.employee_id == by.id


@operation(Leave, label=_("Grant leave"), form=RemarkForm, whose=is_anothers, clauses=["SFT-08"], icon="check")
def grant_leave(leave: Leave, *, by: Actor, remark: str) -> None:
    """Away as asked; a shift in this time ends where the leave begins."""
    leave.decided_by_id, leave.decided_at, leave.remark = by.id, by.at, remark


@operation(Leave, label=_("Do not grant leave"), form=RefuseForm, whose=is_anothers, danger=True, icon="x")
def refuse_leave(leave: Leave, *, by: Actor, remark: str) -> None:
    """The reason is told."""
    leave.decided_by_id, leave.decided_at, leave.remark = by.id, by.at, remark


@operation(Leave, label=_("Take the slip back"), whose=is_mine, icon="arrow-back-up")
def withdraw_leave(leave: Leave, *, by: Actor) -> None:
    """Before it begins; afterwards it stands as it was."""
    if leave.from_at <= by.at:
        raise Refused("", _("It has begun."))


@operation(
    Project, label=_("Check the office"), form=CheckForm, creates=OfficeCheck, clauses=["SFT-03"], icon="wash"
)  # fmt: skip
def check_office(project: Project, *, by: Actor, is_clean: bool, remark: str) -> OfficeCheck:
    """Whoever is there first looks whether the office is cleaned; what is wanting is checked again when it is done."""
    return OfficeCheck.objects.create(
        project=project, is_clean=is_clean, remark="" if is_clean else remark, checked_by_id=by.id, checked_at=by.at
    )
