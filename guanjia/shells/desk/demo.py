"""The roles of the demo community on the login page. Asked only when the program runs as a demo."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.people import posts
from guanjia.people.models import Account, AccountHome, Employee, Posting, Resident
from guanjia.places.models import House, Project

ROLES = (
    (posts.RECEPTIONIST, "headset", _("Calls and visits, one bar for everything")),
    (posts.STEWARD, "walk", _("A district, visits, follow-ups")),
    (posts.TECHNICIAN, "tool", _("Tasks on the phone, photos, signature")),
    (posts.CONTROL_ROOM, "device-cctv", _("Takes calls at night, fire alarms")),
    (posts.SERVICE_SUPERVISOR, "clipboard-check", _("Dispatch, approvals, what is owed today")),
    (posts.PROJECT_MANAGER, "building", _("Escalations, exemptions, the standards")),
    (posts.COMPANY_SERVICE, "book", _("The standards of the company")),
)


def company_name() -> str:
    """The company, as its head office is called."""
    return Project.objects.filter(kind=Project.Kind.OFFICE).values_list("name", flat=True).first() or ""


def community() -> dict[str, Any] | None:
    """The first demo project, its size and its roles."""
    project = Project.objects.filter(is_demo=True).exclude(kind=Project.Kind.OFFICE).first()
    if project is None:
        return None
    return {
        "project": project,
        "houses": House.objects.filter(project=project).count(),
        "roles": [*_staff(project), *_residents(project)],
    }


def _staff(project: Project) -> list[dict[str, Any]]:
    wanted = [post for post, _icon, _line in ROLES]
    rows = Posting.objects.filter(
        post__in=wanted, to_on__isnull=True, project__is_demo=True, employee__account_id__isnull=False
    )
    first: dict[str, Posting] = {}
    for row in rows.select_related("employee", "project").order_by("id"):
        if row.post not in first and (row.project_id == project.pk or row.project.is_office):
            first[row.post] = row
    names = dict(
        Account.objects.filter(pk__in=[row.employee.account_id for row in first.values()]).values_list("pk", "username")
    )
    return [
        {
            "role": posts.NAMES[post],
            "name": first[post].employee.name,
            "icon": icon,
            "line": line,
            "username": names.get(first[post].employee.account_id or 0, ""),
        }
        for post, icon, line in ROLES
        if post in first
    ]


def _residents(project: Project) -> list[dict[str, Any]]:
    home = AccountHome.objects.filter(project=project, ended_at__isnull=True).order_by("id").first()
    if home is None:
        return []
    name = Resident.objects.filter(pk=home.resident_id, project=project).values_list("name", flat=True).first() or ""
    username = Account.objects.filter(pk=home.account_id).values_list("username", flat=True).first() or ""
    return [
        {
            "role": _("Owner"),
            "name": name,
            "icon": "home-heart",
            "line": _("Reports and follows a repair"),
            "username": username,
        }
    ]


def account_of(username: str) -> Account | None:
    """An account that belongs to the demo alone."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        return None
    employee = Employee.objects.filter(account_id=account.pk).first()
    if employee is not None:
        elsewhere = employee.postings.filter(project__is_demo=False).exists()
        return None if elsewhere else account
    homes = AccountHome.objects.filter(account_id=account.pk)
    return account if homes.exists() and not homes.filter(project__is_demo=False).exists() else None
