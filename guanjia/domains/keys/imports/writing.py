"""Keys of a plan into rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.parts.imports.kinds import Tick
from guanjia.parts.imports.writing import Batches
from guanjia.places.models import Project

from ..operations import bring_in_keys
from .judging import KeysPlan


def write(project: Project, plan: KeysPlan, by: Actor, source: Mapping[str, Any], tick: Tick) -> dict[str, list[int]]:
    """All new keys; returns the ids of what was made. Those with a slot first: the others take what is left."""
    rows = sorted(plan.fresh.values(), key=lambda row: not row["slot"])
    batches = Batches(project, by, source, tick, len(rows))
    return {"key": [key.pk for key in batches.bring(pgettext("custody", "Keys"), bring_in_keys, rows)]}
