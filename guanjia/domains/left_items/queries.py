"""Reading what was left with us."""

from __future__ import annotations

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from .models import LeftItem, State


def count_of(houses: list[int], project: Project, by: Actor) -> int:
    """How many things are kept for a household."""
    rows = LeftItem.visible_to(by).filter(project=project, house__in=houses, state=State.KEPT)
    return int(rows.count()) if houses else 0
