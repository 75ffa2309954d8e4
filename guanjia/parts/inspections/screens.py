"""Checklists and the register, recording one, one with its marks, the exam bank, a blank list to print."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.book import conduct
from guanjia.book.reader import UnknownEntry
from guanjia.kernel import operations as kernel
from guanjia.kernel.languages import said
from guanjia.kernel.outcomes import Forbidden, Unknown
from guanjia.kernel.subjects import locate
from guanjia.parts.files import queries as files
from guanjia.places.models import Project
from guanjia.web.doors import Request, answer, staff_page
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Register, minor, only, tag

from . import operations, panels, queries
from .models import Inspection, Mark, Occasion


def address(inspection: Inspection, project: Project | None = None) -> str:
    return reverse("inspections:page", args=[(project or inspection.project).code, inspection.pk])


locate("inspection", address)
locate("inspection_mark", lambda mark: reverse("inspections:page", args=[mark.project.code, mark.inspection_id]))


register = Register(
    "inspections",
    of=Inspection,
    title=_("Inspections"),
    unit=_("inspections"),
    rows=queries.inspections,
    order=("-id",),
    columns=(
        Column(_("Checklist"), "title", "grow"), Column(_("Person or place"), "whom"), tag("occasion"), "checked",
        "faults", minor("inspector"), "inspected_at",
    ),
    filters=(
        "occasion",
        only("faults", _("Faults"), Q(faults__gt=0), label=_("With faults")),
    ),
    page=address,
    new=links(link("inspections:lists", _("Checklists and questions")), link("inspections:new", operations.record)),
    empty=_("Go through a checklist with a person or at a place: what is wrong stays open until it is corrected."),
)  # fmt: skip


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose a checklist, then go through its items."""
    by, project = request.actor, request.project
    record = operations.record
    if not by.may(record.name, project.pk):
        raise Forbidden(record.name)
    chosen = request.POST.get("checklist") or request.GET.get("checklist", "")
    found = conduct.checklists().get(chosen)
    if found is None:
        return render(request, "inspections/choose.html", {"lists": _lists(project)})
    context: dict[str, Any] = {
        "list": found,
        "title": said(found.zh, found.en),
        "back_url": reverse("inspections:list", args=[project.code]),
        "form": record.new_form(project, by, initial={"checklist": found.id, "occasion": Occasion.DAILY}),
    }
    if request.method == "POST":
        return answer(
            request, record, project, success_url=lambda made: address(made, project),
            template="inspections/record.html", context=context,
            said=_now("Recorded. What is wrong stays open until it is corrected."),
        )  # fmt: skip
    return render(request, "inspections/record.html", context)


@staff_page
@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One inspection: every item with its mark; faults with what can be done."""
    by, project = request.actor, request.project
    found = queries.inspections(project, by).filter(pk=pk).first()
    if found is None:
        raise Unknown("inspection")
    marks = [_mark(mark, by, project, found) for mark in queries.marks_of(found)]
    context = {
        "inspection": found,
        "marks": marks,
        "open_count": sum(mark["is_open"] for mark in marks),
        "list_url": reverse("inspections:list", args=[project.code]),
    }
    return render(request, "inspections/page.html", context)


def _mark(mark: Mark, by: Any, project: Project, found: Inspection) -> dict[str, Any]:
    photos = [
        {"src": url, "href": url, "alt": mark.words}
        for file in (files.files_of(mark) if mark.is_fault else ())
        if (url := reverse("files:show", args=[project.code, file.pk]))
    ]
    offers = kernel.offers(mark, by) if mark.is_fault else []
    return {
        "clause": mark.clause_id,
        "clause_url": reverse("standards:clause", args=[project.code, mark.clause_id]),
        "words": said(mark.words),
        "state": mark.state,
        "state_words": mark.get_state_display(),
        "is_open": mark.state in ("fault", "corrected"),
        "note": mark.note,
        "correction": mark.correction,
        "who": mark.corrected_by.name if mark.corrected_by else "",
        "photos": photos,
        "offers": [
            {
                "label": offer.operation.label,
                "url": f"{reverse('acts:do', args=[project.code, 'inspection_mark', mark.pk, offer.operation.verb])}"
                f"?next={address(found, project)}",
            }
            for offer in offers
        ],
    }


@staff_page
@require_GET
def lists(request: Request) -> HttpResponse:
    """All checklists, and the questions drawn from the same clauses."""
    project = request.project
    return render(request, "inspections/lists.html", {"lists": _lists(project)})


@staff_page
@require_GET
def one_list(request: Request, checklist: str) -> HttpResponse:
    """One checklist: items with their clauses, questions with their answers; `?print` gives a blank one."""
    by, project = request.actor, request.project
    try:
        found = conduct.checklist(checklist)
    except UnknownEntry:
        raise Http404 from None
    shown = next(one for one in _lists(project) if one["id"] == found.id)
    context = {
        **shown,
        "items": [
            {"clause": i.clause, "words": said(i.zh), "url": _clause_url(project, i.clause)} for i in found.items
        ],
        "questions": [panels.question(one) for one in found.questions],
        "project": project,
        "clauses": found.clauses,
        "printed_by": by.name,
        "printed_at": by.at,
        "may_record": by.may(operations.record.name, project.pk),
    }
    return render(request, "inspections/blank.html" if "print" in request.GET else "inspections/list.html", context)


def _clause_url(project: Project, clause: str) -> str:
    return reverse("standards:clause", args=[project.code, clause])


def _lists(project: Project) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "title": said(one.zh, one.en),
            "of": _now("on a person") if one.of == "person" else _now("at a place"),
            "items_count": len(one.items),
            "questions_count": len(one.questions),
            "clauses_count": len(one.clauses),
            "url": reverse("inspections:one_list", args=[project.code, one.id]),
            "print_url": f"{reverse('inspections:one_list', args=[project.code, one.id])}?print",
            "new_url": f"{reverse('inspections:new', args=[project.code])}?checklist={one.id}",
        }
        for one in conduct.checklists().values()
    ]
