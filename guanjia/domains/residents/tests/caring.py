"""Households that are cared for, for the tests of this room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from guanjia.domains.residents.models import CareFile
from guanjia.domains.residents.operations import (
    add_care_tag,
    add_emergency_contact,
    give_consent,
    open_care_file,
)
from guanjia.people.models import DistrictPost, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import Building, District, DistrictPart, House

NOTE = "独居，膝盖不好"


def cared(north: Community, who: Resident | None = None, kind: str = "elderly") -> Resident:
    """A mark of care on somebody: what puts them on the list."""
    person = who or north.owner
    add_care_tag(person, by=north.by("steward"), kind=kind, note=NOTE)
    return person


def filed(north: Community, **more: Any) -> CareFile:
    """A care file, with all that it wants."""
    person = cared(north)
    give_consent(person, by=north.by("officer"), purpose="care", mode="signed")
    add_emergency_contact(person, by=north.by("officer"), name="韩一", relation="女儿", phone="13800001111")
    given: dict[str, Any] = {
        "needs": "快递送到门口", "measures": ["home", "rail"], "fittings": "浴室缺扶手",
        "next_visit_on": timezone.localdate() + timedelta(days=7), **more,
    }  # fmt: skip
    made: CareFile = open_care_file(person, by=north.by("steward"), **given)
    return made


def another_steward(north: Community) -> None:
    """The guard becomes the steward of another building: their district is not the cast's."""
    from guanjia.people.models import Posting

    building = Building.objects.create(project=north.project, code="9", name="9 幢", floors=3)
    House.objects.create(project=north.project, building=building, floor=1, room="101", code="9-101")
    district = District.objects.create(project=north.project, name="二区")
    DistrictPart.objects.create(project=north.project, district=district, building=building)
    Posting.objects.filter(employee=north.staff["guard"]).update(post="steward")
    DistrictPost.objects.create(
        project=north.project, district=district, employee=north.staff["guard"], from_on=date(2024, 1, 1)
    )
