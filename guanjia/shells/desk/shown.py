"""Cases and clocks as lists, strips and tables show them: plain dicts for the components."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks import explaining
from guanjia.parts.clocks import queries as clocks
from guanjia.places.models import Project
from guanjia.web import states, words

MARKS = {
    State.OPEN: ("dashed", "neutral"),
    State.DISPATCHED: ("ring", "brand"),
    State.WORKING: ("half", "brand"),
    State.PAUSED: ("hold", "pause"),
    State.DONE: ("most", "info"),
    State.CONFIRMED: ("most", "info"),
    State.CLOSED: ("tick", "ok"),
    State.CANCELLED: ("cross", "neutral"),
}
URGENCY = {"emergency": "urgent", "planned": "planned"}
CHANNEL_ICONS = {
    "phone": "phone",
    "walk_in": "walk",
    "portal": "brand-wechat",
    "api": "link",
    "patrol": "checklist",
    "12345": "building-community",
}


def register_marks() -> None:
    """The marks of a case's states, once at start-up."""
    for state, (shape, tone) in MARKS.items():
        states.register(str(state), shape, tone, state.label, ended=state in (State.CLOSED, State.CANCELLED))


def short_number(number: str) -> str:
    """BX1122-0001: the project is on the page, the year is this one."""
    tail = number.split("-", 1)[-1]
    return tail[:2] + tail[6:] if len(tail) > 10 else tail


def address(case: Case) -> str:
    return reverse("desk:case", args=[case.project.code, case.pk])


def rows(
    cases: list[Case], project: Project, by: Actor, bars: dict[int, dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """A page of cases with their most pressing clock and the name of who reported: two statements more at most."""
    if bars is None:
        bars = explaining.bars(project.pk, "case", [c.pk for c in cases], by.at) if cases else {}
    strangers = casework.customers([c for c in cases if c.resident_id is None])
    return [_row(case, project, bars.get(case.pk), strangers.get(case.pk, {}), by) for case in cases]


def _row(
    case: Case, project: Project, bar: dict[str, Any] | None, customer: dict[str, str], by: Actor
) -> dict[str, Any]:
    return {
        "case": case,
        "short": short_number(case.number),
        "url": reverse("desk:case", args=[project.code, case.pk]),
        "urgency": URGENCY.get(case.urgency, ""),
        "reporter": case.resident.name if case.resident else customer.get("name", ""),
        "clock": bar,
        "channel_icon": CHANNEL_ICONS.get(case.channel, "phone"),
        "is_paused": case.state == State.PAUSED,
        "owner_me": case.owner_id == by.id,
        "executor_me": case.executor_id == by.id,
    }


def strip(project: Project, by: Actor, most: int = 4, *, of_all: bool = False) -> dict[str, Any]:
    """The clocks about to break: overdue first, then soonest; their cases in one statement.

    `of_all`: of keys, slips, shifts and whatever else runs against a limit too; a statement a kind.
    """
    board = clocks.board(by, [project.pk])
    running = list((board if of_all else board.filter(subject_label="case"))[: most + 6])
    ids = [c.subject_id for c in running if c.subject_label == "case"]
    cases = {c.pk: c for c in casework.visible(project, by).filter(pk__in=ids)}
    others = subjects.named({(c.subject_label, c.subject_id) for c in running if c.subject_label != "case"}, by)
    made = explaining.Calendars()
    items = []
    for clock in running:
        case = cases.get(clock.subject_id) if clock.subject_label == "case" else None
        other = others.get((clock.subject_label, clock.subject_id))
        if case is None and other is None:
            continue
        said = _of_case(case, project) if case is not None else _of_other(other, clock.clause_id)
        items.append({**explaining.bar(clock, by.at, made), **said})
    pressing = [one for one in items if one["tone"] in ("late", "soon")]
    return {
        "clocks": items[:most],
        "count": len(pressing),
        "late": sum(one["tone"] == "late" for one in items),
        "soon": sum(one["tone"] == "soon" for one in items),
        "all": items,
    }


def _of_case(case: Case, project: Project) -> dict[str, Any]:
    who = case.executor.name if case.executor else (case.owner.name if case.owner else "")
    return {
        "url": reverse("desk:case", args=[project.code, case.pk]),
        "title": case.title,
        "sub": "　".join(part for part in (case.place, who) if part),
        "urgency": URGENCY.get(case.urgency, ""),
        "number": short_number(case.number),
    }


def _of_other(thing: Any, clause: str) -> dict[str, Any]:
    return {"url": subjects.address_of(thing), "title": str(thing), "sub": "", "urgency": "", "number": clause}


def outside(case: Any, at: datetime) -> list[dict[str, Any]]:
    """The number of who passed it on, until when they want a reply, and what they were told."""
    if not case.outside_number:
        return []
    facts: list[dict[str, Any]] = [{"label": _("Number outside"), "value": case.outside_number}]
    if case.outside_due_at:
        is_late = case.outside_replied_at is None and case.outside_due_at < at
        due = {"label": _("Reply outside by"), "value": words.when(case.outside_due_at, at)}
        facts.append(due | ({"tone": "danger", "note": _("not replied yet")} if is_late else {}))
    if case.outside_reply:
        told = words.when(case.outside_replied_at, at) if case.outside_replied_at else ""
        facts.append({"label": _("Replied outside"), "value": case.outside_reply, "note": told})
    return facts
