"""Things left with us are counted from shift to shift; what should be gone by now is explained."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project

from .models import LeftItem, State


def kept(project: Project, by: Actor) -> QuerySet[Any]:
    return LeftItem.visible_to(by).filter(project=project, state=State.KEPT)


handed_over(
    "left_items.kept", label=_("Things left with us"), rows=kept, block="goods", page="left_items:list", counted=True,
    posts=posts.COUNTER, urgent=lambda at: Q(due_at__lt=at), mine=lambda employee_id: Q(keeper_id=employee_id),
)  # fmt: skip
