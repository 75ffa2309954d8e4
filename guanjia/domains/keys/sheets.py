"""The registers of keys and the tags, each one press to print."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guanjia.kernel.outcomes import Forbidden
from guanjia.web import sheets
from guanjia.web.doors import Request, staff_page

from . import operations, queries, showing
from .forms import SheetForm
from .papers import print_sheet

ICONS = {"list": "list-check", "tags": "qrcode"}


@staff_page
@require_safe
def page(request: Request) -> HttpResponse:
    """What can be printed, and whether the address stands on the tags."""
    by, project = request.actor, request.project
    if not by.may(print_sheet.name, project.pk):
        raise Forbidden(print_sheet.name)
    choices: Any = SheetForm.base_fields["sheet"].choices  # type: ignore[attr-defined]  # a choice has them
    may_choose = by.may(operations.choose_tags.name, project.pk)
    choose = reverse("acts:do", args=[project.code, "project", project.pk, "choose_tags"])
    context = {
        **showing.tabs(request),
        "sheets": [{"name": name, "label": label, "icon": ICONS.get(name, "file-text")} for name, label in choices],
        "url": sheets.address_of(print_sheet, project),
        "shows_address": queries.shows_address(project),
        "tags_url": f"{choose}?{urlencode({'next': request.path})}" if may_choose else "",
    }
    return render(request, "keys/sheets.html", context)
