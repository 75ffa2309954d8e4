"""Printing: the act on record, then the PDF. For a power cut the list and the log come with empty lines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel.outcomes import Forbidden
from guanjia.web.doors import Request, perform, staff_page
from guanjia.web.export import pdf

from . import operations, papers, queries, showing
from .forms import SheetForm

ICONS = {"list": "list-check", "tags": "qrcode"}


@staff_page
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """The sheets of keys, each one press."""
    by, project = request.actor, request.project
    verb = operations.print_sheet
    if not by.may(verb.name, project.pk):
        raise Forbidden(verb.name)
    if request.method == "POST":
        perform(request, verb, project)
        name = request.POST["sheet"]
        base = request.build_absolute_uri(reverse("keys:tag", args=[project.code, "X"]))[:-1]
        return pdf(f"{project.code}-keys-{name}", papers.sheet(name, project, by=by, base=base))
    choices: Any = SheetForm.base_fields["sheet"].choices  # type: ignore[attr-defined]  # a choice has them
    may_choose = by.may(operations.choose_tags.name, project.pk)
    choose = reverse("acts:do", args=[project.code, "project", project.pk, "choose_tags"])
    context = {
        "tabs": showing.tabs(project, by, "keys:sheets"),
        "sheets": [{"name": name, "label": label, "icon": ICONS.get(name, "file-text")} for name, label in choices],
        "shows_address": queries.shows_address(project),
        "tags_url": f"{choose}?{urlencode({'next': request.path})}" if may_choose else "",
    }
    return render(request, "keys/sheets.html", context)


@staff_page
@require_POST
def authorisation(request: Request, pk: int) -> HttpResponse:
    """An owner's paper, printed from the record."""
    by, project = request.actor, request.project
    found = queries.authorisations(project, by).select_related("house__building", "house__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    perform(request, operations.print_paper, found)
    address = request.build_absolute_uri(reverse("keys:authorisation", args=[project.code, found.pk]))
    return pdf(f"{project.code}-key-authorisation-{found.pk}", papers.authorisation(found, by=by, address=address))
