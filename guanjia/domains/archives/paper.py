"""Printing: the act on record, then the PDF. Its name is a number, never a person's."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.parts.papers.asking import register_of
from guanjia.web.doors import perform, staff_page
from guanjia.web.export import pdf

from . import kinds, queries, sheets
from .operations import print_destruction, print_file, print_label, print_list, print_loans, print_retention


@staff_page
@require_POST
def of_file(request: Any, pk: int, what: str) -> HttpResponse:
    """The directory, the index or the label of a file."""
    project, by = request.project, request.actor
    file = queries.files(project, by).filter(pk=pk).first()
    known = {"directory": print_file, "list": print_list, "label": print_label}
    if file is None or what not in known or (what == "directory" and file.kind not in kinds.FORMS):
        raise Http404
    perform(request, known[what], file)
    address = request.build_absolute_uri(reverse("archives:page", args=[project.code, file.pk]))
    made = {
        "directory": lambda: sheets.directory(file, by, address),
        "list": lambda: sheets.index(file, by),
        "label": lambda: sheets.label(file, by),
    }
    return pdf(f"{file.number}-{what}", made[what]())


@staff_page
@require_POST
def of_destruction(request: Any, pk: int) -> HttpResponse:
    """An entry of the register of expired files."""
    entry = queries.destructions(request.project, request.actor).filter(pk=pk).first()
    if entry is None:
        raise Http404
    perform(request, print_destruction, entry)
    return pdf(entry.number, sheets.destruction(entry, request.actor))


@staff_page
@require_POST
def of_retention(request: Any) -> HttpResponse:
    """How long each kind is kept."""
    perform(request, print_retention, request.project)
    return pdf("F-ARC-RETENTION", sheets.retention(request.project, request.actor))


@staff_page
@require_http_methods(["GET", "POST"])
def of_loans(request: Any) -> HttpResponse:
    """The register of loans of some days."""
    project, by = request.project, request.actor
    day = queries.today(project, by)
    return register_of(
        request, print_loans, partial(sheets.loans, project, by), back=reverse("archives:loans", args=[project.code]),
        name="F-ARC-LOAN", since=day.replace(day=1), until=day,
    )  # fmt: skip
