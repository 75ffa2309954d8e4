"""Reading places: a house by how it is said, buildings with their floors, spots, and the houses of a district."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Building, District, DistrictPart, House, Project, Spot

_SPOKEN = re.compile(r"\s*(?:号?楼|幢|栋|座|单元|室|号|[-–—/.,，、\s])+\s*")


def projects() -> QuerySet[Project]:
    """Communities that are managed, the head office left out."""
    return Project.objects.exclude(kind=Project.Kind.OFFICE)


def project_of(code: str) -> Project | None:
    """The project of an address."""
    return Project.objects.filter(code=code[:20]).first()


def between(project: Project, first: date, last: date) -> tuple[datetime, datetime]:
    """The moments of some days at the project: from the first's beginning to the last's end, which is not of them."""
    zone = ZoneInfo(project.zone)
    return datetime.combine(first, time(0), zone), datetime.combine(last + timedelta(days=1), time(0), zone)


def head_office() -> Project | None:
    """Where company acts are journaled."""
    return Project.objects.filter(kind=Project.Kind.OFFICE).order_by("id").first()


def code_of(spoken: str) -> str:
    """`3幢2单元1201`, `3 2 1201`, `３－２－１２０１` as `3-2-1201`."""
    plain = unicodedata.normalize("NFKC", spoken).strip()
    return _SPOKEN.sub("-", plain).strip("-")[:30]


def house_by_code(project: Project, spoken: str) -> House | None:
    """The house that is meant, or None."""
    code = code_of(spoken)
    return houses(project).filter(code=code).first() if code else None


def houses(project: Project) -> QuerySet[House]:
    """Houses that are managed, with what their title needs."""
    return House.objects.filter(project=project, is_closed=False).select_related("building", "unit")


def buildings(project: Project) -> QuerySet[Building]:
    return Building.objects.filter(project=project)


def houses_of_building(building: Building) -> QuerySet[House]:
    """All houses of a building, the highest floor first, as a floor stack draws them."""
    return (
        House.objects.filter(project_id=building.project_id, building=building)
        .select_related("unit")
        .order_by("-floor", "unit__id", "room", "id")
    )


def spots(project: Project, building: Building | None = None) -> QuerySet[Spot]:
    """Common parts of the project; of one building and the grounds when a building is given."""
    rows = Spot.objects.filter(project=project).select_related("building")
    return rows if building is None else rows.filter(Q(building=building) | Q(building__isnull=True))


def districts(project: Project) -> QuerySet[District]:
    return District.objects.filter(project=project).prefetch_related("parts__building", "parts__unit__building")


def district_of(house: House) -> District | None:
    """The district a house belongs to: its unit's own, otherwise its building's."""
    part = parts_of(house).select_related("district").first()
    return part.district if part else None


def parts_of(house: House) -> QuerySet[DistrictPart]:
    """What a house belongs to a district by; the first one decides."""
    return (
        DistrictPart.objects.filter(project_id=house.project_id)
        .filter(Q(unit_id=house.unit_id, unit__isnull=False) | Q(building_id=house.building_id))
        .order_by("unit_id")
    )


def houses_of_districts(project: Project, district_ids: Iterable[int]) -> QuerySet[House]:
    """Houses of the districts. A unit that is a district's own does not count to the district of its building."""
    parts = DistrictPart.objects.filter(project=project)
    mine = parts.filter(district_id__in=list(district_ids))
    return House.objects.filter(project=project, is_closed=False).filter(
        Exists(mine.filter(unit_id=OuterRef("unit_id")))
        | (
            Exists(mine.filter(building_id=OuterRef("building_id")))
            & ~Exists(parts.filter(unit_id=OuterRef("unit_id")))
        )
    )
