"""The places of a demo community: nine buildings, 620 houses, common parts, three districts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from guanjia.kernel import search
from guanjia.places.models import Building, District, DistrictPart, House, Project, Spot, Unit

# Building → (area, units, floors, houses a floor and unit).
PLAN = {str(n): ("东区" if n <= 4 else "西区", 2, 18, 2) for n in range(1, 9)} | {"9": ("西区", 1, 11, 4)}
DISTRICTS = {"一区": "123", "二区": "456", "三区": "789"}
LAYOUTS = (("两室一厅", 886000), ("三室两厅", 1186000), ("四室两厅", 1428000))
GROUNDS = (
    ("garage", "地下车库一层"),
    ("garage", "地下车库二层"),
    ("garden", "中心花园"),
    ("garden", "儿童活动区"),
    ("gate", "东大门"),
    ("gate", "南门"),
    ("plant_room", "配电房"),
    ("plant_room", "水泵房"),
)


@dataclass
class Grounds:
    """What was built."""

    project: Project
    buildings: list[Building] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    districts: list[District] = field(default_factory=list)


def build(project: Project, rng: random.Random) -> Grounds:
    """Buildings, houses, spots and districts, with their search rows."""
    made = Grounds(project)
    made.buildings = Building.objects.bulk_create(
        Building(project=project, code=code, name=f"{code}\u2009幢", zone_name=zone, floors=floors)
        for code, (zone, _units, floors, _rooms) in PLAN.items()
    )
    units = Unit.objects.bulk_create(
        Unit(project=project, building=building, code=str(number))
        for building in made.buildings
        for number in range(1, PLAN[building.code][1] + 1)
    )
    made.houses = House.objects.bulk_create(house for unit in units for house in _houses(unit, rng))
    _spots(project, made.buildings, units)
    made.districts = District.objects.bulk_create(District(project=project, name=name) for name in DISTRICTS)
    DistrictPart.objects.bulk_create(
        DistrictPart(project=project, district=district, building=building)
        for district in made.districts
        for building in made.buildings
        if building.code in DISTRICTS[district.name]
    )
    search.index_many(project.pk, "house", ((h.pk, h.search_text(), ()) for h in made.houses))
    return made


def _houses(unit: Unit, rng: random.Random) -> list[House]:
    _zone, _units, floors, rooms = PLAN[unit.building.code]
    houses = []
    for floor in range(1, floors + 1):
        for number in range(1, rooms + 1):
            layout, area = LAYOUTS[(number + int(unit.code)) % 3]
            room = f"{floor}{number:02d}"
            draw = rng.random()
            use = House.Use.VACANT if draw < 0.08 else House.Use.RENOVATING if draw < 0.1 else House.Use.LIVED_IN
            houses.append(
                House(
                    project_id=unit.project_id,
                    building=unit.building,
                    unit=unit,
                    floor=floor,
                    room=room,
                    code=f"{unit.building.code}-{unit.code}-{room}",
                    area_cm2=area,
                    layout=layout,
                    use=use,
                )
            )
    return houses


def _spots(project: Project, buildings: list[Building], units: list[Unit]) -> None:
    kinds = (("lobby", "大堂"), ("lift", "电梯"), ("corridor", "楼道"))
    in_units = [
        Spot(project=project, building=u.building, unit=u, kind=kind, name=f"{u.building.code} 幢 {u.code} 单元{word}")
        for u in units
        for kind, word in kinds
    ]
    roofs = [Spot(project=project, building=b, kind="roof", name=f"{b.code} 幢屋面") for b in buildings]
    grounds = [Spot(project=project, kind=kind, name=name) for kind, name in GROUNDS]
    Spot.objects.bulk_create([*in_units, *roofs, *grounds])
