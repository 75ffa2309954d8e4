"""What this room itself leaves to the next shift: what was noted as important, what is passed on, who is out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.places.models import Project

from . import queries


def important(project: Project, by: Actor) -> QuerySet[Any]:
    """Of the last day."""
    return queries.notes(project, by).filter(is_important=True, at__gt=by.at - timedelta(days=1))


def passed_on(project: Project, by: Actor) -> QuerySet[Any]:
    today = by.at.astimezone(ZoneInfo(project.zone)).date()
    return queries.pass_ons(project, by).filter(state="in_force", until_on__gte=today)


handed_over("shifts.important", label=_("Important in the log"), rows=important, block="notes", page="shifts:log:list")
handed_over("shifts.pass_ons", label=_("Passed on"), rows=passed_on, block="notes", page="shifts:pass-ons:list")
handed_over(
    "shifts.outings", label=_("Colleagues who are out"), rows=queries.out_now, block="notes",
    page="shifts:outings:list", urgent=lambda at: Q(due_at__lt=at), mine=lambda employee_id: Q(employee_id=employee_id),
)  # fmt: skip
