"""The named cast: North and South, mirrored projects with different people. Invented names and numbers throughout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

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
    return Project.objects.create(code="office", short_code="HQ", name="青禾物业", kind=Project.Kind.OFFICE)


@pytest.fixture
def north(office: Project) -> Community:
    return community("north", "BY", "青禾北苑", office, "13900000")


@pytest.fixture
def south(office: Project) -> Community:
    return community("south", "NY", "青禾南苑", office, "13700000")


def community(code: str, short: str, name: str, office: Project, phones: str) -> Community:
    """A small community: one building with two houses, a garage, a district and every post."""
    project = Project.objects.create(code=code, short_code=short, name=name, city="杭州", hotline="0571-80000000")
    building = Building.objects.create(project=project, code="3", name="3\u2009幢", floors=18)
    unit = Unit.objects.create(project=project, building=building, code="2")
    place = {"project": project, "building": building, "unit": unit}
    house = House.objects.create(**place, floor=12, room="1201", code="3-2-1201", area_cm2=1186000)
    other = House.objects.create(**place, floor=13, room="1301", code="3-2-1301", area_cm2=1186000)
    spot = Spot.objects.create(project=project, building=building, kind=Spot.Kind.GARAGE, name="3 幢地下车库")
    district = District.objects.create(project=project, name="一区")
    DistrictPart.objects.create(project=project, district=district, building=building)
    people = [
        Resident.objects.create(project=project, name=f"{family}住客", phone=f"{phones}{number}", gender="f")
        for family, number in zip(NAMES[code][:3], ("101", "102", "103"), strict=True)
    ]
    for resident, where, role in zip(people, (house, house, other), ("owner", "tenant", "owner"), strict=True):
        Occupancy.objects.create(
            project=project,
            resident=resident,
            house=where,
            role=role,
            is_head=role == "owner",
            from_on=date(2024, 1, 1),
        )
    made = Community(project, house, other, spot, district, *people)
    for index, (who, post) in enumerate(STAFF.items()):
        made.staff[who] = hire(office, project, f"{code}.{who}", NAMES[code][index] + "同事", post)
    for who in ("owner", "tenant", "stranger"):
        resident = getattr(made, who)
        account = Account.objects.create(username=f"{code}.{who}", phone_hash=phone_hash(resident.phone))
        AccountHome.objects.create(account_id=account.pk, project=project, resident_id=resident.pk)
        made.accounts[who] = account
    DistrictPost.objects.create(
        project=project, district=district, employee=made.staff["steward"], from_on=date(2024, 1, 1)
    )
    for who, kind in (("technician", "plumbing"), ("electrician", "electrical")):
        Skill.objects.create(project=project, employee=made.staff[who], repair_type=kind, level=2)
    _on_duty(made)
    from guanjia.kernel import search, subjects

    for thing in (house, other, *people):
        phones_of = getattr(thing, "search_phones", tuple)()
        search.index(project.pk, subjects.label_of(thing), thing.pk, thing.search_text(), phones_of)
    return made


def hire(office: Project, project: Project, number: str, name: str, post: str) -> Employee:
    """An employee with an account, a signed confidentiality agreement and a post."""
    account = Account.objects.create(username=number)
    employee = Employee.objects.create(
        project=office, number=number, name=name, account_id=account.pk, nda_signed_on=date(2024, 1, 1)
    )
    Posting.objects.create(project=project, employee=employee, post=post, from_on=date(2024, 1, 1))
    return employee


def _on_duty(made: Community) -> None:
    now = timezone.now()
    for who, post in STAFF.items():
        Duty.objects.create(
            project=made.project,
            employee=made.staff[who],
            post=post,
            from_at=now - timedelta(days=20),
            to_at=now + timedelta(days=20),
        )
