"""Whose house, and how many a steward cares for (ORG-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from guanjia.places import queries as places
from guanjia.places.models import District, House, Project

from ..models import DistrictPost, Employee
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
