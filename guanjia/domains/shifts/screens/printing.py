"""Sheets of this room: each printing is an act on record, then the PDF. A file's name is never a person's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.parts.papers.asking import register_of
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.places.queries import between
from guanjia.web.doors import perform, staff_page
from guanjia.web.export import pdf

from .. import attending, operations, papers, queries

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
    by, project = request.actor, request.project

    def sheet(since: date, until: date) -> bytes:
        begin, end = between(project, since, until)
        rows = queries.outings(project, by).filter(out_at__gte=begin, out_at__lt=end).order_by("out_at")[:MOST_ROWS]
        return papers.outings(project, rows, by=by, since=since, until=until)

    back = reverse("shifts:outings:list", args=[project.code])
    return register_of(request, operations.print_outings, sheet, back=back, name="F-OUTING", **_month(by))


@staff_page
@require_http_methods(["GET", "POST"])
def attendance(request: Any) -> HttpResponse:
    """The sign-in and sign-out sheet of a span."""
    by, project = request.actor, request.project

    def sheet(since: date, until: date) -> bytes:
        begin, end = between(project, since, until)
        rows = attending.shifts(project, by).filter(from_at__gte=begin, from_at__lt=end).order_by("from_at", "pk")
        return papers.attendance(project, rows[:MOST_ROWS], by=by, since=since, until=until)

    back = reverse("shifts:attendance", args=[project.code])
    return register_of(request, operations.print_attendance, sheet, back=back, name="F-SIGNIN", **_month(by))


def _month(by: Actor) -> dict[str, date]:
    """This month so far."""
    today = timezone.localdate(by.at)
    return {"since": today.replace(day=1), "until": today}
