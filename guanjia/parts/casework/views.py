"""The views of the queue: the one home of what each holds, for pages, the interface and counts alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks.models import Clock

from .models import ENDED, ONGOING, UNFINISHED, State

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
}
# How many of these a page counts; what has ended is never counted.
COUNTED = ("open", "soon", "late", "to_dispatch", "mine", "my_work", "to_confirm", "night")
# Narrower than a page shows, for programs that ask.
NARROWER = {"to_accept": Q(state=State.DISPATCHED), "working": Q(state__in=[State.WORKING, State.PAUSED]), "all": Q()}
NIGHT = timedelta(hours=24)


def view_of(view: str, by: Actor, at: datetime) -> Q:
    """What a view holds; an unknown one is the open cases."""
    running = Clock.objects.filter(
        project_id=OuterRef("project_id"), subject_label="case", subject_id=OuterRef("pk"), state=Clock.State.RUNNING
    )
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
        **NARROWER,
    }
    return views.get(view, views["open"])
