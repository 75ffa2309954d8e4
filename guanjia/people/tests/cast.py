"""The named cast: North and South, mirrored projects with different people. Invented names and numbers throughout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanjia.kernel import search, subjects
from guanjia.kernel.actors import RESIDENT, Actor
from guanjia.people import posts
from guanjia.people.login import phone_hash, staff_actor
from guanjia.people.models import (
    Account,
    AccountHome,
    DistrictPost,
    Duty,
    Employee,
    Occupancy,
    Posting,
    Resident,
    Skill,
)
from guanjia.people.tests import kept
from guanjia.places.models import Building, District, DistrictPart, House, Project, Spot, Unit

STAFF = {
    "receptionist": posts.RECEPTIONIST,
    "officer": posts.SERVICE_OFFICER,
    "steward": posts.STEWARD,
    "technician": posts.TECHNICIAN,
    "electrician": posts.TECHNICIAN,
    "engineering_supervisor": posts.ENGINEERING_SUPERVISOR,
    "supervisor": posts.SERVICE_SUPERVISOR,
    "service_manager": posts.SERVICE_MANAGER,
    "manager": posts.PROJECT_MANAGER,
    "control_room": posts.CONTROL_ROOM,
    "guard": posts.SECURITY_GUARD,
    "cashier": posts.CASHIER,
    "hr": posts.HR_OFFICER,
    "administrator": posts.ADMINISTRATOR,
}
LONG_AGO = date(2024, 1, 1)
NAMES = {"north": "沈卢韩江叶范丁蒋方苗葛贺简翟", "south": "梁宋白夏邵薛雷孟尹康龚段祁毕"}


@dataclass
class Community:
    """One project with its places and people; `at` is a quiet moment of a working day."""

    project: Project
    house: House
    neighbour_house: House
    spot: Spot
    district: District
    owner: Resident
    tenant: Resident
    stranger: Resident
    staff: dict[str, Employee] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def signed_in(self, who: str) -> Client:
        """A browser in which one of the staff is signed in."""
        client = Client()
        client.force_login(Account.objects.get(username=f"{self.project.code}.{who}"))
        session = client.session
        session["generation"] = 0
        session.save()
        return client

    def by(self, who: str, at: datetime | None = None, **more: Any) -> Actor:
        """The actor of one of the cast, now or at a moment."""
        moment = at or timezone.now()
        if who in self.staff:
            return staff_actor(self.staff[who], moment, **more)
        resident = getattr(self, who)
        account = self.accounts[who]
        scope = {self.project.pk: frozenset({"resident"})}
        return Actor(
            RESIDENT,
            resident.pk,
            resident.name,
            account.pk,
            scope,
            moment,
            homes={self.project.pk: resident.pk},
            **more,
        )


@pytest.fixture
def office(db: None) -> Project:
    """The head office, where company acts are journaled."""
    return kept.play("office")


@pytest.fixture
def north(office: Project) -> Community:
    return kept.play("north")


@pytest.fixture
def south(office: Project) -> Community:
    return kept.play("south")


def keep(role: str) -> None:
    """Once a run: the rows that the fixtures above bring back."""
    office = partial(Project.objects.get, code="office")
    parts = {
        "office": partial(Project.objects.create, code="office", short_code="HQ", name="青禾物业", kind="office"),
        "north": lambda: community("north", "BY", "青禾北苑", office(), "13900000"),
        "south": lambda: community("south", "NY", "青禾南苑", office(), "13700000"),
    }
    kept.keep(parts, role)


def community(code: str, short: str, name: str, office: Project, phones: str) -> Community:
    """A small community: one building with two houses, a garage, a district and every post."""
    project = Project.objects.create(code=code, short_code=short, name=name, city="杭州", hotline="0571-80000000")
    building = Building.objects.create(project=project, code="3", name="3\u2009幢", floors=18)
    unit = Unit.objects.create(project=project, building=building, code="2")
    place = {"project": project, "building": building, "unit": unit}
    house, other = House.objects.bulk_create(
        House(**place, floor=floor, room=f"{floor}01", code=f"3-2-{floor}01", area_cm2=1186000) for floor in (12, 13)
    )
    spot = Spot.objects.create(project=project, building=building, kind=Spot.Kind.GARAGE, name="3 幢地下车库")
    district = District.objects.create(project=project, name="一区")
    DistrictPart.objects.create(project=project, district=district, building=building)
    people = Resident.objects.bulk_create(
        Resident(project=project, name=f"{family}住客", phone=f"{phones}{number}", gender="f")
        for family, number in zip(NAMES[code][:3], ("101", "102", "103"), strict=True)
    )
    Occupancy.objects.bulk_create(
        Occupancy(project=project, resident=resident, house=where, role=role, is_head=role == "owner", from_on=LONG_AGO)
        for resident, where, role in zip(people, (house, house, other), ("owner", "tenant", "owner"), strict=True)
    )
    made = Community(project, house, other, spot, district, *people)
    made.staff = _crew(made, office)
    _residents_sign_in(made)
    DistrictPost.objects.create(project=project, district=district, employee=made.staff["steward"], from_on=LONG_AGO)
    Skill.objects.bulk_create(
        Skill(project=project, employee=made.staff[who], repair_type=kind, level=2)
        for who, kind in (("technician", "plumbing"), ("electrician", "electrical"))
    )
    for things in ((house, other), people):
        words = [(thing.pk, thing.search_text(), getattr(thing, "search_phones", tuple)()) for thing in things]
        search.index_many(project.pk, subjects.label_of(things[0]), words)
    return made


def _crew(made: Community, office: Project) -> dict[str, Employee]:
    """One employee for every post, on duty around now: a statement for each table, for every test pays for it."""
    code, now = made.project.code, timezone.now()
    accounts = Account.objects.bulk_create(Account(username=f"{code}.{who}") for who in STAFF)
    crew = Employee.objects.bulk_create(
        Employee(
            project=office, number=account.username, name=f"{letter}同事", account_id=account.pk, nda_signed_on=LONG_AGO
        )
        for account, letter in zip(accounts, NAMES[code], strict=False)
    )
    seats = list(zip(crew, STAFF.values(), strict=True))
    Posting.objects.bulk_create(
        Posting(project=made.project, employee=employee, post=post, from_on=LONG_AGO) for employee, post in seats
    )
    around = {"from_at": now - timedelta(days=20), "to_at": now + timedelta(days=20)}
    Duty.objects.bulk_create(
        Duty(project=made.project, employee=employee, post=post, **around) for employee, post in seats
    )
    return dict(zip(STAFF, crew, strict=True))


def _residents_sign_in(made: Community) -> None:
    people = {who: getattr(made, who) for who in ("owner", "tenant", "stranger")}
    accounts = Account.objects.bulk_create(
        Account(username=f"{made.project.code}.{who}", phone_hash=phone_hash(one.phone)) for who, one in people.items()
    )
    made.accounts = dict(zip(people, accounts, strict=True))
    AccountHome.objects.bulk_create(
        AccountHome(account_id=account.pk, project=made.project, resident_id=one.pk)
        for account, one in zip(accounts, people.values(), strict=True)
    )


def hire(office: Project, project: Project, number: str, name: str, post: str) -> Employee:
    """An employee with an account, a signed confidentiality agreement and a post."""
    account = Account.objects.create(username=number)
    employee = Employee.objects.create(
        project=office, number=number, name=name, account_id=account.pk, nda_signed_on=LONG_AGO
    )
    Posting.objects.create(project=project, employee=employee, post=post, from_on=LONG_AGO)
    return employee
