"""Who works in the demo: every post of both projects and the head office, their logins, skills and districts."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import make_password

from guanjia.people import posts
from guanjia.people.login import phone_hash
from guanjia.people.models import (
    Account,
    AccountHome,
    Department,
    DistrictPost,
    Employee,
    Occupancy,
    Posting,
    Resident,
    Skill,
)
from guanjia.places.models import District, Project

from .names import People

PASSWORD = "guanjia-demo"  # noqa: S105  (the documented password of invented people)
PIN = "730516"  # of every invented colleague: what needs two people can be tried by one
SINCE = date(2024, 1, 1)
CREW = {
    posts.RECEPTIONIST: 3,
    posts.CUSTOMER_ASSISTANT: 1,
    posts.SERVICE_OFFICER: 2,
    posts.STEWARD: 3,
    posts.KEY_CUSTODIAN: 1,
    posts.SERVICE_LEAD: 1,
    posts.CLEANING_LEAD: 1,
    posts.SERVICE_SUPERVISOR: 2,
    posts.SERVICE_MANAGER: 1,
    posts.PROJECT_MANAGER: 1,
    posts.DUTY_MANAGER: 2,
    posts.CASHIER: 1,
    posts.ENGINEERING_MANAGER: 1,
    posts.ENGINEERING_SUPERVISOR: 1,
    posts.TECHNICIAN: 6,
    posts.SECURITY_MANAGER: 1,
    posts.SECURITY_GUARD: 4,
    posts.CONTROL_ROOM: 4,
}
OFFICE_CREW = (posts.ADMINISTRATOR, posts.GENERAL_MANAGER, posts.COMPANY_SERVICE, posts.HR_OFFICER)
SKILLS = (
    {"plumbing": 3, "civil": 1},
    {"electrical": 3, "intercom": 2},
    {"plumbing": 2, "electrical": 1, "other": 2},
    {"civil": 3, "other": 2},
    {"hvac": 2, "elevator": 1, "electrical": 2},
    {"civil": 2, "plumbing": 1, "intercom": 1, "other": 1},
)
DEPARTMENTS = (
    ("service_dept", "客服部", "接待受理、管家、档案、回访", "8001"),
    ("engineering_dept", "工程部", "维修、设备、装修技术检查", "8002"),
    ("security_dept", "保安部", "治安、访客、消防、监控", "8003"),
    ("cleaning_greening_dept", "保洁绿化部", "环境卫生、绿化", "8004"),
    ("finance_dept", "财务部", "收费、账务", "8005"),
    # Outside firms that the life-safety cards ring.
    ("elevator_vendor", "电梯维保单位", "电梯维修、困人救援", "8006"),
    ("gas_company", "燃气公司", "燃气抢修", "8007"),
)
DEPARTMENT_OF = {
    **dict.fromkeys(posts.ENGINEERING, "engineering_dept"),
    **dict.fromkeys(posts.SECURITY, "security_dept"),
    posts.CLEANING_LEAD: "cleaning_greening_dept",
    posts.CASHIER: "finance_dept",
}


@lru_cache(maxsize=2)
def _hashed(secret: str) -> str:
    """One hash for all: invented people, one documented password and PIN."""
    return make_password(secret)


def _accounts(names: Iterable[tuple[str, str]], pin: str = "") -> list[Account]:
    return Account.objects.bulk_create(
        Account(username=username, password=_hashed(PASSWORD), phone_hash=phone_hash(phone), pin=pin)
        for username, phone in names
    )


def employ(
    office: Project, prefix: str, crew: Iterable[tuple[str, int]], rng: random.Random, people: People
) -> dict[str, list[Employee]]:
    """Employees by post, with the logins `north.receptionist`, `north.receptionist2` …"""
    made: list[tuple[str, Employee]] = []
    for post, count in crew:
        for number in range(1, count + 1):
            username = f"{prefix}.{post}{number if number > 1 else ''}"
            education = rng.choice(["college", "bachelor"]) if post != posts.SECURITY_GUARD else "secondary"
            employee = Employee(
                project=office,
                number=username,
                name=people.name(rng.choice("fm")),
                phone=people.phone(),
                department_key=DEPARTMENT_OF.get(post, "service_dept"),
                education=education,
                nda_signed_on=SINCE,
            )
            made.append((post, employee))
    accounts = _accounts(((e.number, e.phone) for _post, e in made), pin=_hashed(PIN))
    for (_post, employee), account in zip(made, accounts, strict=True):
        employee.account_id = account.pk
    Employee.objects.bulk_create(e for _post, e in made)
    by_post: dict[str, list[Employee]] = {}
    for post, employee in made:
        by_post.setdefault(post, []).append(employee)
    return by_post


def post_them(project: Project, crew: dict[str, list[Employee]]) -> None:
    Posting.objects.bulk_create(
        Posting(project=project, employee=employee, post=post, from_on=SINCE)
        for post, people in crew.items()
        for employee in people
    )


def staff_project(
    project: Project, office: Project, districts: list[District], rng: random.Random, people: People
) -> dict[str, list[Employee]]:
    """Every post of a project, with skills and districts."""
    crew = employ(office, project.code, CREW.items(), rng, people)
    post_them(project, crew)
    Skill.objects.bulk_create(
        Skill(project=project, employee=technician, repair_type=kind, level=level)
        for technician, skills in zip(crew[posts.TECHNICIAN], SKILLS, strict=True)
        for kind, level in skills.items()
    )
    DistrictPost.objects.bulk_create(
        DistrictPost(project=project, district=district, employee=steward, from_on=SINCE)
        for district, steward in zip(districts, crew[posts.STEWARD], strict=True)
    )
    line = "0571-8000" if project.code == "north" else "0571-8100"
    Department.objects.bulk_create(
        Department(project=project, key=key, name=name, duties=duties, phone=f"{line} {extension}")
        for key, name, duties, extension in DEPARTMENTS
    )
    return crew


def staff_office(
    office: Project, projects: list[Project], rng: random.Random, people: People
) -> dict[str, list[Employee]]:
    """The head office; its people also hold their post at each project, to see what happens there."""
    crew = employ(office, office.code, ((post, 1) for post in OFFICE_CREW), rng, people)
    post_them(office, crew)
    for project in projects:
        post_them(project, crew)
    return crew


def resident_logins(project: Project, homes: list[Occupancy], code: str) -> list[dict[str, Any]]:
    """Logins of the household that stories begin with, and of a neighbour: `north.owner`, `north.tenant` …"""
    house = next(h.house_id for h in homes if h.house.code == code)
    chosen: list[tuple[str, Resident]] = [
        (f"{project.code}.{h.role}", h.resident) for h in homes if h.house_id == house and h.role in ("owner", "tenant")
    ]
    stranger = next(h.resident for h in homes if h.house_id != house and h.role == "owner")
    family = next(h.resident for h in homes if h.role == "family" and h.resident.phone and h.house_id != house)
    chosen += [(f"{project.code}.stranger", stranger), (f"{project.code}.family", family)]
    accounts = _accounts((username, resident.phone) for username, resident in chosen)
    AccountHome.objects.bulk_create(
        AccountHome(account_id=account.pk, project=project, resident_id=resident.pk)
        for account, (_username, resident) in zip(accounts, chosen, strict=True)
    )
    return [{"username": username, "resident": resident} for username, resident in chosen]
