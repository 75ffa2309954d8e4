"""What was planted: accounts to log in with, and personal values of households, so that leaks can be searched."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from guanjia.people.models import (
    Account,
    AccountHome,
    CareTag,
    EmergencyContact,
    Employee,
    Occupancy,
    Posting,
    Resident,
)
from guanjia.places.models import Project

from .staff import PASSWORD, PIN


def described() -> dict[str, Any]:
    """Accounts and planted values of the demo's projects."""
    projects = list(Project.objects.filter(is_demo=True))
    return {
        "accounts": [*_staff(projects), *_residents(projects)],
        "projects": {p.code: {"name": p.name, "households": _planted(p)} for p in projects if not p.is_office},
    }


def _staff(projects: list[Project]) -> list[dict[str, Any]]:
    names = dict(Account.objects.values_list("pk", "username"))
    rows = Posting.objects.filter(project__in=projects, to_on__isnull=True).select_related("employee", "project")
    by_person: dict[int, list[Posting]] = defaultdict(list)
    for row in rows.order_by("id"):
        by_person[row.employee_id].append(row)
    return [
        {
            "username": names.get(held[0].employee.account_id or 0, ""),
            "password": PASSWORD,
            "pin": PIN,
            "post": held[0].post,
            "project": held[0].project.code,
            "household": None,
            "name": held[0].employee.name,
        }
        for held in by_person.values()
    ]


def _residents(projects: list[Project]) -> list[dict[str, Any]]:
    found = []
    names = dict(Account.objects.values_list("pk", "username"))
    for home in AccountHome.objects.filter(project__in=projects, ended_at__isnull=True).select_related("project"):
        living = Occupancy.objects.filter(project=home.project, resident_id=home.resident_id, ended_on__isnull=True)
        place = living.select_related("house", "resident").order_by("id").first()
        if place is not None:
            found.append(
                {
                    "username": names.get(home.account_id, ""),
                    "password": PASSWORD,
                    "post": place.role,
                    "project": home.project.code,
                    "household": place.house.code,
                    "name": place.resident.name,
                }
            )
    return found


def _planted(project: Project) -> dict[str, dict[str, list[str]]]:
    """House code → the values that may be seen only where they belong."""
    values: dict[str, dict[str, list[str]]] = defaultdict(
        lambda: {"names": [], "phones": [], "id_numbers": [], "care_notes": []}
    )
    homes: dict[int, list[str]] = defaultdict(list)
    for resident_id, code in Occupancy.objects.filter(project=project).values_list("resident_id", "house__code"):
        homes[resident_id].append(code)

    def plant(resident_id: int, kind: str, value: str) -> None:
        for code in homes[resident_id] if value else ():
            values[code][kind].append(value)

    for resident in Resident.objects.filter(project=project).order_by("id"):
        plant(resident.pk, "names", resident.name)
        plant(resident.pk, "phones", resident.phone)
        plant(resident.pk, "id_numbers", str(resident.id_number or ""))
    for tag in CareTag.objects.filter(project=project).order_by("id"):
        plant(tag.resident_id, "care_notes", str(tag.note or ""))
    for contact in EmergencyContact.objects.filter(project=project).order_by("id"):
        plant(contact.resident_id, "names", contact.name)
        plant(contact.resident_id, "phones", contact.phone)
    return dict(values)


def told() -> str:
    """The accounts to log in with, for a person."""
    posts: dict[str, list[str]] = defaultdict(list)
    employees = Employee.objects.filter(account_id__isnull=False, project__is_demo=True).values_list(
        "number", flat=True
    )
    for number in employees.order_by("id"):
        posts[number.split(".")[0]].append(number)
    lines = [
        "",
        f"  Demo accounts (one password for all): {PASSWORD}",
        f"  PIN of every colleague, to sign beside another: {PIN}",
    ]
    for place, numbers in sorted(posts.items()):
        firsts = [n for n in numbers if not n[-1].isdigit()]
        lines.append(f"  {place}: " + "  ".join(firsts))
    residents = Account.objects.filter(
        pk__in=AccountHome.objects.filter(project__is_demo=True).values("account_id")
    ).values_list("username", flat=True)
    lines.append("  residents: " + "  ".join(sorted(residents)))
    return "\n".join([*lines, ""])
