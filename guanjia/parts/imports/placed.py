"""Buildings and houses of a project by the words under which a file names them, read once whatever its size."""

from __future__ import annotations

from collections import defaultdict

from guanjia.places.models import Building, House, Project

from . import placing

HouseKey = tuple[str, str, str]


class Placed:
    """What stands on record: a house as (id, floor area, closed), a building as (id, code)."""

    def __init__(self, project: Project) -> None:
        self.buildings: dict[str, tuple[int, str]] = {}
        self.by_name: dict[str, str] = {}
        for pk, code, name in Building.objects.filter(project=project).values_list("pk", "code", "name"):
            self.buildings[code.upper()] = (pk, code)
            self.by_name["".join(name.split()).lower()] = code
        self.houses: dict[HouseKey, tuple[int, int, bool]] = {}
        self.rooms: dict[tuple[str, str], list[HouseKey]] = defaultdict(list)
        rows = House.objects.filter(project=project)
        for pk, building, unit, room, area, is_closed in rows.values_list(
            "pk", "building__code", "unit__code", "room", "area_cm2", "is_closed"
        ).iterator(5000):
            key = (building, unit or "", room)
            self.houses[key] = (pk, area, is_closed)
            self.rooms[(building, room)].append(key)

    def building(self, text: str) -> str:
        """The code of a building on record that is called so."""
        found = self.buildings.get(text.upper())
        return found[1] if found else self.by_name.get("".join(text.split()).lower(), "")

    def house(self, said: str) -> HouseKey | None:
        """The house on record that is said in full, with its unit or, where that is plain, without."""
        full = placing.whole(said)
        if full is None:
            return None
        code = self.building(full.building) or full.building
        key = (code, full.unit, full.room)
        if key in self.houses:
            return key
        there = [] if full.unit else self.rooms.get((code, full.room), [])
        return there[0] if len(there) == 1 else None
