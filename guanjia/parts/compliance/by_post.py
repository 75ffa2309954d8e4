"""The board by post: how the clauses were kept on which each post acts, as the project decided who acts."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guanjia import book
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards import telling
from guanjia.places.models import Project
from guanjia.web.doors import Request, staff_page

from . import queries, screens, shown
from .queries import Tally


@staff_page
@require_GET
def page(request: Request) -> HttpResponse:
    """Posts under the wings of the house, and the clauses of the chosen post."""
    by, project = request.actor, request.project
    projects = screens.projects_of(by)
    today = standards.today_at(project, by.at)
    first = screens.month_of(request.GET.get("month", ""), today)
    strict = request.GET.get("strict") == "1"
    here = next((p for p in projects if p.code == request.GET.get("at", project.code)), projects[0])
    tallies = queries.month([here], first)[here.pk]
    rows = posts_of(here, tallies, first, today)
    kept = {"month": shown.month_words(first), **({"strict": 1} if strict else {}), "at": here.code}
    asked = request.GET.get("post", "")[:40]
    post = next((one for one in rows if one[0] == asked), rows[0] if rows else ("", "", {}))
    clauses = [book.clause(clause_id) for clause_id in post[2]]
    url = lambda one: f"?{urlencode({**kept, 'post': one})}#clauses"  # noqa: E731  one expression with a name
    lines = screens.lines_of(here, clauses, tallies, first, today, strict=strict)
    context = {
        **screens.tabs(request),
        "heat": shown.posts_heat(rows, url, post[0], strict=strict),
        "at": here.name,
        "post": post[1],
        "lines": lines,
        "missed_count": sum(line["result"] == "missed" for line in lines),
        "months": screens.months({**kept, "post": post[0]}, first, today),
        "month": kept["month"],
        "places": [
            {"label": p.name, "url": f"?{urlencode({**kept, 'at': p.code})}", "current": p.pk == here.pk}
            for p in projects
        ],
        "switch": [
            {"label": _("Exemptions applied"), "url": f"?{urlencode(_plain(kept, post[0], 0))}", "current": not strict},
            {"label": _("Exemptions ignored"), "url": f"?{urlencode(_plain(kept, post[0], 1))}", "current": strict},
        ],
    }
    return render(request, "compliance/by_post.html", context)


def posts_of(
    project: Project, tallies: dict[str, Tally], first: date, today: date
) -> list[tuple[str, str, dict[str, Tally]]]:
    """Each post of the company with the tallies of the clauses on which it acts; the worst kept first."""
    rules = standards.rules_in_force(list(tallies), project, screens.held_on(first, today))
    found: dict[str, dict[str, Tally]] = {}
    for clause_id, tally in tallies.items():
        for role in rules[clause_id].roles:
            if not book.role(role).is_external:
                found.setdefault(role, {})[clause_id] = tally
    rows = [(role, telling.role(role), own) for role, own in found.items()]
    return sorted(rows, key=lambda row: (shown.mean(row[2].values(), False) or 0, row[0]))


def _plain(kept: dict[str, Any], post: str, strict: int) -> dict[str, Any]:
    return {**{k: v for k, v in kept.items() if k != "strict"}, **({"strict": 1} if strict else {}), "post": post}
