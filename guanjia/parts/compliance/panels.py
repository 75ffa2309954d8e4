"""On the page of a clause: this month at each project the reader answers for, twelve months, how long it took."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards import telling
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project

from . import charted, queries, shown

WIDTH = 120


def drawn(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Twelve months of the share, and of a clock how long it took this month; rows open to who reads the sums."""
    today = standards.today_at(project, at)
    first = today.replace(day=1)
    opens = project in queries.projects_for(by)
    rates = charted.months(project, rule, first, opens=opens)
    took = charted.took(project, rule, first, at, opens=opens)
    if rates is None and took is None:
        return None
    return {"rates": rates, "took": took, "month": shown.month_words(first)}


def clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    """A bar for each project; nothing where nothing measures the clause, or for who reads no sums."""
    projects = queries.projects_for(by)
    first = standards.today_at(project, at).replace(day=1)
    if project not in projects or queries.evidence(project, rule.clause, first, "all", at) is None:
        return None
    tallies = queries.month(projects, first)
    target = queries.target_of(rule)
    return {
        "target": telling.target(target) if target else "",
        "rows": [_bar(one, tallies[one.pk].get(rule.clause.id), rule) for one in projects],
        "line": shown.line(
            project, rule, tallies[project.pk].get(rule.clause.id), [], shown.month_words(first), strict=False
        ),
        "month": shown.month_words(first),
        "width": WIDTH,
    }


def _bar(project: Project, tally: Any, rule: Rule) -> dict[str, Any]:
    found = tally.permille() if tally else None
    return {
        "name": project.name,
        "share": tally.share() if tally and found is not None else "",
        "width": 0 if found is None else min(WIDTH, found * WIDTH // 1000),
        "missed": bool(tally and tally.keeps(queries.target_of(rule)) is False),
    }
