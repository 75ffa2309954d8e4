"""Sheets from the printer. Printing leaves an event; a file's name is a number, never a person's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.parts.papers.asking import register_of, span_of
from guanjia.people.models import Consent, Resident
from guanjia.web.doors import perform, printed, staff_page
from guanjia.web.export import pdf

from . import operations, papers, queries
from .screens import pages

SHEETS = {"print_label": operations.print_label, "print_record": operations.print_record}


@staff_page
@require_POST
def sheet(request: Any, pk: int, verb: str) -> HttpResponse:
    """The label, or the line of the register."""
    parcel = queries.parcels(request.project, request.actor).filter(pk=pk).first()
    operation = SHEETS.get(verb)
    parcel = printed(request, operation, parcel)
    if verb == "print_label":
        return pdf(parcel.number, papers.label(parcel))
    address = request.build_absolute_uri(pages.address(parcel, request.project))
    return pdf(parcel.number, papers.record(parcel, by=request.actor, address=address))


@staff_page
@require_POST
def consent(request: Any, pk: int) -> HttpResponse:
    """The agreement of a household."""
    rows = Consent.visible_to(request.actor).filter(project=request.project, pk=pk, purpose=Consent.Purpose.PARCELS)
    given = rows.select_related("project", "resident").first()
    if given is None:
        raise Http404
    perform(request, operations.print_consent, given)
    return pdf(f"{papers.CONSENT}-{given.pk}", papers.consent(given, by=request.actor))


@staff_page
@require_POST
def consent_form(request: Any, pk: int) -> HttpResponse:
    """The agreement of a household that has not given it, with its names, for the pen."""
    project, by = request.project, request.actor
    resident = Resident.visible_to(by).filter(project=project, pk=pk, merged_into__isnull=True).first()
    resident = printed(request, operations.print_consent_form, resident)
    return pdf(f"{papers.CONSENT}-{resident.pk}", papers.consent_form(resident, by=by))


@staff_page
@require_http_methods(["GET", "POST"])
def register(request: Any) -> HttpResponse:
    """The register of some days, a month at most."""
    project, by = request.project, request.actor

    def sheet(since: date, until: date) -> bytes:
        return papers.register(project, queries.of_days(project, by, since, until), by=by, period=span_of(since, until))

    today = timezone.localdate(by.at)
    return register_of(
        request, operations.print_register, sheet, back=reverse("parcels:list", args=[project.code]),
        name=papers.FORM, since=today, until=today,
    )  # fmt: skip
