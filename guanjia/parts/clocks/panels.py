"""What the page of a clock's clause shows: how often the limit held this month, and every breach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import registry
from guanjia.parts.standards import telling
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project
from guanjia.web import words

from . import queries, rules, screens

MOST = 50


def clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Figures of the month, the breaches."""
    start = month_start(project, at)
    figures = queries.kept(project.pk, [rule.clause.id], start, at + timedelta(days=366), at).get(rule.clause.id)
    late = list(
        queries.breaches(project.pk, rule.clause.id, start, at + timedelta(days=366), at).select_related("project")[
            :MOST
        ]
    )
    if figures is None and not late:
        return {"figures": None, "breaches": [], "median": "", "flows": flows(rule)}
    median = queries.median_seconds(project.pk, rule.clause.id, start, at)
    return {
        "figures": rates(figures or {"met": 0, "missed": 0, "exempted": 0, "due": 0}),
        "breaches": _breaches(late, by, at),
        "median": words.duration(median) if median is not None else "",
        "flows": flows(rule),
    }


def flows(rule: Rule) -> list[dict[str, Any]]:
    """What starts, pauses and stops the clocks of the clause, by the labels of the acts."""
    own = [one for one in rules.registry.values() if one.clause == rule.clause.id]
    return [
        {
            "starts": _labels(one.starts),
            "value": telling.value(rule),
            "stops": _labels(one.stops),
            "pauses": _labels(one.pauses),
        }
        for one in own
    ]


def _labels(events: Iterable[str]) -> str:
    known = (registry[name].label if name in registry else name for name in sorted(events))
    return "、".join(str(label) for label in known)


def rates(row: dict[str, int]) -> dict[str, Any]:
    """Shares in tenths of a percent as text, both ways: with exempted breaches taken out, and as it was."""
    counted = row["due"] - row["exempted"]
    return {**row, "rate": percent(row["met"], counted), "strict": percent(row["met"], row["due"])}


def percent(part: int, whole: int) -> str:
    """96.8 from whole numbers, never through a float; a dash where nothing was due."""
    if whole <= 0:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def month_start(project: Project, at: datetime, back: int = 0) -> datetime:
    """00:00 of the first of the month at the project, so many months back."""
    local = at.astimezone(ZoneInfo(project.zone))
    months = local.year * 12 + local.month - 1 - back
    first = local.replace(year=months // 12, month=months % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(UTC)


def _breaches(late: list[Any], by: Actor, at: datetime) -> list[dict[str, Any]]:
    shown = []
    for one, row in zip(late, screens.rows(late, by, at), strict=True):
        why = {"cause": one.get_cause_display() if one.cause else "", "reason": one.breach_reason}
        shown.append({**row, **why, "started_at": one.started_at, "exempted": one.exempted_at is not None})
    return shown
