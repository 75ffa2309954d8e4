"""Keys that are out when a shift ends, those overdue to be explained."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.custody.models import Handout, HandoutState
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project

from . import queries


def out(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.loans(project, by).filter(state=HandoutState.OUT)


def unsealed(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.unsealed(project)


def told(handout: Handout) -> str:
    return f"{handout.title}　{handout.holder}"


handed_over(
    "keys.out", label=_("Keys out"), rows=out, block="keys", page="keys:home", says=told,
    posts=posts.COUNTER | posts.ENGINEERING,
    urgent=lambda at: Q(due_at__lt=at, explained_at__isnull=True), mine=lambda employee_id: Q(employee_id=employee_id),
)  # fmt: skip
handed_over(
    "keys.unsealed", label=_("Owners' keys to be sealed"), rows=unsealed, block="keys", page="keys:list",
    posts=posts.COUNTER, mine=lambda employee_id: Q(keeper_id=employee_id),
)  # fmt: skip
