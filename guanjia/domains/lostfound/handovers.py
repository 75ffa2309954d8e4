"""Finds that are not with security yet are counted from shift to shift; what is missed goes on being looked for."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project

from . import queries
from .models import Find, State


def lying_here(project: Project, by: Actor) -> QuerySet[Any]:
    return Find.visible_to(by).filter(project=project, state=State.FOUND)


handed_over(
    "lostfound.found",
    label=pgettext_lazy("lostfound", "Finds not yet with security"),
    rows=lying_here,
    block="goods",
    page="lostfound:list",
    posts=posts.COUNTER,
    counted=True,
    mine=lambda employee_id: Q(keeper_id=employee_id),
)
handed_over(
    "lostfound.missed", label=pgettext_lazy("lostfound", "Still looked for"), rows=queries.missed, block="notes",
    page="lostfound:losses", posts=posts.COUNTER | posts.SECURITY,
)  # fmt: skip
