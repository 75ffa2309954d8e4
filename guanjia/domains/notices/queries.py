"""Whom a notice reaches, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import label_of
from guanjia.parts.outreach.models import Message, Notice
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import Project

from .models import Bulletin, State

# How long a notice stands on the residents' page when nobody takes it down.
STANDS = timedelta(days=60)
# Messages of one notice that are one line of its page.
ALIKE = ("kind", "channel", "state", "fault")


def audience(bulletin: Bulletin, at: datetime) -> list[int]:
    """Residents who live, or own a home, in its buildings on that day: each once."""
    day, project_id = timezone.localdate(at), bulletin.project_id
    homes = Occupancy.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), project_id=project_id, from_on__lte=day
    )
    buildings = list(bulletin.places.filter(project_id=project_id).values_list("building_id", flat=True))
    if buildings:
        homes = homes.filter(house__unit__building_id__in=buildings)
    people = Resident.objects.filter(
        project_id=project_id, pk__in=homes.values("resident_id"), erased_at__isnull=True, merged_into__isnull=True
    )
    return list(people.order_by("pk").values_list("pk", flat=True))


def standing(project: Project, by: Actor) -> QuerySet[Bulletin]:
    """What residents find on their page, newest first."""
    rows = Bulletin.visible_to(by).filter(project=project, state=State.PUBLISHED, published_at__gt=by.at - STANDS)
    return rows.order_by("-published_at", "-id").prefetch_related("places__building")


@dataclass(frozen=True)
class Fate:
    """So many messages of one notice that have come to the same end, or wait for the same hour."""

    message: Message
    count: int


def reached(bulletin: Bulletin) -> tuple[int, list[Fate]]:
    """How many found it in the program; what became of the messages, and why: two statements."""
    about = {"project_id": bulletin.project_id, "subject_label": label_of(bulletin), "subject_id": bulletin.pk}
    told = Notice.objects.filter(**about, kind="bulletin", resident__isnull=False).count()
    rows = Message.objects.filter(**about, resident__isnull=False).values_list(*ALIKE)
    counted = rows.annotate(n=Count("id"), until=Max("next_at")).order_by("kind", "-n", "state")
    return told, [Fate(Message(next_at=until, **dict(zip(ALIKE, row, strict=True))), n) for *row, n, until in counted]
