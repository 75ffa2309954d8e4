"""Whose house, who is on, who stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guanjia.people import posts, queries
from guanjia.people.models import Cover, DistrictPost, Duty, Employee, Occupancy, ReportsTo
from guanjia.people.tests.cast import Community
from guanjia.places import queries as places
from guanjia.places.models import Building, District, DistrictPart, House, Unit

pytestmark = pytest.mark.django_db


def test_a_house_is_found_however_it_is_said(north: Community) -> None:
    for spoken in ("3-2-1201", "3幢2单元1201", "3 2 1201", "３－２－１２０１", "3号楼2单元1201室"):
        assert places.house_by_code(north.project, spoken) == north.house, spoken
    assert places.house_by_code(north.project, "9-9-9") is None
    assert places.house_by_code(north.project, "") is None


def test_a_house_has_the_steward_of_its_building(north: Community) -> None:
    assert queries.steward_of(north.house, timezone.now()) == north.staff["steward"]


@pytest.mark.clause("ORG-06")
def test_a_unit_of_its_own_goes_before_the_building(north: Community) -> None:
    district = District.objects.create(project=north.project, name="二区")
    DistrictPart.objects.create(project=north.project, district=district, unit=north.house.unit)
    DistrictPost.objects.create(
        project=north.project, district=district, employee=north.staff["officer"], from_on=date(2024, 1, 1)
    )
    now = timezone.now()
    assert queries.steward_of(north.house, now) == north.staff["officer"]
    assert queries.households_per_steward(north.project, now) == {
        north.staff["steward"].pk: 0,
        north.staff["officer"].pk: 2,
    }


def test_a_house_outside_every_district_has_no_steward(north: Community) -> None:
    building = Building.objects.create(project=north.project, code="9", name="9 幢")
    unit = Unit.objects.create(project=north.project, building=building, code="1")
    house = House.objects.create(project=north.project, building=building, unit=unit, room="101", code="9-1-101")
    assert queries.steward_of(house, timezone.now()) is None


def test_who_is_on_leave_is_replaced_by_the_substitute(north: Community) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    Cover.objects.create(
        project=north.project,
        absent=north.staff["steward"],
        substitute=north.staff["officer"],
        from_on=today,
        to_on=today,
    )
    assert queries.on_duty(north.project, posts.STEWARD, now) == [north.staff["officer"]]
    assert queries.cover_of(north.staff["steward"], north.project, now) == north.staff["officer"]
    assert queries.responsible_for(north.house, now) == north.staff["officer"]


def test_who_has_left_or_ended_the_shift_is_not_on(north: Community) -> None:
    now = timezone.now()
    Duty.objects.filter(employee=north.staff["steward"]).update(ended_at=now - timedelta(hours=1))
    Employee.objects.filter(pk=north.staff["receptionist"].pk).update(state=Employee.State.LEFT)
    assert queries.on_duty(north.project, posts.STEWARD, now) == []
    assert queries.on_duty(north.project, posts.RECEPTIONIST, now) == []
    assert queries.responsible_for(north.house, now) == north.staff["control_room"]


def test_technicians_come_with_the_skill_first_then_the_least_loaded(north: Community) -> None:
    found = queries.technicians_for(north.project, "electrical", timezone.now(), {north.staff["electrician"].pk: 4})
    assert [t.employee for t in found] == [north.staff["electrician"], north.staff["technician"]]
    assert (found[0].load, found[1].level) == (4, 0)


def test_nobody_of_the_other_project_is_on(north: Community, south: Community) -> None:
    assert queries.on_duty(south.project, posts.STEWARD, timezone.now()) == [south.staff["steward"]]
    assert queries.steward_of(south.house, timezone.now()) == south.staff["steward"]


def test_the_household_is_who_lives_there_the_head_first(north: Community) -> None:
    assert [o.resident for o in queries.household(north.house)] == [north.owner, north.tenant]
    Occupancy.objects.filter(resident=north.tenant).update(ended_on=timezone.localdate())
    assert [o.resident for o in queries.household(north.house)] == [north.owner]
    assert [o.house for o in queries.homes_of(north.owner)] == [north.house]


@pytest.mark.clause("ORG-03")
def test_the_superior_follows_the_projects_own_tree(north: Community) -> None:
    steward = north.staff["steward"]
    assert queries.superior_of(steward, north.project) == north.staff["supervisor"]
    ReportsTo.objects.create(project=north.project, post=posts.STEWARD, superior=posts.SERVICE_MANAGER)
    assert queries.superior_of(steward, north.project) == north.staff["service_manager"]


def test_a_post_that_nobody_holds_is_skipped_on_the_way_up(north: Community) -> None:
    ReportsTo.objects.create(project=north.project, post=posts.STEWARD, superior=posts.DUTY_MANAGER)
    assert queries.superior_of(north.staff["steward"], north.project) == north.staff["manager"]


def test_a_phone_is_found_whole_only(north: Community) -> None:
    assert list(queries.residents_with_phone(north.project, north.owner.phone)) == [north.owner]
    assert not queries.residents_with_phone(north.project, north.owner.phone[:5])
