"""Reading inspections: the register, one with its marks, how a clause was kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from .models import Inspection, Mark, State


def inspections(project: Project, by: Actor) -> QuerySet[Inspection]:
    return Inspection.visible_to(by).filter(project=project).select_related("project", "employee", "spot", "inspector")


def marks_of(inspection: Inspection) -> list[Mark]:
    rows = Mark.objects.filter(project_id=inspection.project_id, inspection=inspection)
    return list(rows.select_related("corrected_by").order_by("id"))


def kept(project: Project, clause_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many items of a clause were looked at and in order in a span."""
    rows: Any = Mark.objects.filter(
        project=project, clause_id=clause_id, inspected_at__gte=since, inspected_at__lt=until
    ).exclude(state=State.SKIPPED)
    return dict(rows.aggregate(due=Count("pk"), met=Count("pk", filter=Q(is_fault=False))))


def faults_of(project: Project, by: Actor, clause_id: str, since: datetime, until: datetime) -> QuerySet[Mark]:
    rows = Mark.visible_to(by).filter(
        project=project, clause_id=clause_id, is_fault=True, inspected_at__gte=since, inspected_at__lt=until
    )
    return rows.select_related("project", "inspection__employee", "inspection__spot").order_by("-id")
