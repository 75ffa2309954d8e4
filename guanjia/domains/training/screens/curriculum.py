"""The course as a whole (TRN-01): its parts and modules, what each teaches, when it was last given and is next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.web.doors import staff_page

from .. import operations, queries
from ..models.reach import named
from .frame import tabs

CLAUSE = "standards:clause"
FEW = 3  # clauses shown beside a module; the others are counted


@staff_page
@require_safe
def page(request: Any) -> HttpResponse:
    """Eight parts, fifty modules; a lead plans one from its row."""
    by, project = request.actor, request.project
    taught = queries.taught_modules(project, by)
    may = by.may(operations.plan_course.name, project.pk)
    parts = []
    for key, label in named("course_parts"):
        rows = [_row(one, taught, project, may) for one in book.modules().values() if one.part == key]
        parts.append({"label": label, "rows": rows, "given": sum(bool(row["last"]) for row in rows)})
    context = {
        **tabs(request), "parts": parts, "modules": len(book.modules()),
        "given": sum(part["given"] for part in parts), "leads": queries.reads_all(by, project),
        "new_url": reverse("training:new-plan", args=[project.code]) if may else "",
    }  # fmt: skip
    return render(request, "training/curriculum.html", context)


def _row(one: book.Module, taught: dict[str, dict[str, Any]], project: Any, may: bool) -> dict[str, Any]:
    clauses = one.clauses
    given = f"{reverse('training:courses', args=[project.code])}?module={one.id}"
    return {
        "id": one.id,
        "words": said(one.zh, one.en),
        "clauses": [
            {"id": c.id, "title": said(c.title, c.title_en), "url": reverse(CLAUSE, args=[project.code, c.id])}
            for c in clauses[:FEW]
        ],
        "more": max(0, len(clauses) - FEW),
        "last": "", "people": 0, "mine": False, "next": "", **taught.get(one.id, {}),
        "url": given,
        "plan_url": f"{reverse('training:new-plan', args=[project.code])}?module={one.id}" if may else "",
    }  # fmt: skip
