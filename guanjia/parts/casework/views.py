"""The views of the queue: the one home of what each holds, for pages, the interface and counts alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks.models import Clock

from .models import ENDED, ONGOING, UNFINISHED, Case, State

LABELS = {
    "open": _("Open now"),
    "soon": _("Due soon"),
    "late": _("Over the limit"),
    "to_dispatch": _("To dispatch"),
    "mine": _("I took"),
    "my_work": _("I work on"),
    "to_confirm": _("Confirm and revisit"),
    "night": _("From the night"),
    "ended": _("Closed or cancelled"),
    "forced": _("Closed by force"),
    "today": _("Came in today"),
    "ended_today": _("Ended today"),
    "in_hand": _("In somebody's hands"),
    "visits": _("Visits agreed for today"),
    "week": _("Came in within seven days"),
    "came": _("Whatever came in"),
}
# Opened from a figure of the board; among the queue's own views they show only while they are looked at.
FROM_FIGURES = frozenset({"today", "ended_today", "in_hand", "visits", "week", "came"})
# How many of these a page counts; what has ended is never counted.
COUNTED = ("open", "soon", "late", "to_dispatch", "mine", "my_work", "to_confirm", "night")
# Narrower than a page shows, for programs that ask.
NARROWER = {"to_accept": Q(state=State.DISPATCHED), "working": Q(state__in=[State.WORKING, State.PAUSED]), "all": Q()}
NIGHT, WEEK = timedelta(hours=24), timedelta(days=7)


def day_start(at: datetime) -> datetime:
    """Midnight of this day."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def view_of(view: str, by: Actor, at: datetime) -> Q:
    """What a view holds; an unknown one is the open cases."""
    running = Clock.objects.filter(
        project_id=OuterRef("project_id"), subject_label="case", subject_id=OuterRef("pk"), state=Clock.State.RUNNING
    )
    today = day_start(at)
    agreed = Case.objects.filter(
        pk=OuterRef("pk"), project_id=OuterRef("project_id"), repair_orders__appointment_from__gte=today,
        repair_orders__appointment_from__lt=today + timedelta(days=1),
    )  # fmt: skip
    views: dict[str, Q] = {
        "open": Q(state__in=ONGOING),
        "soon": Q(Exists(running.filter(warn_at__lte=at, due_at__gte=at)), state__in=ONGOING),
        "late": Q(Exists(running.filter(due_at__lt=at)), state__in=ONGOING),
        "to_dispatch": Q(state=State.OPEN),
        "mine": Q(owner_id=by.id, state__in=ONGOING),
        "my_work": Q(executor_id=by.id, state__in=UNFINISHED),
        "to_confirm": Q(state__in=[State.DONE, State.CONFIRMED]),
        "night": Q(after_hours=True, state__in=ONGOING, reported_at__gt=at - NIGHT),
        "forced": Q(is_forced=True),
        "ended": Q(state__in=ENDED),
        "today": Q(reported_at__gte=today),
        "ended_today": Q(closed_at__gte=today),
        "came": Q(),
        "in_hand": Q(executor__isnull=False, state__in=UNFINISHED),
        "visits": Q(Exists(agreed), state__in=UNFINISHED),
        "week": Q(reported_at__gte=at - WEEK) & ~Q(state=State.CANCELLED),
        **NARROWER,
    }
    return views.get(view, views["open"])
