"""Registers of the archives: files, documents, loans, destructions, tidyings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.parts.custody.models import Handout, HandoutState
from guanjia.places.models import Project
from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register, by_words
from guanjia.web.things import ThingPages, about

from . import kinds, operations, queries, shelves
from .models import ArchiveFile, Clearing, Destruction, Document, DocumentState, FileKind, FileState, Secrecy, Tidying

for _state, _shape, _tone, _ends in (
    (FileState.CLOSED, "tick", "neutral", True), (DocumentState.DESTROYED, "cross", "neutral", True),
    (Clearing.PROPOSED, "hand", "warn", False), (Clearing.CLEARED, "most", "info", False),
):  # fmt: skip
    states.register(_state, _shape, _tone, _state.label, ended=_ends)


about("archives.file_document", lambda event: dict(kinds.choices()).get(event.given.get("kind"), ""))


def framed(current: str) -> Any:
    """The rooms of the archives as tabs over a register."""

    def frame(request: Any, slug: str) -> Mapping[str, Any]:
        return {"tabs": shelves.tabs(request.project, current)}

    return frame


def counted(project: Project, by: Actor) -> QuerySet[ArchiveFile]:
    return queries.with_counts(queries.files(project, by))


def tell_missing(rows: list[Any], project: Project, by: Actor) -> None:
    queries.tell_missing(rows)


def complete(file: Any) -> str:
    """n of eight."""
    return f"{file.wanted - len(file.missing)}/{file.wanted}{'' if file.missing else ' ✓'}" if file.wanted else ""


def lacking(file: Any) -> str:
    """What is missing, in the order of the Book."""
    return "、".join(p.name for p in file.missing)


def lacks(value: str) -> Q:
    if value == "behind":
        return Q(changed_at__isnull=False) & (Q(listed_at__isnull=True) | Q(listed_at__lt=F("changed_at")))
    missing = queries.incomplete(FileKind.OWNER) | queries.incomplete(FileKind.TENANT)
    return missing if value == "missing" else ~missing & Q(kind__in=[FileKind.OWNER, FileKind.TENANT])


file_pages = ThingPages(
    ArchiveFile, "archives", create=operations.open_file, title=_("Archives"), facts=(),
    said=_("Opened. Print the label, then file the documents."), related=("project",),
)  # fmt: skip
files = Register(
    "archives", title=_("Archives"), unit=_("files"), rows=counted,
    columns=(
        Column(_("File number"), "number"),
        Column(_("Kind of file"), "get_kind_display", "tag"),
        Column(_("Whose"), shelves.whose),
        Column(_("Complete or not"), complete),
        Column(_("What is missing"), lacking, "grow"),
        Column(_("Position of the file"), "position", is_minor=True),
        Column(_("Paper list"), lambda f: _("behind") if f.is_behind else "", "tag", is_minor=True),
    ),
    filters=(
        Filter("kind", _("Kind of file"), lambda project: FileKind.choices, lambda value: Q(kind=value)),
        Filter(
            "lack", _("Complete or not"),
            lambda project: [("missing", _("Something is missing")), ("whole", _("Nothing is missing")),
                             ("behind", _("Paper list behind"))],
            lacks,
        ),
    ),
    prepare=tell_missing, searched=by_words(ArchiveFile), hint=_("Name, house, file or document"),
    page=file_pages.address, new=file_pages.new_links, frame=framed("files"),
    empty=_("Open a file for each house: a bag, a label, its place in the box."),
)  # fmt: skip


def document_address(document: Document, project: Project | None = None) -> str:
    return reverse("archives:documents:page", args=[(project or document.project).code, document.pk])


def by_file(rows: QuerySet[Document], query: str, project: Project) -> QuerySet[Document]:
    """By what their file is found by, and by their own number."""
    found = by_words(ArchiveFile)(ArchiveFile.objects.filter(project=project), query, project)
    return rows.filter(Q(file__in=found) | Q(number=query[:36]))


locate("archive_document", document_address)
documents = Register(
    "archive-documents", title=_("Documents on file"), unit=_("documents"), rows=queries.documents,
    columns=(
        Column(_("Number of the document"), "number"),
        Column(_("Name of the document"), "title", "grow"),
        Column(_("House"), "file.house.code"),
        Column(_("Secrecy level"), "get_secrecy_display", "tag"),
        Column(_("Kept as"), shelves.kept_as),
        Column(_("Keep until"), shelves.until, is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(
        Filter("secrecy", _("Secrecy level"), lambda project: Secrecy.choices, lambda value: Q(secrecy=value)),
        Filter("state", _("State"), lambda project: DocumentState.choices, lambda value: Q(state=value)),
        Filter("step", _("Kept as"), lambda project: [("apart", _("Paper and scan not in step"))],
               lambda value: queries.out_of_step()),
    ),
    searched=by_file, hint=_("Name, house, file or document"), page=document_address, frame=framed("documents"),
    empty=_("Documents are filed on the page of their file."),
)  # fmt: skip


def loan_address(loan: Handout, project: Project) -> str:
    return reverse("archives:documents:page", args=[project.code, loan.subject_id])


def day(name: str) -> Any:
    return lambda loan: at.date().isoformat() if (at := getattr(loan, name)) else ""


loans = Register(
    "archive-loans", title=_("Register of loans"), unit=_("loans"), rows=queries.loans,
    columns=(
        Column(_("Archive document"), "title", "grow"),
        Column(_("Borrower"), "holder", "person"),
        Column(_("Purpose"), "purpose", is_minor=True),
        Column(_("Lent on"), day("out_at")),
        Column(_("Due on"), day("due_at")),
        Column(_("Approved by"), "approved_by", is_minor=True),
        Column(_("Registered by"), "handed_by.name", "person", is_minor=True),
        Column(_("Returned on"), day("back_at")),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: HandoutState.choices, lambda value: Q(state=value)),),
    page=loan_address, frame=framed("loans"),
    new=lambda project, by: (
        [{"url": reverse("archives:print-loans", args=[project.code]), "label": operations.print_loans.label,
          "icon": "printer"}]
        if by.may(operations.print_loans.name, project.pk) else []
    ),
    empty=_("What is lent is written here: who, what for, until when, approved by whom."),
)  # fmt: skip


def listed(entry: Destruction, by: Actor) -> list[dict[str, Any]]:
    """The documents of an entry."""
    code = entry.project.code
    lines = entry.lines.select_related("document").order_by("id")
    return [
        {
            "template": "archives/listed.html",
            "rows": [
                {"title": str(one.document), "until": shelves.until(one.document), "state": one.document.state,
                 "word": one.document.get_state_display(),
                 "url": reverse("archives:documents:page", args=[code, one.document_id])}
                for one in lines
            ],
        }
    ]  # fmt: skip


def printed(entry: Destruction, by: Actor) -> Iterator[dict[str, Any]]:
    """Its sheet."""
    if operations.print_destruction.offer(entry, by) is not None:
        url = reverse("archives:print-destruction", args=[entry.project.code, entry.pk])
        yield {"label": operations.print_destruction.label, "url": url}


destruction_pages = ThingPages(
    Destruction, "archives:destructions", create=operations.propose, title=_("Destruction"),
    said=_("Proposed. Ask to clear it: two superiors sign."),
    related=("project", "filler", "checker", "witness_one", "witness_two"),
    facts=(
        "appraisal", "is_worthless", "filler", "proposed_at", "cleared_by", "cleared_at", "method",
        "is_content_checked", "destroyed_at", "checker", "witness_one", "witness_two",
    ),
    panels=listed, sheets=printed,
)  # fmt: skip
destructions = Register(
    "archive-destructions", title=_("Register of expired files"), unit=_("entries"), rows=queries.destructions,
    columns=(
        Column(_("Number"), "number"),
        Column(_("Appraisal"), "appraisal", "grow"),
        Column(_("Filled in by"), "filler.name", "person"),
        Column(_("Reviewed and approved by"), "cleared_by", is_minor=True),
        Column(_("Destroyed at"), "destroyed_at", "day"),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: Clearing.choices, lambda value: Q(state=value)),),
    page=destruction_pages.address, new=destruction_pages.new_links, frame=framed("destructions"),
    empty=_("What has outlived its time is proposed here, cleared by two and destroyed before witnesses."),
)  # fmt: skip
tidying_pages = ThingPages(
    Tidying, "archives:tidyings", create=operations.tidy, title=_("Tidying"), said=_("Noted for this month."),
    related=("project", "tidier"), facts=("place", "gone_through", "misplaced", "remark", "tidier", "tidied_at"),
)  # fmt: skip
tidyings = Register(
    "archive-tidyings", title=_("Tidying"), unit=_("times"), rows=queries.tidyings,
    columns=(
        Column(_("Which part"), "place", "grow"),
        Column(pgettext_lazy("archives", "Files gone through"), "gone_through", "num"),
        Column(_("Put back in their place"), "misplaced", "num"),
        Column(_("Tidied by"), "tidier.name", "person"),
        Column(_("Tidied at"), "tidied_at", "day"),
    ),
    page=tidying_pages.address, new=tidying_pages.new_links, frame=framed("tidyings"),
    empty=_("The archives are gone through at least once a month."),
)  # fmt: skip
