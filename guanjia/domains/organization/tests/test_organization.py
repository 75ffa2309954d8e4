"""Staff are hired, posted, transferred and gone; duty ends with a cover; districts have one steward."""

from __future__ import annotations

from datetime import date, time, timedelta

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
    DistrictPost,
    Employee,
    Posting,
)  # fmt: skip
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db


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
