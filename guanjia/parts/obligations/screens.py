"""The calendar of duties with the list of one day, and the page of one duty."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia import book
from guanjia.kernel import operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Unknown
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.doors import Request, staff_page

from . import queries, rules
from .models import Obligation

MOST = 200


@staff_page
@require_GET
def calendar(request: Request) -> HttpResponse:
    """A month by days, and what was owed on the chosen one."""
    by, project = request.actor, request.project
    today = by.at.astimezone(ZoneInfo(project.zone)).date()
    day = _day(request.GET.get("day", ""), today)
    rule = request.GET.get("rule", "")
    rule = rule if rule in queries.concerns(by, project) else ""
    only = "missed" if request.GET.get("only") == "missed" else ""
    rows = list(queries.due_on(by, project, day, rule=rule, only=only, at=by.at)[: MOST + 1])
    here = reverse("obligations:list", args=[project.code])
    context = {
        "weeks": _weeks(by, project, day, today, here),
        "month": f"{day.year}-{day.month:02d}",
        "before_url": f"{here}?day={(day.replace(day=1) - timedelta(days=1)).isoformat()}",
        "after_url": f"{here}?day={(day.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()}",
        "day": words.day_words(day, by.at),
        "groups": _groups(rows[:MOST], by, by.at),
        "more": len(rows) > MOST,
        "views": _views(here, day, rule, only),
        "weekdays": [str(name) for name in words.WEEKDAYS],
    }
    return render(request, "obligations/calendar.html", context)


@staff_page
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One duty: what was owed, what was done and by whom, why it was missed."""
    by, project = request.actor, request.project
    rows = Obligation.visible_to(by).filter(project_id=project.pk, pk=pk).select_related("project", "owner")
    found = rows.first()
    if found is None:
        raise Unknown("obligation")
    entry = book.clause(found.clause_id)
    shown = _lines([found], by, by.at)[0]
    context = {
        **shown,
        "duty": found,
        "heading": f"{rules.registry[found.rule_key].label}　{shown['title']}"
        if found.rule_key in rules.registry and found.subject_label != "project"
        else shown["title"],
        "duty_state": {"state": state(found, by.at), "state_words": state_words(found, by.at)},
        "rule": said(entry.rule),
        "facts": _facts(found, by.at),
        "evidence": _evidence(found, shown),
        "clause_url": reverse("standards:clause", args=[project.code, entry.id]),
        "list_url": f"{reverse('obligations:list', args=[project.code])}?day={_due_day(found).isoformat()}",
        "offers": _offers(found, by, project),
    }
    return render(request, "obligations/one.html", context)


def _day(text: str, today: date) -> date:
    """The day asked for, within some years of today; otherwise today."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return today
    return day if abs((day - today).days) < 3660 else today


def _weeks(by: Actor, project: Project, day: date, today: date, here: str) -> list[list[dict[str, Any]]]:
    counts = queries.month(by, project, day.replace(day=1), by.at)
    weeks = months.Calendar().monthdatescalendar(day.year, day.month)
    return [[_cell(one, counts.get(one), day, today, here) for one in week] for week in weeks]


def _cell(one: date, row: dict[str, int] | None, day: date, today: date, here: str) -> dict[str, Any]:
    row = row or {"owed": 0, "met": 0, "missed": 0, "excused": 0}
    look = "none" if not row["owed"] else "missed" if row["missed"] > row["excused"] else "open"
    if row["owed"] and row["met"] == row["owed"]:
        look = "done"
    return {
        **row,
        "number": one.day,
        "is_other": one.month != day.month,
        "is_today": one == today,
        "is_chosen": one == day,
        "look": look,
        "url": f"{here}?day={one.isoformat()}",
        "words": _("%(day)s: %(met)d of %(owed)d done, %(missed)d missed") % {"day": one.isoformat(), **row},
    }


def _views(here: str, day: date, rule: str, only: str) -> list[dict[str, Any]]:
    kept = f"{here}?day={day.isoformat()}" + (f"&rule={rule}" if rule else "")
    views = [
        {"label": _("All"), "url": kept, "current": not only},
        {"label": _("Missed"), "url": f"{kept}&only=missed", "current": bool(only)},
    ]
    if rule:
        views.append({"label": _("Every duty"), "url": f"{here}?day={day.isoformat()}", "current": False})
    return views


def _groups(rows: list[Obligation], by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Rows of a day under the duty they belong to, those with a miss first."""
    groups: dict[str, dict[str, Any]] = {}
    for row, line in zip(rows, _lines(rows, by, at), strict=True):
        rule = rules.registry.get(row.rule_key)
        group = groups.setdefault(
            row.rule_key,
            {
                "label": str(rule.label if rule else row.rule_key), "clause": row.clause_id,
                "lines": [], "missed": 0, "met": 0,
            },
        )  # fmt: skip
        group["lines"].append(line)
        group["missed"] += line["state"] == "missed"
        group["met"] += line["state"] == "done"
    return sorted(groups.values(), key=lambda g: (-g["missed"], g["label"]))


