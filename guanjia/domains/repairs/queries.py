"""Reads of repairs: the order of a case, whom to send, appointments, gate list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import UNFINISHED, Case
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.models import Employee, Skill

from .models import RepairOrder

MOST_ATTEMPTS = 3


def order_of(case: Case) -> RepairOrder:
    """The work order of a repair, read once per case object."""
    kept = case.__dict__.get("_order")
    if kept is None:
        kept = RepairOrder.objects.get(project_id=case.project_id, case_id=case.pk)
        case.__dict__["_order"] = kept
    return kept


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be sent, and why."""

    employee: Employee
    level: int
    load: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Skilled before unskilled, then who has least in hand, then the order of hiring."""
        return (0 if self.level else 1, self.load, self.employee.pk)


def candidates(project: Any, category: str, at: datetime) -> list[Candidate]:
    """Technicians on duty, best first: skill, then load (ORG-15, RPR-02)."""
    on_duty = people.on_duty(project, posts.TECHNICIAN, at)
    skills = dict(
        Skill.objects.filter(project=project, repair_type=category, employee__in=on_duty).values_list(
            "employee_id", "level"
        )
    )
    load = casework.load(project, [e.pk for e in on_duty])
    found = [Candidate(e, skills.get(e.pk, 0), load.get(e.pk, 0)) for e in on_duty]
    return sorted(found, key=lambda c: c.rank)


def appointments(project: Any, by: Actor, start: datetime, end: datetime) -> list[RepairOrder]:
    """Visits agreed for a span, by time, of cases that the actor may see."""
    seen = Case.visible_to(by).filter(project=project, state__in=UNFINISHED)
    rows = RepairOrder.objects.filter(
        project=project, appointment_from__gte=start, appointment_from__lt=end, case__in=seen
    )
    return list(rows.select_related("case__house", "case__spot", "case__executor").order_by("appointment_from")[:50])


def orders_of(cases: list[Case]) -> dict[int, RepairOrder]:
    """The orders of many repairs, one statement."""
    ids = [c.pk for c in cases if c.is_repair]
    rows = RepairOrder.objects.filter(project_id__in={c.project_id for c in cases}, case_id__in=ids)
    return {order.case_id: order for order in rows}
