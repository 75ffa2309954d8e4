"""What waits for me, what I passed; for leads what waits for their name."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guanjia.web.doors import staff_page

from .. import queries
from . import exams
from .frame import tabs, waiting

FEW = 12


@staff_page
@require_safe
def page(request: Any) -> HttpResponse:
    """My exams, my courses, my results."""
    by, project = request.actor, request.project
    mine = queries.results(project, by).filter(employee_id=by.id).order_by("-id")[:FEW]
    taught = queries.attendances(project, by).filter(employee_id=by.id).order_by("-id")[:FEW]
    confirm = []
    if by.may("training.confirm_result", project.pk):
        confirm = [
            {"one": one, "url": exams.sitting_address(one, project)} for one in queries.to_confirm(project, by)[:FEW]
        ]
    context = {
        **tabs(request),
        "waiting": waiting(project, by),
        "results": [{"one": one, "url": exams.result_address(one, project)} for one in mine],
        "taught": [
            {"one": one, "url": reverse("training:course", args=[project.code, one.course_id])} for one in taught
        ],
        "to_confirm": confirm,
        "bank_url": reverse("training:bank", args=[project.code]),
    }
    return render(request, "training/home.html", context)
