"""The bank by subject and level, to learn from; the company's own questions, and those to look at again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guanjia.web.doors import staff_page
from guanjia.web.registers import Register, grow, minor, tag
from guanjia.web.things import ThingPages

from .. import bank, operations, queries
from ..models import Question
from ..models.reach import named
from .frame import tabs

PAGE = 25

pages = ThingPages(
    Question, "training", create=operations.write_question, names=("questions", "new-question", "question"),
    title=_("Own questions"), said=_("In the bank."),
    facts=("clause_id", "exam_subject", "level", "right", "author", "written_at"),
)  # fmt: skip
questions = Register(
    "questions", pages=pages, unit=_("questions"),
    columns=(grow("ask"), tag("clause_id"), "exam_subject", minor("level"), "state"),
    filters=("state",),
    frame=tabs.under("training:bank"),
    empty=_("Questions that the Book does not ask by itself: English, law, what is special here."),
)  # fmt: skip


@staff_page
@require_safe
def page(request: Any) -> HttpResponse:
    """What is asked here today. The right answer stands beside: the bank is for learning too."""
    by, project = request.actor, request.project
    found = queries.bank_of(project, by.at)
    subjects, levels = dict(named("exam_subjects")), dict(named("exam_levels"))
    subject, level = request.GET.get("subject", ""), request.GET.get("level", "")
    subject, level = subject if subject in subjects else "", level if level in levels else ""
    counts = {key: sum(one.subject == key for one in found) for key in subjects}
    chosen = [o for o in found if (not subject or o.subject == subject) and (not level or o.level == level)]
    start = _start(request.GET.get("from", ""), len(chosen))
    may_write = by.may(operations.write_question.name, project.pk)
    context = {
        **tabs(request),
        "rows": [_row(one, project, levels) for one in chosen[start : start + PAGE]],
        "count": len(chosen),
        "first": start + 1 if chosen else 0,
        "last": min(start + PAGE, len(chosen)),
        "subjects": [_link(_now("All subjects"), len(found), "", level, subject)]
        + [_link(words, counts[key], key, level, subject) for key, words in subjects.items()],
        "levels": [_link(_now("All levels"), 0, subject, "", level, by_level=True)]
        + [_link(words, 0, subject, key, level, by_level=True) for key, words in levels.items()],
        "next_url": _url(subject, level, start + PAGE) if start + PAGE < len(chosen) else "",
        "prev_url": _url(subject, level, max(0, start - PAGE)) if start else "",
        "own_url": reverse("training:questions", args=[project.code]),
        "new_url": reverse("training:new-question", args=[project.code]) if may_write else "",
        "to_renew": [
            {"one": one, "url": pages.address(one, project)} for one in queries.to_renew(project, by.at)
        ] if may_write else [],
    }  # fmt: skip
    return render(request, "training/bank.html", context)


def _row(one: bank.Asked, project: Any, levels: dict[str, Any]) -> dict[str, Any]:
    turned = bank.in_order(one.answers, one.id)
    return {
        "ask": one.ask,
        "clause": one.clause,
        "clause_url": reverse("standards:clause", args=[project.code, one.clause]),
        "level": levels[one.level],
        "answers": [{"letter": "ABCDEF"[n], "words": w, "is_right": w == one.right} for n, w in enumerate(turned)],
    }


def _start(text: str, most: int) -> int:
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return start if start < most else 0


def _link(label: Any, count: int, subject: str, level: str, now: str, *, by_level: bool = False) -> dict[str, Any]:
    current = (level if by_level else subject) == now
    return {"label": f"{label}　{count}" if count else label, "url": _url(subject, level, 0), "current": current}


def _url(subject: str, level: str, start: int) -> str:
    asked = {name: value for name, value in (("subject", subject), ("level", level), ("from", start)) if value}
    return f"?{urlencode(asked)}"
