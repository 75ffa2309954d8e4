"""The board in words and shades: a cell of the heat map, a line of a clause, a row behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia import book
from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.standards import telling
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project
from guanjia.web import words

from . import wings
from .queries import Tally, target_of

SHADES = ((1000, 0), (950, 1), (900, 2), (800, 3), (0, 4))


def shade(permille: int | None) -> str:
    """The class of a heat cell."""
    if permille is None:
        return "none"
    return str(next(number for floor, number in SHADES if permille >= floor))


def mean(tallies: Iterable[Tally], strict: bool) -> int | None:
    """Clauses weigh the same, whether two cases were due or two thousand; none above full."""
    found = [min(1000, one) for tally in tallies if (one := tally.permille(strict)) is not None]
    return sum(found) // len(found) if found else None


def cell(permille: int | None, title: str, url: str, chosen: bool) -> dict[str, Any]:
    percent = "" if permille is None else permille // 10
    spoken = (
        _("%(what)s: %(n)s %%") % {"what": title, "n": percent}
        if permille is not None
        else _("%(what)s: no data") % {"what": title}
    )
    return {"n": percent, "shade": shade(permille), "url": url, "words": spoken, "chosen": chosen}


def heat(
    projects: list[Project],
    tallies: dict[int, dict[str, Tally]],
    url: Any,
    chosen: tuple[int, str],
    *,
    strict: bool,
    by_wing: bool,
) -> dict[str, Any]:
    """Rows of projects under columns of chapters (or of wings)."""
    groups = wings.columns()
    head = [
        {
            "title": str(title),
            "span": 1 if by_wing else len(areas),
            "areas": [] if by_wing else [_area(a) for a in areas],
        }
        for _key, title, areas in groups
    ]
    lines = []
    for project in projects:
        own, cells = tallies[project.pk], []
        for key, title, areas in groups:
            for part in [areas] if by_wing else [[area] for area in areas]:
                ids = {area.id for area in part}
                found = mean((t for c, t in own.items() if c.rpartition("-")[0] in ids), strict)
                name = f"{project.name} {title if by_wing else said(part[0].zh, part[0].id)}"
                mark = key if by_wing else part[0].id
                one = cell(found, name, url(project, mark), chosen == (project.pk, mark))
                cells.append(one | {"first": part[0].id == areas[0].id})
        whole = mean(own.values(), strict)
        lines.append(
            {"name": project.name, "cells": cells, "whole": "—" if whole is None else f"{whole // 10}.{whole % 10}"}
        )
    return {"head": head, "rows": lines, "by_wing": by_wing, "title": _("Projects by chapters")}


def posts_heat(
    posts: list[tuple[str, str, dict[str, Tally]]], url: Any, chosen: str, *, strict: bool
) -> dict[str, Any]:
    """Rows of posts (id, name, the tallies of what they act on) under columns of wings."""
    groups = wings.columns()
    lines = []
    for post, name, own in posts:
        cells = []
        for _key, title, areas in groups:
            ids = {area.id for area in areas}
            found = mean((t for c, t in own.items() if c.rpartition("-")[0] in ids), strict)
            cells.append(cell(found, f"{name} {title}", url(post), False))
        whole = mean(own.values(), strict)
        spoken = "—" if whole is None else f"{whole // 10}.{whole % 10}"
        lines.append({"name": name, "url": url(post), "chosen": post == chosen, "cells": cells, "whole": spoken})
    head = [{"title": str(title), "span": 1, "areas": []} for _key, title, _areas in groups]
    return {"head": head, "rows": lines, "by_wing": True, "title": _("Posts by wings")}


def _area(area: book.Area) -> dict[str, str]:
    return {"id": area.id, "title": said(area.zh, area.id)}


def line(
    project: Project, rule: Rule, tally: Tally | None, points: list[Tally | None], month: str, *, strict: bool
) -> dict[str, Any]:
    """One clause: target, value, trend, breaches."""
    clause, target = rule.clause, target_of(rule)
    keeps = tally.keeps(target, strict) if tally else None
    shares = [one.permille(strict) for one in points if one is not None]
    result = {True: "kept", False: "missed", None: "none"}[keeps]
    goal = telling.target(target) if target else ""
    return {
        "id": clause.id,
        "title": telling.title(clause),
        "kind": telling.kind(clause),
        "rule": telling.value(rule),
        "value": tally.share(strict) if tally and tally.counted(strict) else "",
        "target": goal,
        "result": result,
        "result_words": {"kept": _("Kept"), "missed": _("Not kept"), "none": _("No data")}[result],
        "points": [one // 10 for one in shares if one is not None],
        "goal": _goal(target),
        "missed": tally.missed if tally else 0,
        "exempted": tally.exempted if tally else 0,
        "due": tally.due if tally else 0,
        "url": f"{reverse('standards:clause', args=[project.code, clause.id])}",
        "missed_url": rows_url(project, clause, month, "missed"),
        "exempted_url": rows_url(project, clause, month, "exempted"),
        "due_url": rows_url(project, clause, month, "all"),
    }


def goal_permille(target: str) -> int | None:
    """The number of a target that asks for at least so much."""
    goal = _goal(target)
    return goal * 10 if goal is not None and target.startswith((">", "=")) else None


def _goal(target: str) -> int | None:
    digits = target.lstrip("<>=").replace(".", "")
    return int(digits.ljust(3, "0")[:3]) if digits.isdigit() and "." in target else None


def rows_url(project: Project, clause: book.Clause, month: str, which: str) -> str:
    return f"{reverse('compliance:rows', args=[project.code, clause.id])}?month={month}&which={which}"


def evidence(rows: list[Any], by: Actor) -> list[dict[str, Any]]:
    """The rows behind a number, each with what it is about; what may not be seen stays without a name."""
    pairs = [pair for row in rows if (pair := _about(row))]
    things = subjects.named(pairs, by)
    return [_row(row, things, by.at) for row in rows]


def _about(row: Any) -> tuple[str, int] | None:
    if hasattr(row, "subject_label"):
        return (row.subject_label, row.subject_id)
    return (subjects.label_of(row), row.pk)


def _row(row: Any, things: dict[tuple[str, int], Any], at: datetime) -> dict[str, Any]:
    pair = _about(row)
    thing = things.get(pair) if pair else None
    label = subjects.label_of(row)
    title = _named(thing)
    state = str(row.get_state_display()) if hasattr(row, "get_state_display") else ""
    moment = (
        getattr(row, "due_at", None)
        or getattr(row, "inspected_at", None)
        or getattr(row, "ended_at", None)
        or getattr(row, "closed_at", None)
    )
    reason = "　".join(
        part
        for part in (
            getattr(row, "breach_reason", "") or getattr(row, "reason", "") or getattr(row, "note", ""),
            getattr(row, "corrective", ""),
        )
        if part
    )
    return {
        "title": title,
        "url": _url(row, label, thing),
        "state": _("Missed") if label == "obligation" and row.is_missed(at) else state,
        "is_exempted": bool(getattr(row, "exempted_at", None) or getattr(row, "excused_at", None)),
        "reason": reason if thing is not None else "",
        "at": words.stamp(moment) if moment else "",
    }


def _url(row: Any, label: str, thing: Any) -> str:
    if label == "clock":
        return reverse("clocks:clock", args=[row.project.code, row.pk])
    if label == "obligation":
        return reverse("obligations:page", args=[row.project.code, row.pk])
    return subjects.address_of(thing) if thing is not None else ""


def _named(thing: Any) -> str:
    if thing is None:
        return _("Not open to your post")
    place, title = getattr(thing, "place", ""), getattr(thing, "title", "")
    return f"{place}　{title}".strip("　") if title else str(thing)


def month_words(first: date) -> str:
    return f"{first.year}-{first.month:02d}"
