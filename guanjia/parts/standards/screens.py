"""The Book as pages: chapters, a chapter's clauses, one clause with what holds today, what executes it and
who changed it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.kernel.operations import outlook
from guanjia.kernel.outcomes import Forbidden
from guanjia.web.doors import Request, answer, staff_page

from . import operations, panels, queries, shown, telling, trace
from .forms import LISTS
from .models import CalendarDay


@staff_page
@require_GET
def home(request: Request) -> HttpResponse:
    """The chapters, or what a search in titles and rules finds."""
    by, project = request.actor, request.project
    q = request.GET.get("q", "").strip()[:40]
    on = queries.today_at(project, by.at)
    found = [c for c in book.clauses() if q and _matches(c, q)]
    rules = queries.rules_in_force([c.id for c in found], project, on) if found else {}
    executed = trace.executed()
    chapters = [
        {
            **chapter,
            "title": said(chapter["zh"], chapter["id"]),
            "url": reverse("standards:chapter", args=[project.code, chapter["id"]]),
            "executed": sum(c.id in executed for c in book.area(chapter["id"])),
        }
        for chapter in queries.chapters(project, on)
    ]
    half = (len(chapters) + 1) // 2
    context = {
        "halves": [chapters[:half], chapters[half:]],
        "undecided": len(queries.undecided(project)),
        "q": q,
        "found": [shown.row(project, c, rules[c.id], executed) for c in found[:100]],
    }
    return render(request, "standards/home.html", context)


@staff_page
@require_GET
def chapter(request: Request, area: str) -> HttpResponse:
    """The clauses of one chapter with the value that holds today."""
    by, project = request.actor, request.project
    try:
        clauses = book.area(area)
    except book.UnknownEntry:
        raise Http404 from None
    rules = queries.rules_in_force([c.id for c in clauses], project, queries.today_at(project, by.at))
    name = next(a.zh for a in book.areas() if a.id == area)
    executed = trace.executed()
    rows = [shown.row(project, c, rules[c.id], executed) for c in clauses]
    context = {"rows": rows, "title": said(name, area), "home_url": reverse("standards:home", args=[project.code])}
    return render(request, "standards/chapter.html", context)


@staff_page
@require_GET
def clause(request: Request, clause_id: str) -> HttpResponse:
    """One clause: the rule, what executes it, today's value, who changed what and when."""
    by, project = request.actor, request.project
    entry = _entry(clause_id)
    at = by.at
    rule = queries.rule_in_force(entry.id, project, queries.today_at(project, at))
    found = next(line for line in trace.bound() if line.id == entry.id)
    context = {
        "clause": entry,
        "title": telling.title(entry),
        "kind": telling.kind(entry),
        "rule": said(rule.words),
        "value": telling.value(rule),
        "steps": [said(str(step)) for step in entry.get("steps", ())],
        "edition": rule.edition,
        "facts": shown.facts(entry, rule),
        "executed": [telling.binding(one) for one in found.bound_by],
        "touched": [telling.binding(one) for one in found.touched_by],
        "tests": len(trace.proofs().get(entry.id, ())),
        "editions": shown.editions(entry.id, project, by, at),
        "panel": panels.of(project, rule, by, at),
        "below": panels.all_below(project, rule, by, at),
        "beside": panels.all_beside(project, rule, by, at),
        "evidence": shown.evidence(project, found.evidence),
        "papers": shown.papers(project, entry),
        "keep_url": shown.keep_url(by, project, entry),
        "related": shown.related(project, entry),
        "chapter_url": reverse("standards:chapter", args=[project.code, entry.area]),
        "chapter_title": said(next(a.zh for a in book.areas() if a.id == entry.area), entry.area),
        "change_url": shown.change_url(by, project, entry),
    }
    return render(request, "standards/clause.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def change(request: Request, clause_id: str) -> HttpResponse:
    """Decide otherwise, from tomorrow, with a reason."""
    by, project = request.actor, request.project
    entry = _entry(clause_id)
    if not by.may(operations.change_limit.name, project.pk):
        raise Forbidden(operations.change_limit.name)
    back = reverse("standards:clause", args=[project.code, entry.id])
    today = queries.today_at(project, by.at)
    rule = queries.rule_in_force(entry.id, project, today)
    context = {
        "clause": entry,
        "title": telling.title(entry),
        "value": telling.value(rule),
        "rule": said(entry.rule),
        "back_url": back,
        "form": operations.change_limit.new_form(project, by, initial=_as_it_is(rule, today)),
        "note": outlook(operations.change_limit, project, by).note,
    }
    if request.method == "POST":
        return answer(
            request, operations.change_limit, project, success_url=back, template="standards/change.html",
            context=context, said=_("Decided. It holds from the day you chose."),
        )  # fmt: skip
    return render(request, "standards/change.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def days(request: Request) -> HttpResponse:
    """Days opened or closed against the published holidays."""
    by, project = request.actor, request.project
    may = by.may(operations.decide_day.name, project.pk)
    today = queries.today_at(project, by.at)
    here = reverse("standards:days", args=[project.code])
    context: dict[str, Any] = {
        "days": CalendarDay.objects.filter(project=project, replaced_at__isnull=True, day__gte=today).order_by("day")[
            :100
        ],
        "assumed": queries.assumed_years(today),
        "form": operations.decide_day.new_form(project, by) if may else None,
        "home_url": reverse("standards:home", args=[project.code]),
    }
    if request.method == "POST":
        return answer(
            request, operations.decide_day, project, success_url=here, template="standards/days.html",
            context=context,
            said=_("Noted. Clocks that start from now on count it."),
        )  # fmt: skip
    return render(request, "standards/days.html", context)


def _as_it_is(rule: queries.Rule, today: date) -> dict[str, Any]:
    """What the form starts from: what holds today, so that choosing nothing changes nothing."""
    return {
        "clause": rule.clause.id,
        "unit": "hours",
        "calendar": rule.get("calendar"),
        "by_posts": rule.get("by"),
        "acting": list(rule.roles),
        **{name: rule.get(name) for name in LISTS},
        "is_on": "on" if rule.is_on else "off",
        "effective_from": today + timedelta(days=1),
    }


def _entry(clause_id: str) -> book.Clause:
    if not book.is_clause(clause_id):
        raise Http404
    return book.clause(clause_id)


def _matches(entry: book.Clause, q: str) -> bool:
    text = _text_of(entry)
    return all(word in text for word in q.lower().split())


@cache
def _text_of(entry: book.Clause) -> str:
    """Everything of a clause that people look for: its words, steps, phrases, notes, papers, posts and chapter."""
    more = [*map(str, entry.get("steps", ())), *map(str, entry.get("phrases", ())), *map(str, entry.get("fields", ()))]
    names = [book.form(one).name for one in entry.forms] + [book.role(one).zh for one in entry.roles]
    chapter = next(a.zh for a in book.areas() if a.id == entry.area)
    own = [entry.id, entry.title, entry.title_en, entry.rule, entry.note, chapter, book.home(entry.system).zh]
    return " ".join([*own, *more, *names, *entry.source]).lower()
