"""The registers of the desk on paper: call log (F-CALL), message slips (F-MSG), walk-ins (F-VISIT), one day each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.papers.asking import today
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.places.models import Project
from guanjia.places.queries import between
from guanjia.web.sheets import paper
from guanjia.web.words import masked

from . import queries
from .forms import PrintForm
from .models import Call, Slip, WalkIn


@paper(
    Project, label=_("Print a register"), form=PrintForm, clauses=["DESK-06", "DESK-07", "DESK-09"],
    back="reception:home", proposed=today,
)  # fmt: skip
def print_register(project: Project, press: Press, *, register: str, day: date) -> bytes:
    """A register of a day; numbers of persons stay masked on paper."""
    return press.table(register, project, rows(register, project, day, by=press.by), period=day.isoformat())


def rows(form: str, project: Project, day: date, *, by: Actor) -> list[dict[str, Any]]:
    """The lines of a register, as the form names its fields."""
    begin, end = between(project, day, day)
    if form == "F-CALL":
        found = queries.calls(project, by).filter(called_at__gte=begin, called_at__lt=end)
        calls = list(found.order_by("called_at", "id")[:MOST_ROWS])
        customers = casework.customers([call.case for call in calls if call.case])
        return [call_values(call, customers.get(call.case_id or 0, {})) for call in calls]
    if form == "F-MSG":
        slips = queries.slips(project, by).filter(called_at__gte=begin, called_at__lt=end)
        return [slip_values(slip) for slip in slips.order_by("called_at", "id")[:MOST_ROWS]]
    came = queries.walk_ins(project, by).filter(arrived_at__gte=begin, arrived_at__lt=end)
    return [walk_in_values(one) for one in came.order_by("arrived_at", "id")[:MOST_ROWS]]


def call_values(call: Call, customer: dict[str, str]) -> dict[str, Any]:
    """A call that became a case says what the case says."""
    case = call.case
    return {
        "called_at": call.called_at,
        "answered_at": call.answered_at,
        "caller": customer.get("name", "") if case else call.caller,
        "house": str((case.house if case else call.house) or ""),
        "phone": masked(customer.get("phone", "")) if case else call.masked_phone,
        "topic": call.topic,
        "content": case.content if case else call.content,
        "handling": f"转事项 {case.number}" if case else call.handling,
        "reply_by": call.reply_by,
        "answered_by": call.answered_by.name,
        "case": case.number if case else "",
    }


def slip_values(slip: Slip) -> dict[str, Any]:
    return {
        "called_at": slip.called_at,
        "caller": slip.caller,
        "phone": slip.masked_phone,
        "addressee": slip.addressee.name,
        "message": str(slip.message),
        "taken_by": slip.taken_by.name,
        "delivered_at": slip.told_at,
        "acknowledged": slip.acknowledged_at is not None,
    }


def walk_in_values(one: WalkIn) -> dict[str, Any]:
    return {
        "arrived_at": one.arrived_at,
        "visitor_name": one.name,
        "house_or_company": one.house.code if one.house else one.company,
        "phone": one.masked_phone,
        "topic": one.words,
        "handling": one.handling,
        "resolved_now": one.is_settled,
        "reply_by": one.reply_by,
        "left_at": one.left_at,
        "received_by": one.received_by.name,
        "recorded_at": one.completed_at,
    }
