"""What is unfinished goes on with the next shift; what is an emergency, or late, is said with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries
from guanjia.parts.casework.models import UNFINISHED, Case
from guanjia.parts.clocks.models import Clock
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project


def unfinished(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.visible(project, by).filter(state__in=UNFINISHED)


def presses(at: datetime) -> Q:
    """An emergency, or a limit that is passed."""
    running = Clock.objects.filter(
        project_id=OuterRef("project_id"), subject_label="case", subject_id=OuterRef("pk"), state=Clock.State.RUNNING
    )
    return Q(urgency=Case.Urgency.EMERGENCY) | Q(Exists(running.filter(due_at__lt=at)))


def says(case: Case) -> str:
    return "　".join(part for part in (case.number, case.title, case.place) if part)


handed_over(
    "cases.unfinished", label=_("Unfinished cases"), rows=unfinished, urgent=presses, says=says, page="desk:queue",
    posts=posts.SERVICE | posts.ENGINEERING | posts.SUPERVISORS,
    mine=lambda employee_id: Q(owner_id=employee_id) | Q(executor_id=employee_id),
)  # fmt: skip
