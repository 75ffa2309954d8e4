"""What a repair owes each day while it is open: a word with who works on it and with who waits for it (RPR-07)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.casework.models import UNFINISHED, Case
from guanjia.parts.obligations.rules import owed
from guanjia.places.models import Project

from .models import RepairOrder

# Acts that are a word with the resident by themselves.
SPOKEN = ("repairs.agree_visit", "repairs.agree_completion", "repairs.consent_quote", "repairs.arrive")
ENDS = ("repairs.finish", "cases.cancel", "cases.force_close")


def open_repairs(project: Project, at: datetime) -> QuerySet[Case]:
    """Repairs that were in work at a moment, owed by who owns them."""
    worked = RepairOrder.objects.filter(project=project, case=OuterRef("pk"), finished_at__gt=at)
    still = Q(state__in=UNFINISHED) | Q(closed_at__gt=at, finished_at__isnull=True) | Q(Exists(worked))
    rows = Case.objects.filter(project=project, kind=Case.Kind.REPAIR, reported_at__lt=at)
    return rows.annotate(
        finished_at=F("repair_orders__finished_at"), owes_id=F("owner_id")
    ).filter(still)  # fmt: skip


def is_a_word(event: Event, case: Any) -> bool:
    """A note counts when it says with whom somebody of the centre spoke."""
    return event.actor_kind == "staff" and (event.name != "cases.note" or bool(event.given.get("contact")))


owed(
    "RPR-07", key="repairs.progress", subject="case", label=_("Daily word about open repairs"), unit=_("repairs"),
    subjects=open_repairs, settles=["cases.note", *SPOKEN], counts=is_a_word, ends=ENDS,
)  # fmt: skip
