"""Every read of the archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.parts.custody.models import Handout
from guanjia.parts.files.queries import content, signatures_of
from guanjia.people import posts
from guanjia.people.models import Department, Posting
from guanjia.people.queries.dates import holding
from guanjia.places.models import Project
from guanjia.places.queries import between

from . import kinds
from .models import ArchiveFile, Consultation, Destruction, Document, DocumentState, Scan

SOON = timedelta(days=90)
HELD = (DocumentState.IN_STORE, DocumentState.LENT)


def files(project: Project, by: Actor) -> QuerySet[ArchiveFile]:
    rows = ArchiveFile.visible_to(by).filter(project=project)
    return rows.select_related("project", "house__building", "house__unit", "resident")


def documents(project: Project, by: Actor) -> QuerySet[Document]:
    rows = Document.visible_to(by).filter(project=project)
    return rows.select_related("project", "file__house", "file__resident", "keeper")


def behind(project: Project, by: Actor) -> QuerySet[ArchiveFile]:
    """Files whose paper list is older than their content."""
    rows = files(project, by).filter(changed_at__isnull=False)
    return rows.filter(Q(listed_at__isnull=True) | Q(listed_at__lt=F("changed_at")))


@dataclass(frozen=True)
class Slot:
    """One line of what a file is to hold: there, or missing."""

    paper: kinds.Paper
    there: Document | None


def directory(file: ArchiveFile, held: Iterable[Document]) -> list[Slot]:
    """What the Book wants in a file of this kind, each with the document that is there."""
    there: dict[str, Document] = {}
    for document in held:
        if document.state != DocumentState.DESTROYED:
            there.setdefault(document.kind, document)
    return [Slot(paper, there.get(paper.key)) for paper in kinds.papers(file.kind)]


def tell_missing(rows: list[ArchiveFile]) -> None:
    """Set on each file how many of the wanted documents are there and which are missing: one statement for a page."""
    found: dict[int, set[str]] = {}
    held = Document.objects.filter(file__in=[one.pk for one in rows], state__in=HELD)
    for file_id, kind in held.values_list("file_id", "kind"):
        found.setdefault(file_id, set()).add(kind)
    for file in rows:
        wanted = [p for p in kinds.papers(file.kind) if p.is_required]
        missing = [p for p in wanted if p.key not in found.get(file.pk, set())]
        file.wanted, file.missing = len(wanted), missing  # type: ignore[attr-defined]  # for the page


def of_kind(file_kind: str) -> int:
    """How many documents a file of a kind is to hold at least."""
    return sum(1 for paper in kinds.papers(file_kind) if paper.is_required)


def incomplete(kind: str) -> Q:
    """Files of a kind in which a wanted document is missing, as a condition on counted ones."""
    return Q(kind=kind, there__lt=of_kind(kind))


def with_counts(rows: QuerySet[ArchiveFile]) -> QuerySet[ArchiveFile]:
    """How many different wanted documents each file holds."""
    wanted = {p.key for kind in kinds.FORMS for p in kinds.papers(kind) if p.is_required}
    held = Q(documents__state__in=HELD, documents__kind__in=wanted)
    return rows.annotate(there=Count("documents__kind", filter=held, distinct=True))


def out_of_step() -> Q:
    """On paper and not scanned, or scanned and not on paper (ARC-13)."""
    return Q(has_paper=True, scans=0) | Q(has_paper=False, scans__gt=0)


def expired(project: Project, by: Actor, day: date) -> QuerySet[Document]:
    """What has outlived its time and lies there still."""
    rows = documents(project, by).filter(keep_until__lt=day, state__in=HELD, destructions__isnull=True)
    return rows.order_by("keep_until", "id")


def expiring(project: Project, by: Actor, day: date) -> QuerySet[Document]:
    """What will within a quarter of a year."""
    rows = documents(project, by).filter(keep_until__gte=day, keep_until__lt=day + SOON, state__in=HELD)
    return rows.order_by("keep_until", "id")


def consultations(document: Document) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(project_id=document.project_id, document=document)
    return rows.select_related("employee").order_by("-id")


def reading(document: Document, by: Actor) -> Consultation | None:
    """The consultation by which this person reads it now."""
    rows = consultations(document).filter(employee_id=by.id, opened_at__lte=by.at, until_at__gt=by.at)
    return rows.first() if by.is_staff else None


def scan_for(project: Project, scan_id: int, by: Actor) -> Scan | None:
    """A page that this person reads now; nobody's otherwise."""
    rows = Scan.objects.filter(project=project, pk=scan_id, document__in=documents(project, by).values("pk"))
    scan = rows.select_related("document").first()
    return scan if scan is not None and reading(scan.document, by) is not None else None


def files_of(destruction: Destruction) -> QuerySet[ArchiveFile]:
    """The files that documents of a destruction lay in."""
    lines = destruction.lines.filter(project_id=destruction.project_id)
    rows = ArchiveFile.objects.filter(project_id=destruction.project_id, documents__in=lines.values("document"))
    return rows.distinct().order_by("id")


def destructions(project: Project, by: Actor) -> QuerySet[Destruction]:
    rows = Destruction.visible_to(by).filter(project=project)
    return rows.select_related("project", "filler", "checker", "witness_one", "witness_two")


def loans(project: Project, by: Actor) -> QuerySet[Handout]:
    """The register of loans: the ledger of custody, as far as it is about documents."""
    rows = Handout.visible_to(by).filter(project=project, subject_label="archive_document")
    return rows.select_related("project", "employee", "handed_by", "taken_by")


def loans_of_days(project: Project, by: Actor, since: date, until: date) -> Iterator[dict[str, Any]]:
    """The lines of F-ARC-LOAN, oldest first."""
    zone = ZoneInfo(project.zone)
    begin, end = between(project, since, until)
    rows = loans(project, by).filter(out_at__gte=begin, out_at__lt=end)
    lent = list(rows.order_by("out_at", "id"))
    strokes = signatures_of(lent)
    for one in lent:
        number, _gap, name = one.title.partition("　")
        yield {
            "file_no": number, "name": name, "borrower": one.holder, "department": department(one, project),
            "purpose": one.purpose, "lent_on": local(one.out_at, zone), "due_on": local(one.due_at, zone),
            "approved_by": one.approved_by, "recorded_by": one.handed_by.name if one.handed_by else "",
            "returned_on": local(one.back_at, zone) if one.back_at else None,
            "sign": (one.holder, one.out_at, *map(content, strokes.get(one.pk, [])[:1])),
        }  # fmt: skip


def department(loan: Handout, project: Project) -> str:
    """The borrower's department; where none is on file, the post they hold here."""
    employee = loan.employee
    if employee is None:
        return ""
    if employee.department_key:
        rows = Department.objects.filter(project=project, key=employee.department_key)
        return str(rows.values_list("name", flat=True).first() or "")
    held = Posting.objects.filter(holding(timezone.localdate(loan.out_at)), project=project, employee=employee)
    post = held.values_list("post", flat=True).first()
    return str(posts.NAMES.get(post, "")) if post else ""


def local(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None


def today(project: Project, by: Actor) -> date:
    return timezone.localtime(by.at, ZoneInfo(project.zone)).date()
