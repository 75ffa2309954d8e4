"""Staff of a plan into rows; the one-time passwords stay with the plan, to be shown once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.parts.imports.kinds import Tick
from guanjia.parts.imports.writing import Batches
from guanjia.places.models import Project

from ..operations import bring_in_staff
from .judging import StaffPlan

# Each account takes the time of a password's hash: told often how far it is.
AT_ONCE = 50


def write(project: Project, plan: StaffPlan, by: Actor, source: Mapping[str, Any], tick: Tick) -> dict[str, list[int]]:
    """All new staff; returns the ids of what was made."""
    fresh = [person for person in plan.people.values() if person.id is None]
    rows = [{**p.facts, "posts": [[pid, post, day.isoformat()] for (pid, post), day in p.posts.items()]} for p in fresh]
    batches = Batches(project, by, source, tick, len(rows))
    made = list(batches.bring(_("Staff"), bring_in_staff, rows, at_once=AT_ONCE))
    plan.once = [[one.number, one.name, one.one_time_password] for one in made]
    return {"employee": [one.pk for one in made]}
