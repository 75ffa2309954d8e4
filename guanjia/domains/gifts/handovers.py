"""Gifts that nobody has taken over yet lie at the desk: they are counted."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project

from .models import Gift, State


def lying_here(project: Project, by: Actor) -> QuerySet[Any]:
    return Gift.visible_to(by).filter(project=project, state=State.RECEIVED)


handed_over(
    "gifts.received", label=_("Gifts to be handed over"), rows=lying_here, block="goods", page="gifts:list",
    counted=True, posts=posts.COUNTER, mine=lambda employee_id: Q(received_by_id=employee_id),
)  # fmt: skip
