"""Sheets of this room: each printing is an act on record, then the PDF. A file's name is never a person's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel import subjects
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.web.doors import perform, refused_form, staff_page
from guanjia.web.export import pdf

from .. import attending, operations, papers, queries

MOST = 2000  # rows of a sheet
SHEETS: dict[str, tuple[str, Operation, Callable[..., bytes]]] = {
    "print_handover": ("handover", operations.print_handover, papers.handover_log),
    "print_log": ("shift_note", operations.print_log, papers.work_log),
    "print_leave": ("leave", operations.print_leave, papers.leave_slip),
    "print_memo": ("transfer", operations.print_memo, papers.memo),
    "print_offboard": ("transfer", operations.print_offboard, papers.offboard),
}


@staff_page
@require_POST
def paper(request: Any, label: str, pk: int, verb: str) -> HttpResponse:
    """The sheet of one thing."""
    kind, operation, make = SHEETS.get(verb, ("", None, None))
    thing = subjects.get(label, pk, request.actor) if kind and kind == label else None
    if thing is None or operation is None or make is None or thing.project_id != request.project.pk:
        raise Http404
    perform(request, operation, thing)
    address = request.build_absolute_uri(subjects.address_of(thing))
    return pdf(f"{label}-{pk}", make(thing, by=request.actor, address=address))


@staff_page
@require_http_methods(["GET", "POST"])
def outings(request: Any) -> HttpResponse:
    """The outing record of a span."""

    def sheet(since: Any, until: Any, first: Any, last: Any) -> bytes:
        by, project = request.actor, request.project
        rows = queries.outings(project, by).filter(out_at__gte=first, out_at__lte=last).order_by("out_at")[:MOST]
        return papers.outings(project, rows, by=by, since=since, until=until)

    back = reverse("shifts:outings:list", args=[request.project.code])
    return _of_a_span(request, operations.print_outings, "F-OUTING", _("Outing record"), back, sheet)


@staff_page
@require_http_methods(["GET", "POST"])
def attendance(request: Any) -> HttpResponse:
    """The sign-in and sign-out sheet of a span."""

    def sheet(since: Any, until: Any, first: Any, last: Any) -> bytes:
        by, project = request.actor, request.project
        rows = attending.shifts(project, by).filter(from_at__gte=first, from_at__lte=last)
        return papers.attendance(project, rows.order_by("from_at", "pk")[:MOST], by=by, since=since, until=until)

    back = reverse("shifts:attendance", args=[request.project.code])
    return _of_a_span(request, operations.print_attendance, "F-SIGNIN", _("Sign-in sheet"), back, sheet)


def _of_a_span(
    request: Any, operation: Operation, name: str, title: str, back: str, sheet: Callable[..., bytes]
) -> HttpResponse:
    """From when to when, then the paper; the printing itself is on record."""
    by, project = request.actor, request.project
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    form: Any = operation.new_form(project, by)
    status = 200
    if request.method == "POST":
        try:
            perform(request, operation, project)
        except Refused as outcome:
            form, status = refused_form(request, operation, project, outcome), outcome.status
        else:
            form = operation.new_form(project, by, request.POST)
            form.is_valid()
            since, until = form.cleaned_data["since"], form.cleaned_data["until"]
            first, last = papers.days(project, since, until)
            return pdf(name, sheet(since, until, first, last))
    context = {
        "operation": operation, "label": operation.label, "thing": title, "form": form, "back_url": back,
    }  # fmt: skip
    return render(request, "web/act.html", context, status=status)
