"""One file with what it holds and what is missing, one document with its readers, and what has outlived its time."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from guanjia import book
from guanjia.kernel import events
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.clocks import explaining
from guanjia.parts.custody import panels
from guanjia.places.models import Project
from guanjia.web import sheets, words
from guanjia.web.doors import staff_page
from guanjia.web.tabs import Tab, Tabs
from guanjia.web.things import bar_of, moment_of

from . import kinds, queries, scans
from .models import ArchiveFile, Document, DocumentState
from .operations import propose
from .papers import print_retention

tabs = Tabs(
    Tab("archives:list", pgettext_lazy("archives", "Files")),
    Tab("archives:documents:list", gettext_lazy("Documents on file")),
    Tab("archives:loans", gettext_lazy("File loans")),
    Tab("archives:retention", gettext_lazy("Keeping times")),
    Tab("archives:destructions:list", gettext_lazy("Destruction")),
    Tab("archives:tidyings:list", gettext_lazy("Tidying")),
)


@staff_page
@require_safe
def file(request: Any, pk: int) -> HttpResponse:
    """Complete or missing at a glance, document by document."""
    project, by = request.project, request.actor
    one = queries.files(project, by).filter(pk=pk).first()
    if one is None:
        raise Http404
    held = list(one.documents.order_by("id"))
    slots = queries.directory(one, held)
    wanted = [slot for slot in slots if slot.paper.is_required]
    context = {
        "file": one,
        "title": whose(one),
        "list_url": reverse("archives:list", args=[project.code]),
        "slots": [_slot(slot, project) for slot in slots],
        "there": sum(1 for slot in wanted if slot.there), "wanted": len(wanted),
        "documents": [_row(d, project) for d in held],
        "offers": _offers(one, project, by),
        "prints": sheets.offered(one, by),
        "facts": _facts(one),
        "limits": explaining.axes(one, by),
        "moments": [moment_of(event, by) for event in events.timeline(one)],
    }  # fmt: skip
    return render(request, "archives/file.html", context)


def whose(one: ArchiveFile) -> str:
    """House and name, or the title."""
    if one.house is None or one.resident is None:
        return one.title
    return f"{one.house.code}　{one.resident.name}"


def _offers(thing: Any, project: Project, by: Actor) -> list[dict[str, Any]]:
    return bar_of(thing, by, project, ("file_document", "consult"))


def _facts(one: ArchiveFile) -> list[dict[str, Any]]:
    rows = [
        (_("Kind of file"), one.get_kind_display()),
        (_("Archive room"), one.room), (_("File cabinet"), one.cabinet), (_("Box"), one.box),
        (_("Opened at"), words.stamp(one.opened_at)),
        (_("Ended on"), one.ended_on.isoformat() if one.ended_on else ""),
        (_("Last change"), words.stamp(one.changed_at) if one.changed_at else ""),
        (_("Paper list brought up to date at"), words.stamp(one.listed_at) if one.listed_at else ""),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if value]


def _slot(slot: queries.Slot, project: Project) -> dict[str, Any]:
    there = slot.there
    return {
        "name": slot.paper.name, "is_required": slot.paper.is_required, "is_there": there is not None,
        "url": reverse("archives:documents:page", args=[project.code, there.pk]) if there else "",
        "state": there.state if there else "", "word": there.get_state_display() if there else "",
    }  # fmt: skip


def _row(document: Document, project: Project) -> dict[str, Any]:
    return {
        "url": reverse("archives:documents:page", args=[project.code, document.pk]),
        "number": document.number, "title": document.title, "copies": document.quantity, "pages": document.pages or "",
        "secrecy": document.get_secrecy_display(), "tone": "danger" if document.is_confidential else "neutral",
        "kept_as": kept_as(document), "state": document.state,
        "word": document.get_state_display(), "until": until(document),
    }  # fmt: skip


def kept_as(document: Document) -> str:
    """On paper, scanned, or both in step."""
    if document.state == DocumentState.DESTROYED:
        return ""
    if document.has_paper and document.scans:
        return str(_("Paper and scan"))
    return str(_("Paper only")) if document.has_paper else str(_("Scan only"))


def until(document: Document) -> str:
    if document.months is None:
        return str(_("For good"))
    if document.keep_until is None:
        return str(_("%(n)d years after the file ends")) % {"n": document.months // 12}
    return document.keep_until.isoformat()


@staff_page
@require_safe
def document(request: Any, pk: int) -> HttpResponse:
    """One document: who reads it what for, who has it; its pages for as long as this person reads."""
    project, by = request.project, request.actor
    one = queries.documents(project, by).filter(pk=pk).first()
    if one is None:
        raise Http404
    reading = queries.reading(one, by)
    pages = list(one.pictures.order_by("page")) if reading else []
    context = {
        "document": one,
        "file_url": reverse("archives:page", args=[project.code, one.file_id]),
        "offers": _offers(one, project, by),
        "propose_url": _propose_url(one, project, by),
        "holder": panels.holder(one, by, reverse("archives:documents:page", args=[project.code, one.pk])),
        "pages": [reverse("archives:scan", args=[project.code, page.pk]) for page in pages],
        "reading_until": scans.until(reading.until_at, project) if reading else "",
        "facts": _document_facts(one),
        "readers": [
            {"who": c.employee.name, "purpose": c.purpose, "at": words.when(c.opened_at, by.at),
             "outsider": c.outsider, "approved": c.approved_by}
            for c in queries.consultations(one)[:20]
        ],
        "hands": panels.hands(one, by),
        "moments": [moment_of(event, by) for event in events.timeline(one, *panels.story(one))],
    }  # fmt: skip
    return render(request, "archives/document.html", context)


def _propose_url(one: Document, project: Project, by: Actor) -> str:
    """To appraise it as worthless before its time, or to propose it when that is over."""
    if one.state != DocumentState.IN_STORE or not by.may(propose.name, project.pk) or one.destructions.exists():
        return ""
    return f"{reverse('archives:destructions:new', args=[project.code])}?documents={one.pk}"


def _document_facts(one: Document) -> list[dict[str, Any]]:
    rows = [
        (_("Archive file"), one.file.number), (_("Kind of document"), one.get_kind_display()),
        (_("Secrecy level"), one.get_secrecy_display()), (_("Kept as"), kept_as(one)),
        (_("Copies"), str(one.quantity)), (_("Number of pages"), str(one.pages or "")),
        (_("Scanned pages"), str(one.scans)),
        (_("Position of the file"), one.file.position), (_("Filed on"), one.filed_on.isoformat()),
        (_("Keep until"), until(one)),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if value]


@staff_page
@require_safe
def retention(request: Any) -> HttpResponse:
    """How long each kind is kept, what has outlived its time, what soon will (ARC-10)."""
    project, by = request.project, request.actor
    day = queries.today(project, by)
    schedule = [
        {"file": said(book.form(kinds.FORMS[kind]).name, book.form(kinds.FORMS[kind]).name_en), "paper": paper.name,
         "period": _("For good") if paper.months is None else _("%(n)d years after the file ends")
         % {"n": paper.months // 12}}
        for kind in kinds.FORMS
        for paper in kinds.papers(kind)
    ]  # fmt: skip
    context = {
        **tabs(request),
        "schedule": schedule,
        "expired": [_row(d, project) for d in queries.expired(project, by, day)[:100]],
        "expiring": [_row(d, project) for d in queries.expiring(project, by, day)[:100]],
        "print_url": (
            sheets.address_of(print_retention, project) if by.may(print_retention.name, project.pk) else ""
        ),
        "propose_url": (
            reverse("archives:destructions:new", args=[project.code]) if by.may(propose.name, project.pk) else ""
        ),
    }  # fmt: skip
    return render(request, "archives/retention.html", context)
