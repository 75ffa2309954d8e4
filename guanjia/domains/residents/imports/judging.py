"""Rows into a plan: places first, then people, then who lives where. Whatever does not add up is a finding."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.parts.imports import placing
from guanjia.parts.imports.kinds import Judge, Line, Tell
from guanjia.parts.imports.placed import HouseKey
from guanjia.places.models import Project

from .columns import HOUSE_FACTS
from .known import Known
from .people import People
from .plan import BuildingFacts, HomesPlan, HouseFacts

MOST_ROOMS = 3000


def judge(project: Project, lines: list[Line], has: list[frozenset[str]], tell: Tell, by: Actor) -> HomesPlan:
    """The plan of a file of houses and residents."""
    plan, known = HomesPlan(), Known(project)
    places = Places(plan, known, has, tell)
    for line in lines:
        places.take(line)
    people = People(plan, known, places, tell)
    for line in lines:
        people.meet(line)
    for line in lines:
        people.settle(line)
    people.name_heads()
    return plan


class Places(Judge):
    """Buildings, units and houses that rows name."""

    def __init__(self, plan: HomesPlan, known: Known, has: list[frozenset[str]], tell: Tell) -> None:
        super().__init__(tell)
        self.plan, self.known, self.has = plan, known, has
        self.of_line: dict[tuple[int, int], HouseFacts] = {}
        self.rooms: dict[tuple[str, str], list[HouseKey]] = {}
        self.addresses: dict[str, str] = {}
        self.broken: dict[HouseKey, int] = {}
        self.gives_places = [bool(columns & HOUSE_FACTS) or "name" not in columns for columns in has]

    def take(self, line: Line) -> None:
        """What a row says of places."""
        if line.get("type") == "-":
            self.note(line, "type", _("This is no house (parking, storage): left out."))
            line.values.clear()
            return
        key = self._key(line)
        if key is None or line.is_wrong:
            if key is not None and key[2]:
                self.broken.setdefault(key, line.number)
            return
        is_first = key[0] not in self.plan.buildings
        building = self._building(line, key[0])
        if key[2]:
            self._house(line, key, building)
            if is_first and (line.sheet, line.number) not in self.of_line:
                del self.plan.buildings[key[0]]  # a building stands for a house of it, not for a row that is left out
        elif line.get("houses"):
            self._whole_building(line, building)

    def _key(self, line: Line) -> HouseKey | None:
        """Building, unit and room; None where the row names no place."""
        said, room, unit = line.get("building", ""), line.get("room", ""), line.get("unit", "")
        full = placing.whole(room) if room and not room.isalnum() else None
        if full is not None:
            known = self.known.building(full.building) or full.building
            return (known, full.unit, full.room)
        if not said:
            if room:
                self.wrong(line, "building", _("The building is missing: write its number, or the room in full."))
            return None
        code = self._code(line, said)
        return (code, unit, room) if code else None

    def _code(self, line: Line, said: str) -> str:
        plain = placing.building(said)
        code = self.known.building(plain or said) or plain
        if code:
            return code
        if (known := self.addresses.get(said)) is not None:
            return known
        code = placing.address_code(said)
        if not code or code in self.plan.buildings or self.known.building(code):
            self.wrong(
                line,
                "building",
                _("“%(said)s” is no building here. Write its number, for example 3 or 3号楼.") % {"said": said[:30]},
            )
            return ""
        self.addresses[said] = code
        return code

    def _building(self, line: Line, code: str) -> BuildingFacts:
        found = self.plan.buildings.get(code)
        if found is None:
            known = self.known.buildings.get(code.upper())
            name = next((a for a, c in self.addresses.items() if c == code), "")[:30]
            found = BuildingFacts(code, name, id=known[0] if known else None)
            self.plan.buildings[code] = found
        floors = line.get("floors")
        if floors and floors <= 120:
            found.floors = max(found.floors, floors)
        found.zone = found.zone or line.get("zone", "")
        unit = line.get("unit", "")
        if unit and not line.get("room"):
            self.plan.units.setdefault((code, unit), self.known.units.get((code, unit)))
        return found

    def _house(self, line: Line, key: HouseKey, building: BuildingFacts) -> None:
        key = self._meant(key)
        if len("-".join(key)) > 30:
            self.wrong(line, "room", _("Building, unit and room together are too long."))
            return
        facts = {name: line.get(name) for name in ("area", "layout", "use", "moved_in_on", "floor")}
        facts["use"] = facts["use"] or line.get("type")
        found = self.plan.houses.get(key)
        if found is None:
            found = self._new(line, key, facts)
            if found is None:
                return
        elif not self._agrees(line, found, facts):
            return
        building.floors = max(building.floors, facts["floor"] or placing.floor_of(key[2]))
        self.of_line[(line.sheet, line.number)] = found

    def _meant(self, key: HouseKey) -> HouseKey:
        """A room without its unit is the only one of that number in the building."""
        building, unit, room = key
        if unit or key in self.plan.houses or key in self.known.houses:
            return key
        there = [*self.rooms.get((building, room), []), *self.known.rooms.get((building, room), [])]
        return there[0] if len(set(there)) == 1 else key

    def _new(self, line: Line, key: HouseKey, facts: dict[str, Any]) -> HouseFacts | None:
        known = self.known.houses.get(key)
        code = "-".join(part for part in key if part)
        if known is None and not self.gives_places[line.sheet] and (self.known.houses or any(self.gives_places)):
            self.wrong(
                line,
                "room",
                _("House %(code)s is neither on record nor in the file. Add the house first.") % {"code": code},
            )
            return None
        if known is not None and known[2]:
            self.wrong(line, "room", _("House %(code)s is closed.") % {"code": code})
            return None
        if known is not None and facts["area"] is not None and known[1] and known[1] != int(facts["area"] * 10_000):
            sentence = _("House %(code)s is on record with another floor area. It is left as it is.")
            self.note(line, "area", sentence % {"code": code})
        found = HouseFacts(
            key, line, {n: v for n, v in facts.items() if v not in (None, "")}, known[0] if known else None
        )
        self.plan.houses[key] = found
        self.rooms.setdefault((key[0], key[2]), []).append(key)
        if key[1]:
            self.plan.units.setdefault(key[:2], self.known.units.get(key[:2]))
        return found

    def _agrees(self, line: Line, found: HouseFacts, facts: dict[str, Any]) -> bool:
        """The same house again: with another person it is welcome, alone or with other facts it is wrong."""
        names = {"code": found.code, "row": found.line.number}
        if "name" not in self.has[line.sheet] and line.sheet == found.line.sheet:
            self.wrong(
                line, "room", _("House %(code)s stands in row %(row)d already. Keep one of the two rows.") % names
            )
            return False
        for name, value in facts.items():
            if value not in (None, "") and found.facts.setdefault(name, value) != value:
                self.wrong(line, name, _("Row %(row)d says something else of house %(code)s.") % names)
                return False
        return True

    def _whole_building(self, line: Line, building: BuildingFacts) -> None:
        """A building by its totals: houses numbered through, as they are in buildings that are counted so."""
        houses, sections, floors = line.get("houses", 0), line.get("sections") or 1, line.get("floors") or 1
        if houses > MOST_ROOMS:
            self.wrong(
                line, "houses", _("More than %(most)d houses in one building. Check the number.") % {"most": MOST_ROOMS}
            )
            return
        each, rest = divmod(houses, sections * floors)
        if rest or not each:
            self.wrong(
                line,
                "houses",
                _(
                    "%(houses)d houses do not spread evenly over %(sections)d units and %(floors)d floors. Send a list of the houses."  # noqa: E501
                )
                % {"houses": houses, "sections": sections, "floors": floors},
            )
            return
        for number in range(houses):
            section, within = divmod(number, each * floors)
            key = (building.code, str(section + 1) if sections > 1 else "", str(number + 1))
            if key not in self.plan.houses:
                self._new(line, key, {"floor": within // each + 1, "area": None})


__all__ = ["Places", "judge"]
