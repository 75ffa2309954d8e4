"""Ratios over a period: numerator and denominator as rows, so that each figure opens to what it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks.models import Clock
from guanjia.parts.standards.ratios import Share

TIMED = ("RPR-03", "RPR-04", "RPR-05", "RPR-06")
AGAIN = ("repairs.ask_rework", "cases.reopen")


def closed(project: Any, since: datetime, until: datetime) -> QuerySet[Case]:
    """Repairs closed in a span."""
    return Case.objects.filter(
        project=project, kind=Case.Kind.REPAIR, state=State.CLOSED, closed_at__gte=since, closed_at__lt=until
    )


def timely(project: Any, since: datetime, until: datetime) -> Share:
    """Repairs answered and completed on time, of those closed (RPR-11)."""
    late = Clock.objects.filter(
        project=project, subject_label="case", subject_id=OuterRef("pk"), state="missed", clause_id__in=TIMED
    )
    rows = closed(project, since, until)
    return Share(rows.filter(~Exists(late)), rows)


def lasting(project: Any, since: datetime, until: datetime) -> Share:
    """Repairs that were neither reopened nor reworked, of those closed (RPR-13)."""
    again = Event.objects.filter(project=project, subject_label="case", subject_id=OuterRef("pk"), name__in=AGAIN)
    rows = closed(project, since, until)
    return Share(rows.filter(~Exists(again)), rows)


def revisited(project: Any, since: datetime, until: datetime) -> Share:
    """Repairs with a recorded revisit, of those closed (RPR-10); a forced close lacks one."""
    asked = Event.objects.filter(
        project=project, subject_label="case", subject_id=OuterRef("pk"), name="followups.revisit"
    )
    rows = closed(project, since, until)
    return Share(rows.filter(Exists(asked)), rows)