def _lines(rows: list[Obligation], by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Duties with their subjects and what settled them; a subject that may not be seen stays without a name."""
    things = subjects.named(((o.subject_label, o.subject_id) for o in rows), by)
    settled = queries.settled_by(rows)
    lines = []
    for row in rows:
        thing = things.get((row.subject_label, row.subject_id))
        own = settled.get(row.pk, [])
        lines.append(
            {
                "state": state(row, at),
                "state_words": state_words(row, at),
                "title": _named(thing),
                "thing_url": subjects.address_of(thing) if thing is not None else "",
                "who": "、".join(dict.fromkeys(s.by_name for s in own if s.by_name)),
                "at": own[-1].at if own else None,
                "done": row.done,
                "needed": row.needed,
                "settled": own,
                "reason": row.reason,
                "url": reverse("obligations:page", args=[row.project.code, row.pk]),
            }
        )
    return lines


def _named(thing: Any) -> str:
    if thing is None:
        return _("Not open to your post")
    place, title = getattr(thing, "place", ""), getattr(thing, "title", "")
    return f"{place}　{title}".strip("　") if title else str(thing)


def state(row: Obligation, at: datetime) -> str:
    if row.excused_at:
        return "excused"
    if row.state == Obligation.State.MET:
        return "done"
    if row.is_missed(at):
        return "missed"
    return "doing" if row.done else "open"


def state_words(row: Obligation, at: datetime) -> str:
    return {
        "excused": _("Excused"),
        "done": pgettext("obligations", "Done"),
        "missed": _("Missed"),
        "doing": _("Begun"),
        "open": _("Owed"),
    }[state(row, at)]


def _due_day(found: Obligation) -> date:
    return (found.due_at - timedelta(seconds=1)).astimezone(ZoneInfo(found.project.zone)).date()


def _facts(found: Obligation, at: datetime) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Period"), "value": f"{words.stamp(found.from_at)} – {words.stamp(found.due_at)}"},
        {"label": _("Owed"), "value": _("%(done)d of %(needed)d times") % {"done": found.done, "needed": found.needed}},
        {"label": _("Edition"), "value": _edition(found)},
    ]
    if found.owner:
        facts.append({"label": _("Owed by"), "value": found.owner.name})
    if found.cause:
        facts.append({"label": _("Put down to"), "value": found.get_cause_display(), "note": found.reason})
    if found.corrective:
        facts.append({"label": _("What is done about it"), "value": found.corrective})
    if found.excused_at:
        facts.append({"label": _("Excused by"), "value": found.excused_by_name, "note": found.excuse_reason})
    return facts


def _edition(found: Obligation) -> str:
    changed = found.snapshot.get("editions") or {}
    return _("Decided otherwise here") if changed else _("The Book")


def _evidence(found: Obligation, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The acts that counted, by their own labels."""
    names = dict(
        Event.objects.filter(project_id=found.project_id, pk__in=[s.event_id for s in shown["settled"]]).values_list(
            "pk", "name"
        )
    )
    return [
        {
            "title": _label(names.get(s.event_id, "")),
            "sub": f"{s.by_name or _('the system')}　{words.stamp(s.at)}",
            "url": shown["thing_url"],
        }
        for s in shown["settled"]
    ]  # fmt: skip


def _label(name: str) -> str:
    return str(operations.registry[name].label) if name in operations.registry else name


def _offers(found: Obligation, by: Actor, project: Project) -> list[dict[str, Any]]:
    """Explain and excuse, only for a miss."""
    if not found.is_missed(by.at):
        return []
    back = reverse("obligations:page", args=[project.code, found.pk])

    def url(verb: str) -> str:
        return f"{reverse('acts:do', args=[project.code, 'obligation', found.pk, verb])}?next={back}"

    return [
        {
            "label": offer.operation.label,
            "icon": offer.operation.icon,
            "url": url(offer.operation.verb),
            "locked": " ".join(str(need.sentence) for need in offer.missing),
            "note": offer.note,
        }
        for offer in operations.offers(found, by)
    ]
