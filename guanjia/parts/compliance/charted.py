"""The numbers of a clause as charts: its share month by month, and how long its clocks took."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.parts.standards import telling
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project
from guanjia.web import charts, words

from . import durations, queries, shown
from .durations import EIGHTHS, LAST, OPEN

MONTHS = 12


def months(project: Project, rule: Rule, first: date, *, opens: bool) -> dict[str, Any] | None:
    """Twelve months to the chosen one, of the daily sums; None where nothing was ever due."""
    clause, target = rule.clause, queries.target_of(rule)
    tallies = queries.trend(project, [clause], first, MONTHS)[clause.id]
    if not any(tally and tally.counted(False) for tally in tallies):
        return None
    begins = queries.months_to(first, MONTHS)
    points = [
        charts.Point(
            label=pgettext("month of a chart", "%(n)d") % {"n": begin.month},
            name=shown.month_words(begin),
            permille=tally.permille() if tally else None,
            missed=bool(tally and tally.keeps(target) is False),
            url=shown.rows_url(project, clause, shown.month_words(begin), "all") if opens else "",
        )
        for begin, tally in zip(begins, tallies, strict=True)
    ]
    words_of = _("Target %(target)s") % {"target": telling.target(target)} if target else ""
    return charts.line(points, (_("Month"), "%"), target=shown.goal_permille(target), target_label=words_of)


def took(project: Project, rule: Rule, first: date, at: datetime, *, opens: bool) -> dict[str, Any] | None:
    """The clocks that were due this month by what they took of their limit; None for what is no clock."""
    clause = rule.clause
    found = durations.counted(project, clause, first, at)
    if not found["took"]:
        return None
    here = shown.rows_url(project, clause, shown.month_words(first), "")
    last = max([EIGHTHS + 1, *(one for one in found["took"] if one != OPEN)])
    bars = []
    for key in [*range(last + 1), *([OPEN] if OPEN in found["took"] else [])]:
        kept, missed = found["took"].get(key, (0, 0))
        label, name = _edges(key, found["limit"])
        url = f"{here}&took={key}" if opens else ""
        bars.append(charts.Column(
            label, kept, missed, name=name, url=url.replace("which=&", "which=met&"),
            missed_url=url.replace("which=&", "which=missed&"),
        ))  # fmt: skip
    heads = (pgettext("chart", "Took"), pgettext("chart", "In time"), pgettext("chart", "Late"))
    return charts.columns(bars, heads, edges=True, limit=EIGHTHS, limit_label=_limit(found["limit"]))


def _edges(key: Any, limit: int | None) -> tuple[str, str]:
    """What stands under a column, and its span in full. Times where all had the same limit, else shares of it."""
    if key == OPEN:
        return pgettext("chart", "open"), pgettext("chart", "not done yet")
    low, high = _edge(key, limit), _edge(key + 1, limit)
    if key == LAST:
        return "", _("over %(low)s") % {"low": low}
    return (low if key % (EIGHTHS // 2) == 0 else ""), f"{low}–{high}"


def _edge(eighths: int, limit: int | None) -> str:
    if limit is None:
        return f"{eighths * 100 // EIGHTHS}%"
    return words.duration(limit * eighths // EIGHTHS) if eighths else "0"


def _limit(limit: int | None) -> str:
    return _("limit %(time)s") % {"time": words.duration(limit)} if limit is not None else _("limit")
