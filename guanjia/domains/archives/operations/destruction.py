"""Proposing, clearing, destroying; and the tidying that a month owes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files.models import StoredFile
from guanjia.people import posts
from guanjia.places.models import Project

from .. import forms
from ..models import Destruction, DestructionLine, Document, DocumentState, Scan, Tidying


@operation(
    Project, label=_("Propose for destruction"), form=forms.ProposeForm, creates=Destruction, clauses=["ARC-11"],
    icon="trash",
)  # fmt: skip
def propose(
    project: Project, *, by: Actor, documents: QuerySet[Document], is_worthless: bool, appraisal: str
) -> Destruction:
    """What has outlived its time, or is appraised as worthless, in one register entry."""
    chosen = list(documents.select_for_update(of=("self",), no_key=True).order_by("pk"))
    kept = [d for d in chosen if not d.has_expired(timezone.localdate(by.at))]
    if kept and not is_worthless:
        names = "、".join(d.number for d in kept[:5])
        raise Refused("documents", _("Its time is not over: %(names)s.") % {"names": names}, "ARC-11")
    if DestructionLine.objects.filter(project=project, document__in=chosen).exists():
        raise Refused("documents", _("One of them is proposed already."))
    made = Destruction.objects.create(
        project=project, number=numbering.daily(project, "XH", by.at), appraisal=appraisal, is_worthless=is_worthless,
        filler_id=by.id, proposed_at=by.at, moved_at=by.at,
    )  # fmt: skip
    DestructionLine.objects.bulk_create(
        [DestructionLine(project=project, destruction=made, document=one) for one in chosen]
    )
    return made


@operation(Destruction, label=_("Ask to clear it"), clauses=["ARC-11"], icon="signature")
def clear(destruction: Destruction, *, by: Actor) -> None:
    """Reviewed by the service manager, then approved by the centre manager; their names stand in the register."""
    destruction.cleared_by = str(by.memo.get("approved_by", ""))[:120]
    destruction.cleared_at = by.at


@need(
    sentence=_("First the service manager reviews it and the centre manager approves."),
    clause="ARC-11",
    owes=_("service manager, centre manager"),
)
def was_approved(destruction: Destruction) -> bool:
    """By name: where a project switched the rule of approval off, nothing is destroyed."""
    return bool(destruction.cleared_by)


@operation(
    Destruction, label=_("Destroy before witnesses"), form=forms.DestroyForm, clauses=["ARC-12"], second=posts.EVERYONE,
    needs=[was_approved], others=2, danger=True, icon="trash-x",
)  # fmt: skip
def destroy(destruction: Destruction, *, by: Actor, method: str, is_content_checked: bool) -> None:
    """The service manager compares the content with the list; two others see it and identify. Scans go with the paper.

    Raises Refused when a document is no longer in its place.
    """
    lines = DestructionLine.objects.filter(project_id=destruction.project_id, destruction=destruction)
    rows = Document.objects.select_for_update(of=("self",), no_key=True)
    documents = list(
        rows.filter(project_id=destruction.project_id, pk__in=lines.values("document")).order_by("pk")
    )  # fmt: skip
    if away := [d.number for d in documents if d.state != DocumentState.IN_STORE]:
        raise Refused("", _("Not in its place: %(names)s.") % {"names": "、".join(away)}, "ARC-12")
    one, two = _witnesses(by)
    destruction.method, destruction.is_content_checked = method, is_content_checked
    destruction.witness_one_id, destruction.witness_two_id = one, two
    destruction.checker_id, destruction.destroyed_at = by.id, by.at
    _gone(documents, by)


def _witnesses(by: Actor) -> tuple[int, int]:
    """Two different people beside who acts. Raises Refused."""
    there = list(dict.fromkeys(other.id for other in by.present if other.id != by.id))
    if len(there) < 2:
        raise Refused("present", _("Two others have to identify here, each one alone."), "ARC-12")
    return there[0], there[1]


def _gone(documents: list[Document], by: Actor) -> None:
    """Paper and scans alike; the line of the index stays and says so. The nightly sweep removes the pictures."""
    project_id, ids = documents[0].project_id, [d.pk for d in documents]
    scans = Scan.objects.filter(project_id=project_id, document__in=ids)
    StoredFile.objects.filter(
        project_id=project_id, subject_label="archive_scan", subject_id__in=list(scans.values_list("pk", flat=True))
    ).delete()
    scans.delete()
    gone: dict[str, Any] = {"state": DocumentState.DESTROYED, "scans": 0, "has_paper": False, "moved_at": by.at}
    Document.objects.filter(project_id=project_id, pk__in=ids).update(**gone)


@operation(
    Project, label=_("Tidy the archives"), form=forms.TidyForm, creates=Tidying, clauses=["ARC-14"], icon="list-check"
)
def tidy(project: Project, *, by: Actor, **given: Any) -> Tidying:
    """A part of the archives was gone through and put in order: what the month owes."""
    return Tidying.objects.create(project=project, tidier_id=by.id, tidied_at=by.at, **given)
