"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as Number
from django.db.models import Q, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import label_of
from guanjia.parts.standards.ratios import Share
from guanjia.places.models import Project

from . import kinds
from .models import Count, CountState, Handout, HandoutState, Kept, Line


def handouts(project: Project, by: Actor) -> QuerySet[Handout]:
    """The ledger of a project."""
    rows = Handout.visible_to(by).filter(project=project)
    return rows.select_related("project", "employee", "resident", "handed_by", "witness", "taken_by")


def counts(project: Project, by: Actor) -> QuerySet[Count]:
    """Counts of a project."""
    return Count.visible_to(by).filter(project=project).select_related("project", "counted_by", "receiver")


def history(thing: Kept, limit: int = 20) -> list[Handout]:
    """Who had a thing, newest first: no gap between them, for what is not out is with its keeper."""
    rows = Handout.objects.filter(
        project_id=thing.project_id, subject_label=label_of(thing), subject_id=thing.pk
    ).select_related("employee", "resident", "handed_by", "witness", "taken_by", "project")
    return list(rows.order_by("-id")[:limit])


def current(thing: Kept) -> Handout | None:
    """In whose hands a thing is now."""
    rows = Handout.objects.filter(
        project_id=thing.project_id, subject_label=label_of(thing), subject_id=thing.pk, state=HandoutState.OUT
    )
    return rows.select_related("employee", "resident").first()


def latest(thing: Kept) -> Handout | None:
    """The last handing out of a thing, for clocks that start with it."""
    rows = Handout.objects.filter(project_id=thing.project_id, subject_label=label_of(thing), subject_id=thing.pk)
    return rows.order_by("-id").first()


def latest_of(things: Iterable[Kept]) -> dict[int, Handout]:
    """The last handing out of each of some things of one kind: one statement for a whole register."""
    asked = list(things)
    if not asked:
        return {}
    rows = Handout.objects.filter(
        project_id=asked[0].project_id, subject_label=label_of(asked[0]), subject_id__in=[thing.pk for thing in asked]
    )
    return {one.subject_id: one for one in rows.select_related("employee", "resident").order_by("id")}


def out(project: Project, label: str = "") -> QuerySet[Handout]:
    """What is in other hands now, the first due first."""
    rows = Handout.objects.filter(project=project, state=HandoutState.OUT)
    return (rows.filter(subject_label=label) if label else rows).order_by("due_at", "id")


def overdue(project: Project, at: datetime, label: str = "") -> QuerySet[Handout]:
    """What should be back by now."""
    return out(project, label).filter(due_at__lt=at)


def holders_of(project: Project, label: str) -> dict[int, str]:
    """Things of a kind that are out, with the name of who has them."""
    rows = out(project, label).select_related("employee", "resident")
    return {one.subject_id: one.holder for one in rows}


def countable(by: Actor, project_id: int) -> list[kinds.Kind]:
    """Kinds that this actor counts here."""
    return [k for k in kinds.registry.values() if k.counted and by.holds(project_id, *k.keepers)]


def lines(count: Count) -> QuerySet[Line]:
    """The things of a count, in the order of where they lie."""
    return Line.objects.filter(project_id=count.project_id, count=count).order_by("position", "id")


@dataclass(frozen=True)
class Standing:
    """A kind at one look."""

    kind: kinds.Kind
    kept: int
    out: int
    late: int


def standing(project: Project, at: datetime) -> list[Standing]:
    """Every kind: how much is kept, how much of it is out, how much of that is overdue."""
    rows = out(project).order_by().values("subject_label")
    told = rows.annotate(n=Number("id"), late=Number("id", filter=Q(due_at__lt=at)))
    found = {row["subject_label"]: (row["n"], row["late"]) for row in told}
    return [
        Standing(k, k.in_keeping(project).count(), *(k.out(project, at) if k.out else found.get(k.label, (0, 0))))
        for k in kinds.registry.values()
    ]


def agreeing(label: str, project: Project, since: datetime, until: datetime) -> Share:
    """Things found where the ledger says, of the things of closed counts of a kind (KEY-06)."""
    rows = Line.objects.filter(
        project=project, count__label=label, count__state=CountState.CLOSED,
        count__closed_at__gte=since, count__closed_at__lt=until,
    )  # fmt: skip
    return Share(rows.filter(is_found=True), rows)
