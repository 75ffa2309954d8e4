"""Keys of a plan into rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.parts.imports.kinds import Tick
from guanjia.parts.imports.writing import Batches
from guanjia.places.models import Project

from ..operations import bring_in_cabinets, bring_in_keys
from .judging import KeysPlan


def write(project: Project, plan: KeysPlan, by: Actor, source: Mapping[str, Any], tick: Tick) -> dict[str, list[int]]:
    """New cabinets and keys; returns the ids of what was made. Keys with a slot first: the others take what is left."""
    batches = Batches(project, by, source, tick, len(plan.fresh) + len(plan.cabinets))
    wanted = [{"name": one.name, "place": _("Not said yet"), **one.size} for one in plan.cabinets.values()]
    cabinets = list(batches.bring(_("Cabinets"), bring_in_cabinets, wanted)) if wanted else []
    ids = {name: made.pk for name, made in zip(plan.cabinets, cabinets, strict=True)}
    fresh = [
        {**row, "cabinet": row["cabinet"] or ids.get(plan.hung_in.get(number, ""))}
        for number, row in plan.fresh.items()
    ]
    rows = sorted(fresh, key=lambda row: not row["slot"])
    keys = list(batches.bring(pgettext("custody", "Keys"), bring_in_keys, rows)) if rows else []
    return {"key": [key.pk for key in keys], "key_cabinet": [one.pk for one in cabinets]}
