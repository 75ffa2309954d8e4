"""The board, a chapter clause by clause, the rows behind a number, and the workbook."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.kernel.outcomes import Forbidden
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards import telling
from guanjia.places.models import Project
from guanjia.web.doors import Request, staff_page
from guanjia.web.export import workbook
from guanjia.web.tabs import Tab, Tabs

from . import durations, operations, queries, shown, wings

SIZE = 50
WHICH = ("all", "met", "missed", "exempted")


tabs = Tabs(Tab("compliance:board", gettext_lazy("By project")), Tab("compliance:by-post", gettext_lazy("By post")))


@staff_page
@require_GET
def board(request: Request) -> HttpResponse:
    """Projects by chapters, and the clauses of the chosen cell."""
    by, project = request.actor, request.project
    projects = projects_of(by)
    today = standards.today_at(project, by.at)
    first = month_of(request.GET.get("month", ""), today)
    strict, by_wing = request.GET.get("strict") == "1", request.GET.get("by") == "wing"
    kept = {
        "month": shown.month_words(first),
        **({"strict": 1} if strict else {}),
        **({"by": "wing"} if by_wing else {}),
    }
    tallies = queries.month(projects, first)
    here = next((p for p in projects if p.code == request.GET.get("at", project.code)), projects[0])
    area = _part(request.GET.get("area", ""), tallies[here.pk], by_wing)
    url = lambda p, mark: f"?{urlencode({**kept, 'at': p.code, 'area': mark})}#clauses"  # noqa: E731
    only = request.GET.get("only") == "missed"
    clauses = [c for c in book.clauses() if c.area in _areas(area, by_wing)]
    lines = lines_of(here, clauses, tallies[here.pk], first, today, strict=strict)
    context = {
        **tabs(request),
        "heat": shown.heat(projects, tallies, url, (here.pk, area), strict=strict, by_wing=by_wing),
        "figures": _figures(here, tallies[here.pk], first, today, strict),
        "at": here.name,
        "area": _title(area, by_wing),
        "lines": [line for line in lines if not only or line["result"] == "missed"],
        "missed_count": sum(line["result"] == "missed" for line in lines),
        "only_url": f"{url(here, area).removesuffix('#clauses')}{'' if only else '&only=missed'}#clauses",
        "only": only,
        "switches": _switches(kept, strict, by_wing),
        "months": months(kept, first, today),
        "month": shown.month_words(first),
        "export_url": reverse("compliance:export", args=[here.code])
        if here.pk in by.posts and by.may(operations.export.name, here.pk)
        else "",
        "legend": [("100", 0), ("95–99", 1), ("90–94", 2), ("80–89", 3), (_("under 80"), 4)],
    }
    return render(request, "compliance/board.html", context)


@staff_page
@require_GET
def rows(request: Request, clause_id: str) -> HttpResponse:
    """What a number counts: all, those kept, missed, exempted; of clocks those that took so much of their limit."""
    by, project = request.actor, request.project
    if not book.is_clause(clause_id) or project not in projects_of(by):
        raise Http404
    clause = book.clause(clause_id)
    today = standards.today_at(project, by.at)
    first = month_of(request.GET.get("month", ""), today)
    which = request.GET.get("which", "all")
    which = which if which in WHICH else "all"
    found = queries.evidence(project, clause, first, which, by.at)
    if found is None:
        raise Http404
    took = request.GET.get("took", "")[:4] if clause.kind == "clock" else ""
    found = durations.narrowed(found, took) if took else found
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    page = list(found.select_related("project").order_by("-pk")[: SIZE + 1])
    here = reverse("compliance:rows", args=[project.code, clause.id])
    kept = {"month": shown.month_words(first), **({"took": took} if took else {})}
    board = reverse("compliance:board", args=[project.code])
    context = {
        "clause": clause,
        "title": telling.title(clause),
        "rows": shown.evidence(page[:SIZE], by),
        "views": [
            {"label": label, "url": f"{here}?{urlencode({**kept, 'which': name})}", "current": name == which}
            for name, label in zip(WHICH, (_("All counted"), _("Kept"), _("Missed"), _("Exempted")), strict=True)
        ],
        "next_url": f"{here}?{urlencode({**kept, 'which': which, 'after': page[SIZE - 1].pk})}"
        if len(page) > SIZE
        else "",
        "month": shown.month_words(first),
        "back_url": f"{board}?{urlencode({'month': kept['month'], 'area': clause.area})}#clauses",
        "clause_url": reverse("standards:clause", args=[project.code, clause.id]),
    }
    return render(request, "compliance/rows.html", context)


@staff_page
@require_POST
def export(request: Request) -> HttpResponse:
    """Every clause of a month with its rates both ways, as a workbook."""
    by, project = request.actor, request.project
    if project not in projects_of(by):
        raise Forbidden(operations.export.name)
    today = standards.today_at(project, by.at)
    first = month_of(request.POST.get("month", ""), today)
    tallies = queries.month([project], first)[project.pk]
    clauses = [c for c in book.clauses() if c.id in tallies]
    key = request.POST.get("idempotency_key", "")[:80] or None
    operations.export(project, by=by, key=key, month=shown.month_words(first), rows=len(clauses))
    head = (
        _("Clause"),
        _("Name"),
        _("Kind"),
        _("Rule"),
        _("Target"),
        _("Kept"),
        _("Due"),
        _("Exempted"),
        _("Rate %"),
        _("Rate, exemptions ignored %"),
        _("Result"),
    )
    lines = lines_of(project, clauses, tallies, first, today, strict=False, trend=False)
    body = [
        (
            line["id"], line["title"], line["kind"]["word"], line["rule"], line["target"], tallies[line["id"]].met,
            line["due"], line["exempted"], tallies[line["id"]].share(), tallies[line["id"]].share(True),
            line["result_words"],
        )
        for line in lines
    ]  # fmt: skip
    at = timezone.localtime(by.at)
    note = _("%(who)s, %(at)s, %(n)d rows") % {"who": by.name, "at": f"{at:%Y-%m-%d %H:%M}", "n": len(body)}
    return workbook(
        f"{project.code}-compliance-{shown.month_words(first)}.xlsx", _("Compliance"), head, body, note=note
    )


def projects_of(by: Any) -> list[Project]:
    found = queries.projects_for(by)
    if not found:
        raise Http404
    return found


def month_of(text: str, today: date) -> date:
    """The month asked for, not in the future and within ten years."""
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text[:7])
    first = date(int(match.group(1)), int(match.group(2)), 1) if match else today.replace(day=1)
    return first if today.year - 10 <= first.year and first <= today else today.replace(day=1)


def held_on(first: date, today: date) -> date:
    """The day whose rules a month is judged by: its last, or today."""
    return min(queries.month_of(first)[1] - timedelta(days=1), today)


def _part(text: str, tallies: dict[str, queries.Tally], by_wing: bool) -> str:
    """The chapter (or wing) asked for; otherwise the first that has something to show."""
    known = [key for key, _t, _a in wings.columns()] if by_wing else [a.id for a in book.areas()]
    if text in known:
        return text
    found = next((c for c in ("RPR", *sorted(c.rpartition("-")[0] for c in tallies)) if c in known), known[0])
    return str(found)


def _areas(part: str, by_wing: bool) -> set[str]:
    if not by_wing:
        return {part}
    return next({a.id for a in areas} for key, _t, areas in wings.columns() if key == part)


def _title(part: str, by_wing: bool) -> str:
    if by_wing:
        return str(next(title for key, title, _a in wings.columns() if key == part))
    return said(next(a.zh for a in book.areas() if a.id == part), part)


def lines_of(
    project: Project, clauses: list[book.Clause], tallies: dict[str, queries.Tally], first: date, today: date,
    *, strict: bool, trend: bool = True,
) -> list[dict[str, Any]]:  # fmt: skip
    """The clauses with the rules that held at the end of the month; those not kept first."""
    rules = standards.rules_in_force([c.id for c in clauses], project, held_on(first, today))
    points = queries.trend(project, clauses, first) if trend else {}
    lines = [
        shown.line(
            project, rules[c.id], tallies.get(c.id), points.get(c.id, []), shown.month_words(first), strict=strict
        )
        for c in clauses
    ]  # fmt: skip
    order = {"missed": 0, "kept": 1, "none": 2}
    return sorted(lines, key=lambda line: order[line["result"]])


def _figures(
    project: Project, tallies: dict[str, queries.Tally], first: date, today: date, strict: bool
) -> dict[str, Any]:
    """The row on top: how many clauses are on record, kept, not kept, without data; what was exempted."""
    rules = standards.rules_in_force(list(tallies), project, held_on(first, today))
    kept = [tally.keeps(queries.target_of(rules[c]), strict) for c, tally in tallies.items()]
    counts = [c.kind == "count" for c in map(book.clause, tallies)]
    owed = sum(t.missed - t.exempted for (c, t), is_count in zip(tallies.items(), counts, strict=True) if is_count)
    measured = sum(one is not None for one in kept)
    return {
        "clauses": len(book.clauses()),
        "kept": sum(one is True for one in kept),
        "share": queries.percent(sum(one is True for one in kept), measured),
        "missed": sum(one is False for one in kept),
        "owed": owed,
        "none": len(book.clauses()) - measured,
        "exempted": sum(t.exempted for t in tallies.values()),
    }


def _switches(kept: dict[str, Any], strict: bool, by_wing: bool) -> dict[str, list[dict[str, Any]]]:
    def url(**more: Any) -> str:
        return f"?{urlencode({name: value for name, value in {**kept, **more}.items() if value})}"

    return {
        "strict": [
            {"label": _("Exemptions applied"), "url": url(strict=""), "current": not strict},
            {"label": _("Exemptions ignored"), "url": url(strict=1), "current": strict},
        ],
        "by": [
            {"label": _("By chapter"), "url": url(by=""), "current": not by_wing},
            {"label": _("By wing"), "url": url(by="wing"), "current": by_wing},
        ],
    }


def months(kept: dict[str, Any], first: date, today: date) -> list[dict[str, Any]]:
    """Twelve months to choose from, the newest first."""
    found, month = [], today.replace(day=1)
    for _number in range(12):
        url = f"?{urlencode({**kept, 'month': shown.month_words(month)})}"
        found.append({"label": shown.month_words(month), "url": url, "current": month == first})
        month = (month - timedelta(days=1)).replace(day=1)
    return found
