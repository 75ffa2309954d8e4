"""Opening a file, putting documents in, keeping its list true, ending it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.places.models import Project

from .. import forms, kinds
from ..models import ArchiveFile, Document, FileKind, FileState, Scan, Secrecy


@operation(
    Project, label=_("Open a file"), form=forms.OpenForm, creates=ArchiveFile, clauses=["ARC-01", "ARC-02", "ARC-03"],
    icon="archive",
)  # fmt: skip
def open_file(project: Project, *, by: Actor, **given: Any) -> ArchiveFile:
    """A bag with its label and its place in the box. Raises Refused for a second one of the same household."""
    same = ArchiveFile.objects.filter(
        project=project, kind=given["kind"], house=given["house"], resident=given["resident"], state=FileState.OPEN
    )
    if given["kind"] != FileKind.OTHER and same.exists():
        raise Refused("resident", _("This household has a file of this kind already."))
    number = f"DA{numbering.next_in(project.pk, 'archive_file'):05d}"
    return ArchiveFile.objects.create(project=project, number=number, opened_at=by.at, moved_at=by.at, **given)


@operation(ArchiveFile, label=_("Change its place"), form=forms.PlaceForm, clauses=["ARC-09"], icon="map-pin")
def place(file: ArchiveFile, *, by: Actor, **given: str) -> None:
    """Another room, cabinet or box."""
    for name, value in given.items():
        setattr(file, name, value)


@operation(
    ArchiveFile, label=_("File a document"), form=forms.FileForm, clauses=["ARC-01", "ARC-02", "ARC-08", "ARC-13"],
    icon="file-import",
)  # fmt: skip
def file_document(
    file: ArchiveFile, *, by: Actor, kind: str, title: str, copies: int | None, pages: int | None, secrecy: str,
    has_paper: bool, scans: list[Any], years: int | None,
) -> None:  # fmt: skip
    """On paper, scanned, or both; what is about a person is confidential whatever is ticked."""
    if kind in kinds.OF_A_PERSON and secrecy not in ("", Secrecy.CONFIDENTIAL):
        raise Refused("secrecy", _("What is about a person is always confidential."), "ARC-05")
    known = {p.key for p in kinds.papers(file.kind)}
    months = kinds.months_of(file.kind, kind) if kind in known else years * 12 if years else None
    filed = timezone.localdate(by.at)
    document = Document.objects.create(
        project_id=file.project_id, file=file, number=f"{file.number}-{file.documents.count() + 1:02d}", kind=kind,
        title=title or kinds_name(kind), quantity=copies or 1, pages=pages, has_paper=has_paper, filed_on=filed,
        secrecy=Secrecy.CONFIDENTIAL if kind in kinds.OF_A_PERSON else secrecy or Secrecy.INTERNAL,
        position=file.position[:60], keeper_id=by.id, months=months, moved_at=by.at,
        keep_until=after(file.ended_on or filed, months) if file.ended_on or file.kind == FileKind.OTHER else None,
    )  # fmt: skip
    _scan(document, scans, by)
    changed(file, by)


def kinds_name(key: str) -> str:
    return str(dict(kinds.choices())[key])


def _scan(document: Document, scans: list[Any], by: Actor) -> None:
    for number, picture in enumerate(scans, document.scans + 1):
        scan = Scan.objects.create(project_id=document.project_id, document=document, page=number)
        files.keep(scan, [picture], "reported", by=by, field="scans")
    if scans:
        document.scans += len(scans)
        document.save(update_fields=["scans"])


def changed(file: ArchiveFile, by: Actor) -> None:
    """Its content is another now: the list on paper is behind until somebody brings it up to date."""
    file.changed_at = by.at


def after(day: date, months: int | None) -> date | None:
    """The same day so many months later; None is for good."""
    if months is None:
        return None
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@operation(Document, label=_("Change the document"), form=forms.ChangeForm, clauses=["ARC-08", "ARC-13"], icon="pencil")
def change_document(
    document: Document, *, by: Actor, title: str, copies: int | None, pages: int | None, secrecy: str, has_paper: bool,
    scans: list[Any], reason: str,
) -> None:  # fmt: skip
    """Content or number changed: what was typed replaces what stood there, further scans are added."""
    if secrecy and document.kind in kinds.OF_A_PERSON and secrecy != Secrecy.CONFIDENTIAL:
        raise Refused("secrecy", _("What is about a person is always confidential."), "ARC-05")
    document.title, document.pages = title or document.title, pages or document.pages
    document.quantity, document.secrecy = copies or document.quantity, secrecy or document.secrecy
    document.has_paper = has_paper
    _scan(document, scans, by)
    ArchiveFile.objects.filter(project_id=document.project_id, pk=document.file_id).update(changed_at=by.at)


def is_behind(file: ArchiveFile) -> bool:
    return file.is_behind


@operation(
    ArchiveFile, label=_("The paper list is up to date"), clauses=["ARC-08"], when=is_behind, icon="list-check"
)  # fmt: skip
def update_list(file: ArchiveFile, *, by: Actor) -> None:
    """The list in the bag shows what the program shows."""
    file.listed_at = by.at


@operation(ArchiveFile, label=_("Documents destroyed"), internal=True, clauses=["ARC-08"], icon="trash")
def note_gone(file: ArchiveFile, *, by: Actor) -> None:
    """Something of it was destroyed: the list in the bag has to follow."""
    changed(file, by)


@operation(ArchiveFile, label=_("End the file"), form=forms.EndForm, clauses=["ARC-10"], icon="archive")
def end(file: ArchiveFile, *, by: Actor, ended_on: date) -> None:
    """The owner sold, the tenant left: from that day the years to keep are counted, document by document."""
    file.ended_on = ended_on
    for document in Document.objects.filter(project_id=file.project_id, file=file, months__isnull=False):
        document.keep_until = after(ended_on, document.months)
        document.save(update_fields=["keep_until"])
