"""Registers of the archives: files, documents, loans, destructions, tidyings."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.parts.custody.models import Handout
from guanjia.places.models import Project
from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register, by_words, grow, minor, only, tag
from guanjia.web.things import ThingPages, about

from . import kinds, operations, queries, shelves
from .models import ArchiveFile, Clearing, Destruction, Document, DocumentState, FileKind, FileState, Tidying

states.mark({
    FileState.CLOSED: "tick neutral ended", DocumentState.DESTROYED: "cross neutral ended",
    Clearing.PROPOSED: "hand warn", Clearing.CLEARED: "most info",
})  # fmt: skip


about("archives.file_document", lambda event: dict(kinds.choices()).get(event.given.get("kind"), ""))


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
    said=_("Opened. Print the label, then file the documents."),
)  # fmt: skip
files = Register(
    "archives", pages=file_pages, unit=_("files"), rows=counted,
    columns=(
        "number", tag("kind"), Column(_("Whose"), shelves.whose), Column(_("Complete or not"), complete),
        Column(_("What is missing"), lacking, "grow"), Column(_("Position of the file"), "position", is_minor=True),
        Column(_("Paper list"), lambda f: _("behind") if f.is_behind else "", "tag", is_minor=True),
    ),
    filters=(
        "kind",
        Filter(
            "lack", _("Complete or not"),
            lambda project: [("missing", _("Something is missing")), ("whole", _("Nothing is missing")),
                             ("behind", _("Paper list behind"))],
            lacks,
        ),
    ),
    prepare=tell_missing, hint=_("Name, house, file or document"),
    frame=shelves.tabs,
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
    "archive-documents", of=Document, title=_("Documents on file"), unit=_("documents"), rows=queries.documents,
    columns=(
        "number", grow("title"), "file.house", tag("secrecy"), Column(_("Kept as"), shelves.kept_as),
        Column(_("Keep until"), shelves.until, is_minor=True), "state",
    ),
    filters=(
        "secrecy", "state",
        only("step", _("Kept as"), queries.out_of_step(), label=_("Paper and scan not in step"), value="apart"),
    ),
    searched=by_file, hint=_("Name, house, file or document"), page=document_address, frame=shelves.tabs,
    empty=_("Documents are filed on the page of their file."),
)  # fmt: skip


def loan_address(loan: Handout, project: Project) -> str:
    return reverse("archives:documents:page", args=[project.code, loan.subject_id])


def day(name: str) -> Any:
    return lambda loan: at.date().isoformat() if (at := getattr(loan, name)) else ""


loans = Register(
    "archive-loans", of=Handout, title=_("Register of loans"), unit=_("loans"), rows=queries.loans,
    columns=(
        Column(_("Archive document"), "title", "grow"), Column(_("Borrower"), "holder", "person"), minor("purpose"),
        Column(_("Lent on"), "out_at", "date"), Column(_("Due on"), "due_at", "date"), minor("approved_by"),
        Column(_("Registered by"), "handed_by", is_minor=True), Column(_("Returned on"), "back_at", "date"), "state",
    ),
    filters=("state",),
    page=loan_address, frame=shelves.tabs,
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


destruction_pages = ThingPages(
    Destruction, "archives:destructions", create=operations.propose, title=_("Destruction"),
    said=_("Proposed. Ask to clear it: two superiors sign."),
    facts=(
        "appraisal", "is_worthless", "filler", "proposed_at", "cleared_by", "cleared_at", "method",
        "is_content_checked", "destroyed_at", "checker", "witness_one", "witness_two",
    ),
    panels=listed,
)  # fmt: skip
destructions = Register(
    "archive-destructions", pages=destruction_pages, title=_("Register of expired files"), unit=_("entries"),
    columns=("number", grow("appraisal"), "filler", minor("cleared_by"), "destroyed_at", "state"),
    filters=("state",),
    frame=shelves.tabs,
    empty=_("What has outlived its time is proposed here, cleared by two and destroyed before witnesses."),
)  # fmt: skip
tidying_pages = ThingPages(
    Tidying, "archives:tidyings", create=operations.tidy, title=_("Tidying"), said=_("Noted for this month."),
    facts=("place", "gone_through", "misplaced", "remark", "tidier", "tidied_at"),
)  # fmt: skip
tidyings = Register(
    "archive-tidyings", pages=tidying_pages, unit=_("times"),
    columns=(grow("place"), "gone_through", "misplaced", "tidier", "tidied_at"),
    frame=shelves.tabs,
    empty=_("The archives are gone through at least once a month."),
)  # fmt: skip
