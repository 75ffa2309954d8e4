"""Reading calls: what rings at my extension, the list, how fast they were answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from .models import PhoneCall, Seat

# A call that nobody ended (the system went down) is shown no longer than this.
STALE = timedelta(hours=2)
# How long the desks where it rang as well are told who took it.
TAKEN = timedelta(seconds=20)


def seat_of(by: Actor, project: Project) -> str:
    """The extension that this person sits at; empty where none."""
    rows = Seat.objects.filter(project=project, employee_id=by.id, to_at__isnull=True)
    return rows.values_list("extension", flat=True).first() or ""


def for_me(project: Project, by: Actor) -> PhoneCall | None:
    """The call that rings at my extension or at all of them, or that I am in: one statement."""
    seats = Seat.objects.filter(project=project, employee_id=by.id, to_at__isnull=True)
    mine = Q(Exists(seats.filter(extension=OuterRef("extension"))))
    everywhere = Q(Exists(seats), extension="", state=PhoneCall.State.RINGING)
    rows = PhoneCall.visible_to(by).filter(
        mine | everywhere, project=project, state__in=["ringing", "answered"], rang_at__gt=by.at - STALE
    )
    return rows.select_related("resident").order_by("-rang_at", "-id").first()


def taken_elsewhere(project: Project, by: Actor, call_id: int) -> PhoneCall | None:
    """The call that rang here a moment ago and that somebody else has just taken."""
    rows = PhoneCall.visible_to(by).filter(project=project, pk=call_id, answered_at__gt=by.at - TAKEN)
    return rows.exclude(employee_id=by.id).select_related("employee").first()


def calls(project: Project, by: Actor) -> QuerySet[PhoneCall]:
    """Calls of the project, newest first."""
    return PhoneCall.visible_to(by).filter(project=project).select_related("employee", "line")


def figures(project: Project, by: Actor, since: datetime) -> dict[str, Any]:
    """How many came, how many were answered, and the middle and the slow end of how long they rang."""
    rows = PhoneCall.visible_to(by).filter(project=project, rang_at__gte=since)
    rung = sorted(one.ring_seconds or 0 for one in rows.filter(answered_at__isnull=False)[:5000])
    return {
        "all": rows.count(), "answered": len(rung), "missed": rows.filter(state=PhoneCall.State.MISSED).count(),
        "median": median(rung) if rung else None, "slow": rung[len(rung) * 19 // 20] if rung else None,
    }  # fmt: skip
