"""The register of run sheets, starting one, and the sheet with its steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from guanjia import book
from guanjia.kernel import operations as kernel
from guanjia.kernel import subjects
from guanjia.kernel.languages import said
from guanjia.kernel.outcomes import Forbidden, Unknown
from guanjia.kernel.subjects import locate
from guanjia.places.models import Project
from guanjia.web.doors import Request, making, staff_page
from guanjia.web.links import link
from guanjia.web.registers import Column, Register, minor, tag

from . import operations, queries
from .models import RunSheet, RunStep, State


def address(sheet: RunSheet, project: Project | None = None) -> str:
    return reverse("runsheets:page", args=[(project or sheet.project).code, sheet.pk])


locate("run_sheet", address)


register = Register(
    "runsheets",
    of=RunSheet,
    title=_("Run sheets"),
    unit=_("sheets"),
    rows=queries.sheets,
    columns=(
        Column(_("Procedure"), "title", "grow"), tag("clause_id"),
        Column(_("Steps"), lambda sheet: f"{sheet.settled_count} / {sheet.steps_count}", "num"), "started_by",
        minor("started_at"), "state",
    ),
    filters=("state",),
    hint=_("Procedure or what it is about"),
    page=address,
    new=link("runsheets:new", operations.start),
    empty=_("Start a procedure when it is needed: its steps are ticked off here, and stay as proof."),
)  # fmt: skip


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose a procedure and begin."""
    by, project = request.actor, request.project
    wanted = request.GET.get("clause", "")
    if wanted and wanted not in {one.id for one in queries.startable(by, project.pk)}:
        raise Forbidden(operations.start.name)  # never another procedure than the one that was asked for
    return making(
        request, operations.start, project, back=reverse("runsheets:list", args=[project.code]),
        to=lambda made: address(made, project),
    )  # fmt: skip


@staff_page
@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One run: its steps, who did them, what is open."""
    by, project = request.actor, request.project
    sheet = queries.sheets(project, by).filter(pk=pk).first()
    if sheet is None:
        raise Unknown("run_sheet")
    entry = book.clause(sheet.clause_id)
    about = subjects.named([(sheet.about_label, sheet.about_id)], by) if sheet.about_id else {}
    context = {
        "sheet": sheet,
        "steps": [_step(step, sheet, project) for step in queries.steps_of(sheet)],
        "is_open": sheet.state == State.RUNNING and operations.carries_it_out(sheet, by),
        "tick_url": reverse("acts:do", args=[project.code, "run_sheet", sheet.pk, "tick"]),
        "here": address(sheet, project),
        "rule": said(entry.rule),
        "about_url": next((subjects.address_of(thing) for thing in about.values()), ""),
        "clause_url": reverse("standards:clause", args=[project.code, entry.id]),
        "list_url": reverse("runsheets:list", args=[project.code]),
        "offers": _offers(sheet, by, project),
    }
    return render(request, "runsheets/page.html", context)


def _step(step: RunStep, sheet: RunSheet, project: Project) -> dict[str, Any]:
    skip = reverse("acts:do", args=[project.code, "run_sheet", sheet.pk, "skip"])
    return {
        "number": step.number,
        "words": said(step.words),
        "outcome": step.outcome,
        "outcome_words": step.get_outcome_display(),
        "who": step.by.name if step.by else "",
        "at": step.at,
        "note": step.note,
        "skip_url": f"{skip}?number={step.number}&next={address(sheet, project)}",
    }


def _offers(sheet: RunSheet, by: Any, project: Project) -> list[dict[str, Any]]:
    """Finish and break off; ticking and skipping stand at the steps."""
    return [
        {
            "label": offer.operation.label,
            "icon": offer.operation.icon,
            "danger": offer.operation.danger,
            "url": f"{reverse('acts:do', args=[project.code, 'run_sheet', sheet.pk, offer.operation.verb])}"
            f"?next={address(sheet, project)}",
            "locked": " ".join(str(need.sentence) for need in offer.missing),
        }
        for offer in kernel.offers(sheet, by)
        if offer.operation.verb in ("finish", "abandon")
    ]
