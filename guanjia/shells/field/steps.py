"""The one next step of a case for this person, and how a step looks. The operation behind it stays the judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guanjia.domains.repairs.models import RepairOrder
from guanjia.kernel.actors import Actor
from guanjia.parts.casework.models import Case, State

# Icons of verbs whose own is not in the sprite.
ICONS = {
    "accept": "check", "grab": "hand-stop", "agree_visit": "calendar-event", "arrive": "map-pin-check",
    "finish": "circle-check",
    "send_back": "arrow-back-up", "confirm": "mood-smile", "note_failed_contact": "phone", "ask_rework": "refresh",
    "revisit": "phone-call", "answer": "message", "consent_quote": "circle-check", "agree_completion": "calendar-check",
    "chase": "bell-ringing", "record": "tool", "dispatch": "send", "quote": "receipt-yuan", "pause": "player-pause",
    "resume": "player-play", "transfer": "arrows-exchange", "use_material": "plus", "join": "git-merge",
    "observe": "eye", "cancel": "x", "force_close": "lock", "reopen": "rotate", "change_urgency": "urgent",
    "confirm_unreached": "user-off", "take_back_material": "arrow-back-up",
}  # fmt: skip
# Verbs that need nothing but a tap.
ONE_TAP = frozenset({"accept", "grab", "resume", "chase"})
WORDS = {
    "accept": _("Accept"), "grab": _("Take it"), "agree_visit": _("Agree visit"), "arrive": _("Arrived"),
    "resume": _("Resume"), "consent_quote": _("Price agreed"), "finish": _("Finish, fill in material"),
    "pause": _("Pause"), "send_back": _("Send back"), "chase": _("Chase"), "dispatch": _("Dispatch"),
    "confirm": _("Confirm"), "ask_rework": _("Not fixed"), "revisit": _("Revisit"), "answer": _("Answer"),
    "note_failed_contact": _("Not reached"), "note": _("Note"), "quote": _("Quote"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A button: one tap, or the way to a form."""

    verb: str
    label: Any
    icon: str
    url: str
    one_tap: bool


def step(verb: str, case: Case, label: Any = "") -> Step:
    url = reverse("field:act", args=[case.project.code, case.pk, verb])
    return Step(verb, label or WORDS.get(verb, verb), ICONS.get(verb, "note"), url, verb in ONE_TAP)


def next_verb(case: Case, order: RepairOrder | None, by: Actor) -> str:
    """The verb that carries the case on; empty when it is not this person's turn."""
    if order is not None and case.executor_id == by.id and case.state in _MINE:
        return _of_executor(case, order)
    if case.state == State.OPEN:
        may_grab = order is not None and by.may("repairs.grab", case.project_id)
        return "grab" if may_grab else _of_service(case, by)
    return _of_service(case, by)


_MINE = frozenset({State.DISPATCHED, State.WORKING, State.PAUSED})


def _of_executor(case: Case, order: RepairOrder) -> str:
    if case.state == State.DISPATCHED:
        return "accept"
    if case.state == State.PAUSED:
        return "resume"
    if order.arrived_at is None:
        needs_visit = case.house_id and not case.is_emergency and order.appointment_from is None
        return "agree_visit" if needs_visit else "arrive"
    return "finish" if order.is_quote_settled else "consent_quote"


def _of_service(case: Case, by: Actor) -> str:
    verbs: tuple[tuple[str, str], ...] = {
        State.OPEN: (("dispatch", "repairs"), ("answer", "cases")) if case.is_repair else (("answer", "cases"),),
        State.DISPATCHED: (("chase", "cases"),),
        State.WORKING: (("chase", "cases"),),
        State.PAUSED: (("chase", "cases"),),
        State.DONE: (("confirm", "repairs"),),
        State.CONFIRMED: (("revisit", "followups"),),
    }.get(State(case.state), ())
    if case.executor_id == by.id:  # nobody chases, confirms or revisits their own work
        return ""
    return next((verb for verb, room in verbs if by.may(f"{room}.{verb}", case.project_id)), "")


def other_verb(case: Case, order: RepairOrder | None, by: Actor) -> str:
    """What stands to the left of the next step."""
    if order is not None and case.executor_id == by.id:
        return {State.DISPATCHED: "send_back", State.WORKING: "pause", State.PAUSED: "note"}.get(State(case.state), "")
    if case.executor_id == by.id:
        return ""
    return {State.DONE: "ask_rework", State.CONFIRMED: "ask_rework"}.get(State(case.state), "")
