"""A case on paper: the slip for the technician's hand, the record of the call. Printing leaves an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guanjia.domains.cases import papers as cases
from guanjia.domains.cases.operations import print_call
from guanjia.domains.repairs import papers as repairs
from guanjia.domains.repairs.operations import print_slip
from guanjia.kernel.operations import Operation
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.web.doors import perform, staff_page
from guanjia.web.export import pdf


@dataclass(frozen=True)
class Sheet:
    """One paper of a case: the operation that puts the printing on record, and what makes the sheet."""

    label: Any
    operation: Operation
    make: Callable[..., bytes]


SHEETS = {
    "print_slip": Sheet(_("Repair slip"), print_slip, repairs.slip),
    "print_call": Sheet(_("Call record"), print_call, cases.call_record),
}


def offered(case: Case, by: Any) -> list[dict[str, Any]]:
    """The sheets that this person may print of the case."""
    return [
        {"label": sheet.label, "url": reverse("desk:print", args=[case.project.code, case.pk, verb])}
        for verb, sheet in SHEETS.items()
        if sheet.operation.offer(case, by) is not None
    ]


@staff_page
@require_POST
def sheet(request: Any, pk: int, verb: str) -> HttpResponse:
    """Put it on record, then hand out the PDF. The file's name is the case's number, never a person's."""
    case = casework.visible(request.project, request.actor).filter(pk=pk).first()
    found = SHEETS.get(verb)
    if case is None or found is None:
        raise Http404
    perform(request, found.operation, case)
    address = request.build_absolute_uri(reverse("desk:case", args=[request.project.code, case.pk]))
    return pdf(case.number, found.make(case, by=request.actor, address=address))
