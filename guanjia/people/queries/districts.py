"""Whose house, and how many a steward cares for (ORG-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from guanjia.places import queries as places
from guanjia.places.models import District, DistrictPart, House, Project

from ..models import DistrictPost, Employee, Occupancy
from .dates import holding

MOST_HOUSEHOLDS = 600


def steward_of(house: House, at: datetime) -> Employee | None:
    """The steward of a house: of its unit's district, else of its building's. Leave does not change whose it is."""
    return steward_of_district(house.project_id, places.parts_of(house).values("district_id")[:1], at)


def steward_of_district(project_id: int, district: Any, at: datetime) -> Employee | None:
    row = (
        DistrictPost.objects.filter(holding(timezone.localdate(at)), district_id=district, project_id=project_id)
        .select_related("employee")
        .order_by("-from_on", "-id")
        .first()
    )
    return row.employee if row and row.employee.state == Employee.State.ACTIVE else None


def steward_ids(project: Project, at: datetime, house: str = "") -> Subquery:
    """The steward of each row of a query, as a column: `house` is the way from the row to its house."""
    unit, building = OuterRef(OuterRef(f"{house}unit_id")), OuterRef(OuterRef(f"{house}building_id"))
    parts = DistrictPart.objects.filter(Q(unit_id=unit, unit__isnull=False) | Q(building_id=building), project=project)
    district = parts.order_by("unit_id").values("district_id")[:1]
    held = DistrictPost.objects.filter(
        holding(timezone.localdate(at)), project=project, district_id=Subquery(district),
        employee__state=Employee.State.ACTIVE,
    )  # fmt: skip
    return Subquery(held.order_by("-from_on", "-id").values("employee_id")[:1])


def stewards_of_residents(project: Project, at: datetime) -> Subquery:
    """The same for rows that have a `resident`: of the home where they are the head, else the first."""
    homes = Occupancy.objects.filter(project=project, resident=OuterRef("resident_id"), ended_on__isnull=True)
    kept = homes.annotate(keeper=steward_ids(project, at, "house__")).order_by("-is_head", "id")
    return Subquery(kept.values("keeper")[:1])


def districts_of(employee: Employee, project: Project, at: datetime) -> QuerySet[District]:
    """Districts a steward has now."""
    mine = DistrictPost.objects.filter(
        holding(timezone.localdate(at)), project=project, employee=employee, district=OuterRef("pk")
    )
    return District.objects.filter(Exists(mine), project=project)


def households_of(employee: Employee, project: Project, at: datetime) -> int:
    """How many households a steward cares for at the project."""
    ids = districts_of(employee, project, at).values_list("id", flat=True)
    return places.houses_of_districts(project, ids).count()


def households_per_steward(project: Project, at: datetime) -> dict[int, int]:
    """Households of each steward: employee id → houses."""
    rows = DistrictPost.objects.filter(holding(timezone.localdate(at)), project=project)
    mine: dict[int, list[int]] = {}
    for employee_id, district_id in rows.values_list("employee_id", "district_id"):
        mine.setdefault(employee_id, []).append(district_id)
    return {e: places.houses_of_districts(project, ids).count() for e, ids in mine.items()}
