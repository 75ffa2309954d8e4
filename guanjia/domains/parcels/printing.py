"""Sheets from the printer. Printing leaves an event; a file's name is a number, never a person's."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people.models import Consent, Resident
from guanjia.web.doors import perform, printed, refused_form, staff_page
from guanjia.web.export import pdf

from . import operations, papers, queries
from .screens import pages

MOST = 2000
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
    project, by, operation = request.project, request.actor, operations.print_register
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    context: dict[str, Any] = {
        "operation": operation, "label": operation.label, "thing": project,
        "back_url": reverse("parcels:list", args=[project.code]),
    }  # fmt: skip
    if request.method == "GET":
        today = timezone.localdate(by.at)
        context["form"] = operation.new_form(project, by, initial={"from_on": today, "until_on": today})
        return render(request, "parcels/print.html", context)
    try:
        perform(request, operation, project)
    except Refused as outcome:
        context["form"] = refused_form(request, operation, project, outcome)
        return render(request, "parcels/print.html", context, status=outcome.status)
    form = operation.new_form(project, by, request.POST)
    form.is_valid()
    first, last = form.cleaned_data["from_on"], form.cleaned_data["until_on"]
    zone = ZoneInfo(project.zone)
    since = datetime.combine(first, time.min, tzinfo=zone)
    until = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    rows = queries.parcels(project, by).filter(came_at__gte=since, came_at__lt=until).order_by("came_at", "id")[:MOST]
    return pdf(papers.FORM, papers.register(project, rows, by=by, period=f"{first} – {last}"))
