"""The board of running clocks, and the page of one clock that answers why it is late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia import book
from guanjia.kernel import operations, subjects
from guanjia.kernel.outcomes import Unknown
from guanjia.web import words
from guanjia.web.doors import Request, staff_page

from . import explaining, queries
from .models import Clock
from .timing import Calendars

PAGE = 50
VIEWS = ("all", "late", "soon", "paused")


@staff_page
@require_GET
def board(request: Request) -> HttpResponse:
    """Clocks of the project: overdue longest first, then soonest due."""
    by, project = request.actor, request.project
    at = by.at
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    page = queries.page(by, project.pk, view, at, after=_cursor(request.GET.get("after", "")), size=PAGE + 1)
    shown, more = page[:PAGE], len(page) > PAGE
    here = reverse("clocks:board", args=[project.code])
    context = {
        "rows": rows(shown, by, at),
        "views": [
            {"label": label, "url": f"{here}?view={name}", "current": name == view} for name, label in _labels().items()
        ],
        "next_url": f"{here}?view={view}&after={_mark(shown[-1])}" if more else "",
    }
    return render(request, "clocks/board.html", context)


@staff_page
@require_GET
def clock(request: Request, pk: int) -> HttpResponse:
    """One clock: its axis, the sum in one sentence, what paused it, whom it told, and the reason of a breach."""
    by, project = request.actor, request.project
    found = Clock.visible_to(by).filter(project_id=project.pk, pk=pk).select_related("project").first()
    if found is None:
        raise Unknown("clock")
    at = by.at
    explained = explaining.explain(found, at)
    entry = book.clause(found.clause_id)
    shown = rows([found], by, at)[0]
    context = {
        **shown,
        "clock": found,
        "axis": explaining.axis(explained, at),
        "facts": _facts(found, explained),
        "spans": [s for s in explained["segments"] if s["kind"] == "pause"],
        "steps": _steps(found),
        "rule": explaining.said(entry.rule),
        "clause_url": reverse("standards:clause", args=[project.code, entry.id]),
        "board_url": reverse("clocks:board", args=[project.code]),
        "offers": _offers(found, by, project),
        "is_late": explained["is_late"],
    }
    return render(request, "clocks/clock.html", context)


def rows(clocks: list[Clock], by: Any, at: datetime) -> list[dict[str, Any]]:
    """Clocks with the things they belong to, one statement a kind; what may not be seen stays without a name."""
    things = subjects.named(((c.subject_label, c.subject_id) for c in clocks), by)
    made = Calendars()
    shown = []
    for one in clocks:
        thing = things.get((one.subject_label, one.subject_id))
        shown.append(
            {
                "bar": explaining.bar(one, at, made),
                "clause": one.clause_id,
                "title": str(thing) if thing is not None else _("Not open to your post"),
                "thing_url": subjects.address_of(thing) if thing is not None else "",
                "url": reverse("clocks:clock", args=[one.project.code, one.pk]),
            }
        )
    return shown


def _labels() -> dict[str, str]:
    return {"all": _("All"), "late": _("Overdue"), "soon": _("Soon"), "paused": _("On pause")}


def _facts(found: Clock, explained: dict[str, Any]) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Started"), "value": words.stamp(found.started_at)},
        {"label": pgettext("clocks", "Due"), "value": words.stamp(found.due_at)},
        {"label": _("Limit"), "value": words.duration(found.limit_seconds)},
        {"label": _("Used"), "value": words.duration(explained["used"])},
    ]
    if explained["paused"]:
        facts.append({"label": _("On pause"), "value": words.duration(explained["paused"])})
    if found.stopped_at:
        facts.append({"label": _("Ended"), "value": words.stamp(found.stopped_at)})
    if found.cause:
        facts.append({"label": _("Put down to"), "value": found.get_cause_display(), "note": found.breach_reason})
    if found.corrective:
        facts.append({"label": _("What is done about it"), "value": found.corrective})
    if found.exempted_at:
        facts.append({"label": _("Exempted by"), "value": found.exempted_by_name, "note": found.exempt_reason})
    return facts


def _steps(found: Clock) -> list[dict[str, Any]]:
    """The ladder: which steps were climbed, and whom each tells."""
    return [
        {
            "is_done": number < found.level,
            "when": explaining.step_words(step["at"]),
            "who": explaining.step_people(step["to"]),
        }
        for number, step in enumerate(found.ladder)
    ]


def _offers(found: Clock, by: Any, project: Any) -> list[dict[str, Any]]:
    offers = []
    for offer in operations.offers(found, by):
        url = reverse("acts:do", args=[project.code, "clock", found.pk, offer.operation.verb])
        back = reverse("clocks:clock", args=[project.code, found.pk])
        locked = " ".join(str(need.sentence) for need in offer.missing)
        offers.append(
            {
                "label": offer.operation.label,
                "icon": offer.operation.icon,
                "url": f"{url}?next={back}",
                "locked": locked,
                "note": offer.note,
            }
        )
    return offers


def _mark(last: Clock) -> str:
    return f"{int(last.due_at.timestamp() * 1000)}-{last.pk}"


def _cursor(text: str) -> tuple[int, int] | None:
    """Where the page before ended: milliseconds and id; anything else starts at the beginning."""
    due, _dash, pk = text[:40].partition("-")
    if due.isdecimal() and pk.isdecimal() and len(due) < 16 and len(pk) < 19:
        return int(due), int(pk)
    return None
