"""A plan into rows, by the batches of this room: places, then people, then homes, some thousand at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.parts.imports import placing
from guanjia.parts.imports.kinds import Tick
from guanjia.parts.imports.writing import Batches
from guanjia.places.models import Project

from .. import operations
from .plan import HomesPlan


def write(project: Project, plan: HomesPlan, by: Actor, source: Mapping[str, Any], tick: Tick) -> dict[str, list[int]]:
    """All of it, inside the transaction of the import; returns the ids of what was made."""
    writer = Writer(project, plan, by, source, tick)
    return {
        "building": writer.buildings(),
        "unit": writer.units(),
        "house": writer.houses(),
        "resident": writer.people(),
        "occupancy": writer.homes(),
    }


class Writer:
    """Writes the parts of a plan in the order in which they refer to one another."""

    def __init__(self, project: Project, plan: HomesPlan, by: Actor, source: Mapping[str, Any], tick: Tick) -> None:
        self.plan, self.by = plan, by
        plan.houses = {key: house for key, house in plan.houses.items() if not house.line.is_wrong}
        plan.homes = [home for home in plan.homes if home.house.key in plan.houses and not home.line.is_wrong]
        total = sum(new for _label, new, _old in plan.counts)
        self.batches = Batches(project, by, source, tick, total)

    def buildings(self) -> list[int]:
        fresh = [b for b in self.plan.buildings.values() if b.id is None]
        rows = [
            {"code": b.code, "name": b.name or f"{b.code}\u2009幢", "zone_name": b.zone, "floors": min(b.floors, 150)}
            for b in fresh
        ]
        made = list(self.batches.bring(_("Buildings"), operations.bring_in_buildings, rows))
        for facts, building in zip(fresh, made, strict=True):
            facts.id = building.pk
        return [b.pk for b in made]

    def units(self) -> list[int]:
        fresh = [key for key, pk in self.plan.units.items() if pk is None]
        rows = [{"building": self.plan.buildings[code].id, "code": unit} for code, unit in fresh]
        made = list(self.batches.bring(_("Units (entrances)"), operations.bring_in_units, rows))
        for key, unit in zip(fresh, made, strict=True):
            self.plan.units[key] = unit.pk
        return [u.pk for u in made]

    def houses(self) -> list[int]:
        fresh = [h for h in self.plan.houses.values() if h.id is None]
        lived_in = {home.house.key for home in self.plan.homes if home.role != "owner" or home.is_head}
        rows = [
            {
                "building": self.plan.buildings[h.key[0]].id, "unit": self.plan.units.get(h.key[:2]),
                "room": h.key[2], "floor": h.facts.get("floor") or placing.floor_of(h.key[2]),
                "area": h.facts.get("area"), "layout": h.facts.get("layout", ""),
                "use": h.facts.get("use") or ("lived_in" if h.key in lived_in else "vacant"),
                "moved_in_on": h.facts.get("moved_in_on"),
            }
            for h in fresh
        ]  # fmt: skip
        made = list(self.batches.bring(_("Houses"), operations.bring_in_houses, rows))
        for facts, house in zip(fresh, made, strict=True):
            facts.id = house.pk
        return [h.pk for h in made]

    def people(self) -> list[int]:
        fresh = [p for p in self.plan.people if p.id is None]
        rows = [{"name": p.name, "phone": p.phone, **p.facts} for p in fresh]
        made = list(self.batches.bring(_("Residents"), operations.bring_in_residents, rows))
        for facts, resident in zip(fresh, made, strict=True):
            facts.id = resident.pk
        return [r.pk for r in made]

    def homes(self) -> list[int]:
        today = timezone.localdate(self.by.at)
        rows = [
            {
                "resident": h.person.id, "house": h.house.id, "role": h.role, "relation": h.relation,
                "is_head": h.is_head, "from_on": h.from_on or min(today, h.until_on or today), "until_on": h.until_on,
            }
            for h in self.plan.homes
            if not h.is_known
        ]  # fmt: skip
        return [home.pk for home in self.batches.bring(pgettext("residents", "Homes"), operations.bring_in_homes, rows)]
