"""A matter as its resident understands it: where it stands, what was promised and what became of it, what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domains.repairs.models import PauseReason, RepairOrder
from guanjia.kernel import crypto, events
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.clocks.models import Clock
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee
from guanjia.web import words

STEPS = (
    gettext_lazy("Received"), gettext_lazy("Time agreed"), gettext_lazy("Being repaired"), gettext_lazy("Your word"),
)  # fmt: skip
KINDS = {
    "repairs.respond_emergency": gettext_lazy("First answer"),
    "repairs.respond_ordinary": gettext_lazy("First answer"),
    "repairs.start_planned": gettext_lazy("Arrival"),
    "repairs.keep_the_visit": gettext_lazy("Arrival"),
    "repairs.schedule_rework": gettext_lazy("Come again"),
    "repairs.complete_agreed": gettext_lazy("Repaired"),
}
# Promised for a moment that was agreed, not within so many hours.
BY_MOMENT = frozenset({"repairs.start_planned", "repairs.keep_the_visit", "repairs.complete_agreed"})
MOST = 60


def state_words(case: Case, order: RepairOrder | None) -> str:
    """The state in a few plain words."""
    if case.state == State.WORKING and order is not None:
        if order.arrived_at:
            return _("Being repaired")
        return _("Visit agreed") if order.appointment_from else _("The technician has it")
    return str(
        {
            State.OPEN: _("Received, being arranged") if case.is_repair else _("Received, to be answered"),
            State.DISPATCHED: _("A technician was sent"),
            State.WORKING: _("In work"),
            State.PAUSED: _("Put off for now"),
            State.DONE: _("Waits for your word"),
            State.CONFIRMED: _("You confirmed it"),
            State.CLOSED: _("Settled"),
            State.CANCELLED: _("Cancelled"),
        }[State(case.state)]
    )


def steps(case: Case, order: RepairOrder | None) -> list[dict[str, Any]]:
    """The four steps of a repair; `state` is done, now or open."""
    if order is None or case.state == State.CANCELLED:
        return []
    reached = 0
    if order.contacted_at or order.arrived_at:
        reached = 1
    if order.arrived_at:
        reached = 2
    if case.state in (State.DONE, State.CONFIRMED, State.CLOSED):
        reached = 3
    is_over = case.state in (State.CONFIRMED, State.CLOSED)
    return [
        {"label": label, "state": "done" if at < reached or is_over else "now" if at == reached else "open"}
        for at, label in enumerate(STEPS)
    ]


def next_words(case: Case, order: RepairOrder | None, at: datetime) -> str:
    """When what comes next: the visit, else the day it will be done."""
    if case.state == State.PAUSED and case.pause_reason:
        return str(PauseReason(case.pause_reason).label)
    if order is None or case.state not in (State.OPEN, State.DISPATCHED, State.WORKING, State.PAUSED):
        return ""
    if order.completion_agreed_at:
        return _("Done by %(time)s") % {"time": moment(order.completion_agreed_at, at)}
    if order.appointment_from and not order.arrived_at:
        time = window(order.appointment_from, order.appointment_to, at)
        return _("Visit %(time)s") % {"time": time} if order.contacted_at else _("Wished for %(time)s") % {"time": time}
    return ""


def window(start: datetime, end: datetime | None, at: datetime) -> str:
    """今天 11:00–12:00."""
    return f"{moment(start, at)}–{words.clock_time(end)}" if end else moment(start, at)


def moment(time: datetime, at: datetime) -> str:
    """A day always with its hour: what was said at a door is looked up later."""
    said = words.when(time, at)
    return said if ":" in said else f"{said} {words.clock_time(time)}"


# -- the promise -----------------------------------------------------------------------------------------------------


def promises(case: Case, at: datetime) -> list[dict[str, Any]]:
    """What was promised beside what it took, first the one that still runs."""
    found = [c for c in clocks.of(case) if c.rule_key.startswith("repairs.") and c.state != Clock.State.CANCELLED]
    return [promise(clock, at) for clock in found[:4]]


def promise(clock: Clock, at: datetime) -> dict[str, Any]:
    """One clock to a resident: no clause, no bar to read."""
    kind = KINDS.get(clock.rule_key, KINDS["repairs.complete_agreed"])
    if clock.rule_key in BY_MOMENT:
        limit = _("promised by %(time)s") % {"time": moment(clock.due_at, at)}
    else:
        limit = _("promised within %(time)s") % {"time": words.duration(clock.limit_seconds)}
    if clock.state == Clock.State.RUNNING:
        left = int((clock.due_at - at).total_seconds())
        real = words.left(left) if left >= 0 else words.over(-left)
        tone = "late" if left < 0 else "calm"
    elif clock.state == Clock.State.PAUSED:
        real, tone = _("on hold"), "paused"
    else:
        if clock.rule_key in BY_MOMENT and clock.stopped_at:
            real = moment(clock.stopped_at, at)
        else:
            real = _("took %(time)s") % {"time": words.duration(clock.used_seconds or 0)}
        tone = "met" if clock.state == Clock.State.MET else "late"
    return {
        "kind": kind, "limit": limit, "real": real, "tone": tone,
        "due": words.when(clock.due_at, at),
    }  # fmt: skip


def running(cases: list[Case], at: datetime) -> dict[int, dict[str, Any]]:
    """The promise that presses most, for a list: one statement."""
    if not cases:
        return {}
    found = clocks.open_of(cases[0].project_id, "case", [c.pk for c in cases])
    return {
        pk: promise(mine[0], at)
        for pk, rows in found.items()
        if (mine := [c for c in rows if c.rule_key.startswith("repairs.")])
    }


# -- what happened ---------------------------------------------------------------------------------------------------

SAID = {
    "repairs.record": gettext_lazy("Received"),
    "cases.record_enquiry": gettext_lazy("Received"),
    "repairs.dispatch": gettext_lazy("A technician was sent"),
    "repairs.grab": gettext_lazy("A technician took it"),
    "repairs.transfer": gettext_lazy("Another technician comes"),
    "repairs.agree_visit": gettext_lazy("Visit agreed"),
    "repairs.agree_completion": gettext_lazy("Agreed when it will be done"),
    "repairs.arrive": gettext_lazy("The technician is there"),
    "repairs.pause": gettext_lazy("Put off for now"),
    "repairs.resume": gettext_lazy("Goes on"),
    "repairs.quote": gettext_lazy("A price was named"),
    "repairs.consent_quote": gettext_lazy("You agreed to the price"),
    "repairs.finish": gettext_lazy("Repair done"),
    "repairs.confirm": gettext_lazy("Confirmed as fixed"),
    "repairs.ask_rework": gettext_lazy("Not fixed: somebody comes again"),
    "cases.chase": gettext_lazy("Chased up"),
    "cases.note": gettext_lazy("You wrote"),
    "cases.answer": gettext_lazy("The centre answered"),
    "cases.cancel": gettext_lazy("Cancelled"),
    "cases.reopen": gettext_lazy("Taken up again"),
    "followups.revisit": gettext_lazy("Asked whether all is well"),
}
# What residents read of an act; everything else that was entered is the house's own.
READ = {
    "repairs.finish": "work_done",
    "repairs.quote": "quote_words",
    "cases.answer": "reply",
    "cases.cancel": "reason",
}
# Which pictures an act brought.
SHOWS = {
    "repairs.record": "reported", "cases.record_enquiry": "reported", "repairs.ask_rework": "reported",
    "repairs.arrive": "before", "repairs.finish": "after", "cases.note": "note",
}  # fmt: skip
OWN_WORDS = frozenset({"cases.note", "cases.chase", "repairs.ask_rework"})


def moments(case: Case, by: Actor) -> list[dict[str, Any]]:
    """What happened, newest first; of notes only the resident's own."""
    rows = [e for e in events.timeline(case, limit=MOST) if e.name in SAID]
    rows = [e for e in rows if e.name != "cases.note" or e.actor_kind == "resident"]
    wrapped = events.person_key(case.project_id, case.person(), create=False)
    pictures = _pictures(case)
    named = {pk for e in rows if (pk := _sent(e))}
    people = dict(Employee.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    return [_moment(e, wrapped, pictures.get((e.request_id, SHOWS.get(e.name, "")), []), people, by.at) for e in rows]


def _moment(
    event: Event, wrapped: bytes | None, photos: list[Any], people: dict[int, str], at: datetime
) -> dict[str, Any]:
    given = event.given
    quote = _opened(wrapped, given.get(READ.get(event.name, ""), ""))
    if event.name in OWN_WORDS and event.actor_kind == "resident":
        quote = _opened(wrapped, given.get("words", ""))
    if event.name == "repairs.pause":
        quote = str(dict(PauseReason.choices).get(given.get("reason", ""), ""))
    if pk := _sent(event):
        quote = people.get(pk, "")
    if given.get("appointment_from"):
        end = given.get("appointment_to")
        quote = window(_time(given["appointment_from"]), _time(end) if end else None, at)
        if event.name == "repairs.record":
            quote = _("Wished for %(time)s") % {"time": quote}
    if given.get("completion_agreed_at"):
        quote = moment(_time(given["completion_agreed_at"]), at)
    if event.name == "repairs.quote" and given.get("quoted_fen"):
        quote = f"{words.yuan(int(given['quoted_fen']))}　{quote}".strip()
    return {"words": SAID[event.name], "quote": quote, "photos": photos, "at": moment(event.at, at)}


def _sent(event: Event) -> int:
    """Who was sent by this act."""
    if event.name not in ("repairs.dispatch", "repairs.transfer", "repairs.grab"):
        return 0
    return int((event.changes.get("executor_id") or [None, None])[1] or 0)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _opened(wrapped: bytes | None, value: Any) -> str:
    if not crypto.is_sealed(value):
        return str(value or "")
    return str(crypto.opened_json(wrapped, value)) if wrapped is not None else ""


def _pictures(case: Case) -> dict[Any, list[dict[str, str]]]:
    found: dict[Any, list[dict[str, str]]] = {}
    for file in files.files_of(case, "reported", "before", "after", "note"):
        if file.mime.startswith("image/"):
            url = reverse("files:show", args=[case.project.code, file.pk])
            found.setdefault((file.event_request, file.purpose), []).append(
                {
                    "src": url,
                    "href": url,
                    "alt": str(file.get_purpose_display()),
                    "caption": words.clock_time(file.taken_at),
                }
            )
    return found
