"""Places: a building with its units and houses, a single house, a common part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import search, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Occupancy
from guanjia.places.models import Building, House, Project, Spot, Unit

from ..forms import BuildingForm, CloseForm, HouseForm, SpotForm, UseForm

MOST_HOUSES = 3000
CM2 = Decimal(10000)


@operation(Project, label=_("Add a building"), form=BuildingForm, creates=Building, clauses=["RES-01"], icon="building")
def register_building(
    project: Project, *, by: Actor, code: str, name: str, zone_name: str, units: int, floors: int, rooms: int
) -> Building:
    """A building with its units and all its houses at once: 12 floors × 2 units × 4 are 96 houses."""
    if max(units, 1) * floors * rooms > MOST_HOUSES:
        raise Refused(
            "rooms", _("More than %(most)d houses in one building. Check the numbers.") % {"most": MOST_HOUSES}
        )
    if Building.objects.filter(project=project, code=code).exists():
        raise Refused("code", _("This building is on record already."))
    building = Building.objects.create(
        project=project, code=code, name=name or f"{code}\u2009幢", zone_name=zone_name, floors=floors
    )
    entrances: list[Unit | None] = [
        Unit.objects.create(project=project, building=building, code=str(n)) for n in range(1, units + 1)
    ] or [None]
    made = House.objects.bulk_create(
        _house(building, unit, floor, f"{floor}{room:02d}")
        for unit in entrances
        for floor in range(1, floors + 1)
        for room in range(1, rooms + 1)
    )
    for house in made:
        search.index(project.pk, subjects.label_of(house), house.pk, house.search_text())
    return building


def code_of(building: Building, unit: Unit | None, room: str) -> str:
    """As it is said: 3-2-1201; without units 3-1201."""
    return "-".join(part for part in (building.code, unit.code if unit else "", room) if part)


def _house(building: Building, unit: Unit | None, floor: int, room: str, **more: Any) -> House:
    return House(
        project_id=building.project_id,
        building=building,
        unit=unit,
        floor=floor,
        room=room,
        code=code_of(building, unit, room),
        **more,
    )


@operation(Project, label=_("Add a house"), form=HouseForm, creates=House, clauses=["RES-01"], icon="home")
def register_house(
    project: Project, *, by: Actor, building: Building, unit: Unit | None, floor: int, room: str, area: Decimal | None,
    layout: str, use: str,
) -> House:  # fmt: skip
    """One house, with its code made from building, unit and room."""
    Building.objects.select_for_update(no_key=True).get(pk=building.pk, project=project)
    area_cm2 = int((area or 0) * CM2)
    house = _house(building, unit, floor, room, area_cm2=area_cm2, layout=layout, use=use)
    if House.objects.filter(project=project, code=house.code).exists():
        raise Refused("room", _("House %(code)s is on record already.") % {"code": house.code})
    house.save(force_insert=True)
    return house


@need(sentence=_("This house is closed."))
def is_open(house: House) -> bool:
    return not house.is_closed


@operation(House, label=_("Change use"), form=UseForm, needs=[is_open], icon="home")
def change_use(house: House, *, by: Actor, use: str) -> None:
    """Lived in, vacant, under renovation, shop."""
    lived = Occupancy.objects.filter(project_id=house.project_id, house=house, ended_on__isnull=True)
    if use == House.Use.VACANT and lived.exclude(role=Occupancy.Role.OWNER).exists():
        raise Refused("use", _("Somebody lives here on record. Move them out first."))
    house.use = use


@operation(House, label=_("Close the house"), form=CloseForm, needs=[is_open], danger=True, icon="home")
def close_house(house: House, *, by: Actor, reason: str) -> None:
    """It is managed no longer (merged with its neighbour, given up). Its history stays."""
    if Occupancy.objects.filter(project_id=house.project_id, house=house, ended_on__isnull=True).exists():
        raise Refused("", _("People are on record here. Move them out first."))
    house.is_closed = True


@operation(Project, label=_("Add a common part"), form=SpotForm, creates=Spot, icon="map-pin")
def register_spot(
    project: Project, *, by: Actor, kind: str, name: str, building: Building | None, unit: Unit | None
) -> Spot:
    """Lobby, lift, garage, plant room …"""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if Spot.objects.filter(project=project, name=name).exists():
        raise Refused("name", _("A common part of this name is on record already."))
    return Spot.objects.create(
        project=project, kind=kind, name=name, building=building or (unit.building if unit else None), unit=unit
    )
