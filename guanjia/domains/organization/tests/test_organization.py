"""Staff are hired, posted, transferred and gone; duty ends with a cover; districts have one steward."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from guanjia.domains.organization import operations as org
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.people import posts, queries
from guanjia.people.login import actor_of, staff_actor
from guanjia.people.models import (
    Account,
    ApiToken,
    Department,
    DistrictCover,
    DistrictPost,
    Duty,
    Employee,
    Posting,
)  # fmt: skip
from guanjia.people.tests.cast import Community
from guanjia.places import queries as places
from guanjia.places.models import Building, District, House, Project, Unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def hr(north: Community, office: Project) -> Actor:
    """The administrator, with a post at the head office."""
    employee = north.staff["administrator"]
    Posting.objects.create(project=office, employee=employee, post=posts.ADMINISTRATOR, from_on=date(2024, 1, 1))
    return staff_actor(employee, timezone.now())


def hired(office: Project, hr: Actor, **more: object) -> Employee:
    given = {"number": "QH0909", "name": "项新同", "education": "college", **more}
    return org.hire(office, by=hr, **given)


def signed(employee: Employee) -> Employee:
    Employee.objects.filter(pk=employee.pk).update(nda_signed_on=date(2026, 1, 1))
    employee.refresh_from_db()
    return employee


def test_a_new_employee_logs_in_once_with_the_password_that_was_shown(office: Project, hr: Actor) -> None:
    employee = hired(office, hr, phone="139 0000 6006")
    account = Account.objects.get(pk=employee.account_id)
    assert account.check_password(employee.one_time_password) and account.must_change_password
    assert actor_of(account) is None  # no post yet: nothing to open


@pytest.mark.parametrize(
    ("field", "value"), [("number", "north.steward"), ("number", "a b"), ("name", "=cmd"), ("phone", "12")]
)
def test_a_taken_number_or_bad_facts_hire_nobody(
    north: Community, office: Project, hr: Actor, field: str, value: str
) -> None:
    before = (Employee.objects.count(), Account.objects.count())
    with pytest.raises(Refused) as refusal:
        hired(office, hr, **{field: value})
    assert field in refusal.value.errors and (Employee.objects.count(), Account.objects.count()) == before


def test_staff_are_hired_at_the_head_office_by_the_office(north: Community, office: Project, hr: Actor) -> None:
    with pytest.raises(Refused):
        org.hire(north.project, by=hr, number="QH0910", name="项新同")
    with pytest.raises(Unknown):
        hired(office, north.by("manager"))


@pytest.mark.clause("PRIV-03")
def test_without_the_agreement_no_post_is_given(north: Community, office: Project, hr: Actor) -> None:
    employee = hired(office, hr)
    with pytest.raises(Refused) as refusal:
        org.grant_post(employee, by=hr, project=north.project, post=posts.RECEPTIONIST)
    assert refusal.value.clause == "PRIV-03" and not Posting.objects.filter(employee=employee).exists()
    org.grant_post(signed(employee), by=hr, project=north.project, post=posts.RECEPTIONIST)
    assert actor_of(Account.objects.get(pk=employee.account_id)).holds(north.project.pk, posts.RECEPTIONIST)


@pytest.mark.clause("ORG-10")
def test_a_steward_needs_the_degree(north: Community, office: Project, hr: Actor) -> None:
    employee = signed(hired(office, hr, education="college_part"))
    with pytest.raises(Refused) as refusal:
        org.grant_post(employee, by=hr, project=north.project, post=posts.STEWARD)
    assert refusal.value.clause == "ORG-10"
    org.correct_employee(employee, by=hr, name=employee.name, education="bachelor")
    org.grant_post(employee, by=hr, project=north.project, post=posts.STEWARD)


def test_nobody_promotes_themself_and_no_post_is_held_twice(north: Community, office: Project, hr: Actor) -> None:
    me = north.staff["administrator"]
    with pytest.raises(Refused):
        org.grant_post(me, by=hr, project=north.project, post=posts.PROJECT_MANAGER)
    with pytest.raises(Refused):
        org.grant_post(north.staff["receptionist"], by=hr, project=north.project, post=posts.RECEPTIONIST)


def test_a_withdrawn_post_is_gone_at_the_next_request(north: Community, hr: Actor) -> None:
    cashier = north.staff["cashier"]
    org.withdraw_post(cashier, by=hr, project=north.project, post=posts.CASHIER)
    assert actor_of(Account.objects.get(pk=cashier.account_id)) is None
    assert queries.on_duty(north.project, posts.CASHIER, timezone.now() + timedelta(seconds=1)) == []
    with pytest.raises(Refused):
        org.withdraw_post(cashier, by=hr, project=north.project, post=posts.CASHIER)


def test_a_post_given_today_can_be_withdrawn_today(north: Community, office: Project, hr: Actor) -> None:
    employee = signed(hired(office, hr))
    org.grant_post(employee, by=hr, project=north.project, post=posts.RECEPTIONIST)
    org.withdraw_post(employee, by=hr, project=north.project, post=posts.RECEPTIONIST)
    assert queries.posts_held(employee, north.project, timezone.now()) == []
    org.grant_post(employee, by=hr, project=north.project, post=posts.RECEPTIONIST)


@pytest.mark.clause("ORG-09")
def test_a_steward_hands_over_the_districts_before_a_transfer(north: Community, hr: Actor) -> None:
    steward = north.staff["steward"]
    with pytest.raises(Refused) as refusal:
        org.withdraw_post(steward, by=hr, project=north.project, post=posts.STEWARD)
    assert refusal.value.clause == "ORG-09"


def test_the_last_administrator_stays(north: Community, office: Project, hr: Actor) -> None:
    other = signed(hired(office, hr))
    org.grant_post(other, by=hr, project=office, post=posts.HR_OFFICER)
    by = staff_actor(other, timezone.now())
    with pytest.raises(Refused):
        org.withdraw_post(north.staff["administrator"], by=by, project=office, post=posts.ADMINISTRATOR)


@pytest.mark.clause("PRIV-05")
def test_a_departure_ends_every_right_at_once(north: Community, hr: Actor) -> None:
    steward = north.staff["steward"]
    account = Account.objects.get(pk=steward.account_id)
    token = ApiToken.objects.create(
        account_id=account.pk, digest="d" * 64, expires_at=timezone.now() + timedelta(days=1)
    )
    done = {"data_returned": True, "devices_returned": True, "statement_signed": True}
    with pytest.raises(Refused) as refusal:
        org.depart(steward, by=hr, **{**done, "statement_signed": False})
    assert refusal.value.clause == "PRIV-05" and actor_of(account) is not None
    org.depart(steward, by=hr, **done)
    account.refresh_from_db()
    token.refresh_from_db()
    assert not account.is_active and account.generation == 1 and token.revoked_at and actor_of(account) is None
    assert queries.steward_of(north.house, timezone.now()) is None
    with pytest.raises(Conflict):
        org.depart(steward, by=hr, **done)


def test_a_new_one_time_password_ends_the_sessions(north: Community, hr: Actor) -> None:
    employee = north.staff["cashier"]
    org.reset_password(employee, by=hr)
    account = Account.objects.get(pk=employee.account_id)
    assert (
        account.check_password(employee.one_time_password) and account.generation == 1 and account.must_change_password
    )
    with pytest.raises(Unknown):
        org.reset_password(employee, by=north.by("manager"))


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


def test_a_district_goes_from_one_steward_to_the_next(north: Community, office: Project, hr: Actor) -> None:
    other = signed(hired(office, hr))
    with pytest.raises(Refused):
        org.assign_district(north.district, by=north.by("manager"), employee=other)
    org.grant_post(other, by=hr, project=north.project, post=posts.STEWARD)
    org.assign_district(north.district, by=north.by("manager"), employee=other)
    assert queries.steward_of(north.house, timezone.now()) == other
    assert DistrictPost.objects.filter(district=north.district, to_on__isnull=True).count() == 1


@pytest.mark.clause("ORG-03")
def test_the_tree_is_the_projects_own_and_has_no_circle(north: Community) -> None:
    by = north.by("manager")
    org.set_superior(north.project, by=by, post=posts.STEWARD, superior=posts.SERVICE_MANAGER)
    assert queries.superior_of(north.staff["steward"], north.project) == north.staff["service_manager"]
    with pytest.raises(Refused):
        org.set_superior(north.project, by=by, post=posts.PROJECT_MANAGER, superior=posts.STEWARD)


@pytest.mark.clause("ORG-04")
def test_the_directory_is_kept(north: Community) -> None:
    by = north.by("manager")
    for phone in ("0571-80001234", "0571-80005678"):
        org.keep_department(
            north.project, by=by, short_name="service_dept", name="客服部", duties="接待受理", phone=phone
        )
    assert Department.objects.get(project=north.project).phone == "0571-80005678"
    with pytest.raises(Forbidden):
        org.keep_department(north.project, by=north.by("guard"), short_name="x", name="x")


def test_a_project_is_opened_at_the_head_office_and_adjusts_itself(
    north: Community, office: Project, hr: Actor
) -> None:
    given = {"code": "east", "short_code": "DY", "name": "青禾东苑", "city": "杭州"}
    made = org.open_project(office, by=hr, **given)
    assert staff_actor(north.staff["administrator"], timezone.now()).holds(made.pk, posts.ADMINISTRATOR)
    for wrong in ({"code": "east2"}, {"short_code": "DX"}, {"short_code": "d1", "code": "east3"}):
        with pytest.raises(Refused):
            org.open_project(office, by=hr, **{**given, **wrong})
    hours = {"level": "premium", "stars": 4, "opens_at": "08:00", "closes_at": "20:00", "hotline": "0571-80001111"}
    org.adjust_project(north.project, by=north.by("manager"), **hours)
    north.project.refresh_from_db()
    assert north.project.level == "premium" and north.project.opens_at == time(8)
    assert north.project.kind == "residential"
    with pytest.raises(Refused):
        org.adjust_project(north.project, by=north.by("manager"), **{**hours, "closes_at": "07:00"})
