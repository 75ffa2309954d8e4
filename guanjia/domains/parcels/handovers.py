"""What lies here goes from shift to shift: parcels counted, letters checked one by one (PAR-08)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project

from . import queries
from .models import UNSIGNED


def parcels(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.waiting(project, by).exclude(sort__in=UNSIGNED)


def letters(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.waiting(project, by).filter(sort__in=UNSIGNED)


handed_over(
    "parcels.waiting", label=_("Parcels waiting"), rows=parcels, block="letters", page="parcels:list", counted=True,
    posts=posts.COUNTER, mine=lambda employee_id: Q(keeper_id=employee_id),
)  # fmt: skip
handed_over(
    "parcels.letters", label=_("Letters and papers not handed round"), rows=letters, block="letters",
    page="parcels:letters", counted=True, posts=posts.COUNTER, mine=lambda employee_id: Q(keeper_id=employee_id),
)  # fmt: skip
