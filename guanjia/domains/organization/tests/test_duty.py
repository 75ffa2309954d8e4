"""Who is on when, who stands in, which district is whose."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from guanjia.domains.organization import operations as org
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people import posts, queries
from guanjia.people.models import (
    DistrictCover,
    DistrictPost,
    Duty,
)  # fmt: skip
from guanjia.people.tests.cast import Community
from guanjia.places import queries as places
from guanjia.places.models import Building, District, House, Unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def plan(north: Community, **more: object) -> None:
    first = TODAY() + timedelta(days=30)
    given = {
        "employees": [north.staff["cashier"]], "post": posts.CASHIER, "shift": "day", "first_on": first,
        "last_on": first + timedelta(days=6), "weekdays": [0, 1, 2, 3, 4], **more,
    }  # fmt: skip
    org.plan_duty(north.project, by=north.by("supervisor"), **given)


def test_duty_is_planned_for_a_week_and_not_twice(north: Community) -> None:
    before = Duty.objects.count()
    plan(north)
    assert Duty.objects.count() == before + 5
    with pytest.raises(Refused) as refusal:
        plan(north, shift="early", weekdays=[])
    assert "first_on" in refusal.value.errors and Duty.objects.count() == before + 5


def test_a_night_shift_ends_on_the_next_day(north: Community) -> None:
    first = TODAY() + timedelta(days=40)
    plan(north, shift="night", first_on=first, last_on=first, weekdays=[])
    duty = Duty.objects.latest("id")
    assert duty.to_at - duty.from_at == timedelta(hours=12)
    assert duty.from_at == timezone.make_aware(datetime.combine(first, time(19)))


def test_duty_in_a_post_that_is_not_held_or_of_a_stranger_is_refused(north: Community, south: Community) -> None:
    for more in ({"post": posts.STEWARD}, {"employees": [south.staff["cashier"]]}, {"first_on": TODAY() - timedelta(days=9)},
                 {"last_on": TODAY() + timedelta(days=400)}):  # fmt: skip
        with pytest.raises(Refused):
            plan(north, **more)
    with pytest.raises(Forbidden):
        org.plan_duty(north.project, by=north.by("receptionist"), employees=[north.staff["cashier"]], post=posts.CASHIER,
                      shift="day", first_on=TODAY())  # fmt: skip


@pytest.mark.clause("ORG-09")
def test_a_stewards_shift_ends_only_with_a_cover_for_each_district(north: Community) -> None:
    duty = Duty.objects.get(employee=north.staff["steward"])
    by = north.by("supervisor")  # one's own shift ends after its closing alone (SFT-07); this is about the districts
    with pytest.raises(Refused) as refusal:
        org.end_duty(duty, by=by)
    assert refusal.value.clause == "ORG-09" and duty.ended_at is None
    org.end_duty(duty, by=by, cover=north.staff["officer"])
    assert queries.responsible_for(north.house, by.at + timedelta(seconds=1)) == north.staff["officer"]
    with pytest.raises(Refused):
        org.end_duty(duty, by=by, cover=north.staff["officer"])


def test_each_district_can_have_a_cover_of_its_own(north: Community) -> None:
    district = District.objects.create(project=north.project, name="二区")
    DistrictPost.objects.create(
        project=north.project, district=district, employee=north.staff["steward"], from_on=date(2024, 1, 1)
    )
    duty = Duty.objects.get(employee=north.staff["steward"])
    named = {f"cover_{north.district.pk}": north.staff["officer"]}
    with pytest.raises(Refused):
        org.end_duty(duty, by=north.by("supervisor"), **named)
    named[f"cover_{district.pk}"] = north.staff["control_room"]
    org.end_duty(duty, by=north.by("supervisor"), **named)
    assert {c.employee for c in DistrictCover.objects.all()} == {north.staff["officer"], north.staff["control_room"]}


def test_somebody_elses_shift_is_theirs(north: Community) -> None:
    duty = Duty.objects.get(employee=north.staff["steward"])
    for verb in (org.sign_in, org.end_duty):
        with pytest.raises(Refused):
            verb(duty, by=north.by("technician"))
    org.sign_in(duty, by=north.by("steward"))
    with pytest.raises(Refused):
        org.sign_in(duty, by=north.by("steward"))


def test_leave_has_one_substitute_who_is_there(north: Community) -> None:
    by, day = north.by("supervisor"), TODAY() + timedelta(days=3)
    given = {"absent": north.staff["steward"], "substitute": north.staff["officer"], "from_on": day, "to_on": day}
    cover = org.plan_cover(north.project, by=by, **given)
    for wrong in ({}, {"absent": north.staff["officer"], "substitute": north.staff["cashier"]},
                  {"substitute": north.staff["steward"]}, {"to_on": day - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Refused):
            org.plan_cover(north.project, by=by, **{**given, **wrong})
    with pytest.raises(Refused):
        org.end_cover(cover, by=by)


@pytest.mark.clause("ORG-05")
def test_over_the_limit_only_the_project_manager_confirms(north: Community) -> None:
    building = Building.objects.create(project=north.project, code="7", name="7 幢")
    unit = Unit.objects.create(project=north.project, building=building, code="1")
    House.objects.bulk_create(
        House(project=north.project, building=building, unit=unit, room=str(n), code=f"7-1-{n}") for n in range(600)
    )
    district = org.open_district(north.project, by=north.by("manager"), name="七区", buildings=[building])
    given = {"employee": north.staff["steward"]}
    with pytest.raises(Refused) as refusal:
        org.assign_district(district, by=north.by("manager"), **given)
    assert refusal.value.clause == "ORG-05" and "602" in refusal.value.sentence
    with pytest.raises(Refused):
        org.assign_district(district, by=north.by("supervisor"), confirm_over_limit=True, **given)
    org.assign_district(district, by=north.by("manager"), confirm_over_limit=True, **given)
    assert DistrictPost.objects.get(district=district).confirmed_over_limit
    assert queries.households_of(north.staff["steward"], north.project, timezone.now()) == 602


@pytest.mark.clause("ORG-06")
def test_a_building_belongs_to_one_district(north: Community) -> None:
    by = north.by("manager")
    with pytest.raises(Refused):
        org.open_district(north.project, by=by, name="二区", buildings=[north.house.building])
    with pytest.raises(Refused):
        org.open_district(north.project, by=by, name="二区")
    second = org.open_district(north.project, by=by, name="二区", units=[north.house.unit])
    assert places.district_of(north.house) == second
    org.redraw_district(north.district, by=by, name="一区", units=[], buildings=[north.house.building])
    with pytest.raises(Forbidden):
        org.open_district(north.project, by=north.by("steward"), name="三区", units=[north.house.unit])
