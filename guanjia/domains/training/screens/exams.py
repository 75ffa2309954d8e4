"""Exams, who sits them, one paper, its result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.places.models import Project
from guanjia.web import sheets
from guanjia.web.doors import answer, go, staff_page
from guanjia.web.registers import Column, Filter, Register, grow, minor, only
from guanjia.web.things import ThingPages, bar_of

from .. import operations, queries
from ..models import Exam, Result, Sitting
from ..models.reach import named
from .frame import tabs


def sitting_address(sitting: Sitting, project: Project | None = None) -> str:
    return reverse("training:sitting", args=[(project or sitting.project).code, sitting.pk])


def result_address(result: Result, project: Project | None = None) -> str:
    return reverse("training:sitting", args=[(project or result.project).code, result.sitting_id])


locate("exam_sitting", sitting_address)
locate("exam_result", result_address)


def sitters(exam: Exam, by: Actor) -> Iterator[dict[str, Any]]:
    """Who sits it, as far as the reader may know."""
    rows = []
    for one in queries.sittings_of(exam, by):
        found = next(iter(one.results.all()), None)
        rows.append({"one": one, "url": sitting_address(one, exam.project), "result": found})
    yield {"template": "training/sitters.html", "rows": rows}


pages = ThingPages(
    Exam, "training", create=operations.hold_exam, names=("exams", "new-exam", "exam"), title=_("Exams"),
    said=_("Called. Each finds it on Today."),
    facts=("size", "pass_mark", "minutes", "until_at", "holder", "held_at"), panels=sitters,
)  # fmt: skip
exams = Register(
    "exams", pages=pages, unit=_("exams"), rows=queries.exams,
    columns=(
        Column(_("Exam"), str, "grow"), "until_at", Column(pgettext_lazy("training", "Called"), "people", "num"),
        Column(pgettext_lazy("training", "Sat"), "sat", "num"), minor("pass_mark"), minor("holder"),
    ),
    filters=(Filter("subject", choices=lambda p: named("exam_subjects"), field="exam_subject"),),
    frame=tabs,
    empty=_("An exam is held for named people; its questions come from the Book as it holds here."),
)  # fmt: skip
results = Register(
    "results", of=Result, title=_("Exam results"), unit=_("results"), rows=queries.results,
    columns=(
        "employee", grow("sitting.exam"), "score",
        Column(_("Passed"), lambda row: _now("Passed") if row.passed else _now("Not passed"), "tag"), "marked_at",
        minor("sitting.confirmed_by"),
    ),
    filters=(
        Filter("subject", choices=lambda p: named("exam_subjects"), field="exam_subject"),
        only("passed", _("Passed"), Q(passed=False), label=_("Not passed"), value="no"),
    ),
    page=result_address, frame=tabs, empty=_("Every paper that was handed in stands here, and stays as it is."),
)  # fmt: skip


def _one(request: Any, pk: int) -> Sitting:
    found = queries.sittings(request.project, request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@staff_page
@require_safe
def sitting(request: Any, pk: int) -> HttpResponse:
    """Before: what it is and how to begin. After: the score, and each wrong answer with its clause."""
    by, project, one = request.actor, request.project, _one(request, pk)
    result = queries.result_of(one)
    begins = operations.begin.offer(one, by)
    context = {
        "one": one,
        "result": result,
        "answers": list(_answers(one, result, project)) if result else [],
        "begin_url": reverse("acts:do", args=[project.code, "exam_sitting", one.pk, "begin"]) if begins else "",
        "sit_url": reverse("training:sit", args=[project.code, one.pk]) if _is_sat_by(one, by) else "",
        "is_over": by.at > (one.ends_at or one.exam.until_at),
        "offers": [o for o in bar_of(one, by, project) if o["label"] != operations.begin.label],
        "sheets": sheets.offered(one, by),
        "list_url": reverse("training:exams", args=[project.code]),
    }  # fmt: skip
    context["offers"] = [o for o in context["offers"] if o["label"] != operations.hand_in.label]
    return render(request, "training/sitting.html", context)


def _is_sat_by(one: Sitting, by: Actor) -> bool:
    return one.state == Sitting.State.SITTING and one.employee_id == by.id


def _answers(one: Sitting, result: Result, project: Project) -> Iterator[dict[str, Any]]:
    """Each question with what was said and what is right."""
    for asked, key, chosen in zip(one.paper, one.answer_key, result.chosen, strict=True):
        yield {
            "ask": asked["ask"],
            "clause": asked["clause"],
            "clause_url": reverse("standards:clause", args=[project.code, asked["clause"]]),
            "said": asked["answers"][chosen] if chosen is not None else "",
            "right": asked["answers"][key["right"]],
            "is_right": chosen == key["right"],
            "why": key["why"],
        }


@staff_page
@require_http_methods(["GET", "POST"])
def sit(request: Any, pk: int) -> HttpResponse:
    """The paper, on the phone or at the desk; it sends itself when the time is over."""
    by, project, one = request.actor, request.project, _one(request, pk)
    if not _is_sat_by(one, by):
        return go(request, sitting_address(one, project))
    context = {"one": one, "back_url": sitting_address(one, project), "title": str(one.exam)}
    if request.method == "POST":
        return answer(
            request, operations.hand_in, one, success_url=sitting_address(one, project),
            template="training/sit.html", context=context, said=_now("Handed in and marked."),
        )  # fmt: skip
    return render(request, "training/sit.html", {**context, "form": operations.hand_in.new_form(one, by)})
