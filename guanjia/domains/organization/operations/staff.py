"""Employees: hired, given posts, transferred, gone. Done at the head office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts, queries
from guanjia.people.login import phone_hash
from guanjia.people.models import Account, ApiToken, Cover, DistrictPost, Duty, Employee, Posting, Skill
from guanjia.people.spoken import one_time_password
from guanjia.places.models import Project

from ..forms import (
    NOT_SIGNED,
    QUALIFIED,
    UNQUALIFIED,
    DepartForm,
    EmployeeForm,
    HireForm,
    PostForm,
    SkillForm,
    WithdrawForm,
)

NUMBER_TAKEN = _("This job number is taken.")


@operation(Project, label=_("Hire"), form=HireForm, creates=Employee, guarded=True, icon="user-plus")
def hire(
    project: Project, *, by: Actor, number: str, name: str, phone: str, email: str, department_key: str, education: str
) -> Employee:
    """An employee with an account. The one-time password is left on the answer for the page that asked, once."""
    if not project.is_office:
        raise Refused("", _("Staff are hired at the head office."))
    if numbers_taken([number]):
        raise Refused("number", NUMBER_TAKEN)
    return engaged(
        project, number=number, name=name, phone=phone, email=email, department_key=department_key, education=education
    )


def numbers_taken(numbers: list[str]) -> set[str]:
    """Which of these somebody logs in with, or works under, already."""
    accounts = Account.objects.filter(username__in=numbers).values_list("username", flat=True)
    return {*accounts, *Employee.objects.filter(number__in=numbers).values_list("number", flat=True)}


def engaged(project: Project, *, number: str, phone: str, **facts: Any) -> Employee:
    """An employee with an account. Who asked for it finds the one-time password on the answer, once."""
    password = one_time_password()
    account = Account(username=number, must_change_password=True, phone_hash=phone_hash(phone) if phone else "")
    account.set_password(password)
    account.save(force_insert=True)
    employee = Employee.objects.create(project=project, number=number, phone=phone, account_id=account.pk, **facts)
    employee.one_time_password = password  # type: ignore[attr-defined]  # told once, never kept
    return employee


@operation(Employee, label=_("Correct"), form=EmployeeForm, icon="edit")
def correct_employee(
    employee: Employee, *, by: Actor, name: str, phone: str, email: str, department_key: str, education: str
) -> None:
    """Put the facts of an employee right."""
    employee.name, employee.phone, employee.email = name, phone, email
    employee.department_key, employee.education = department_key, education
    Account.objects.filter(pk=employee.account_id or 0).update(phone_hash=phone_hash(phone) if phone else "")


@operation(Employee, label=_("New one-time password"), guarded=True, icon="key")
def reset_password(employee: Employee, *, by: Actor) -> None:
    """The password is replaced by one for one time; every session and token ends."""
    account = Account.objects.select_for_update().filter(pk=employee.account_id or 0).first()
    if account is None:
        raise Refused("", _("This employee has no account."))
    password = one_time_password()
    account.set_password(password)
    account.must_change_password, account.is_active = True, True
    account.generation += 1
    account.save(update_fields=["password", "must_change_password", "is_active", "generation"])
    employee.one_time_password = password  # type: ignore[attr-defined]  # told once, never kept


@need(
    sentence=NOT_SIGNED,
    clause="PRIV-03",
    owes="employee",
)
def has_signed_nda(employee: Employee) -> bool:
    return employee.nda_signed_on is not None


@operation(
    Employee,
    label=_("Give a post"),
    form=PostForm,
    needs=[has_signed_nda],
    clauses=["ORG-02", "ORG-10"],
    guarded=True,
    icon="id-badge-2",
)
def grant_post(employee: Employee, *, by: Actor, project: Project, post: str, from_on: date | None) -> None:
    """A post at a project: the rights that go with it begin on the day."""
    today = timezone.localdate(by.at)
    start = from_on or today
    if by.is_staff and employee.pk == by.id:
        raise Refused("post", _("Nobody gives a post to themself. Ask a colleague of the head office."))
    if not today - timedelta(days=31) <= start <= today + timedelta(days=366):
        raise Refused("from_on", _("Choose a day from a month ago to a year ahead."))
    if post == posts.STEWARD and employee.education not in QUALIFIED:
        raise Refused("post", UNQUALIFIED, "ORG-10")
    if Posting.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=start), employee=employee, project=project, post=post
    ).exists():
        raise Refused("post", _("This post is held there already."))
    Posting.objects.create(employee=employee, project=project, post=post, from_on=start)


@operation(Employee, label=_("Withdraw a post"), form=WithdrawForm, danger=True, guarded=True, icon="user-off")
def withdraw_post(employee: Employee, *, by: Actor, project: Project, post: str, last_on: date | None) -> None:
    """A post ends, at once or with a day. A steward first hands over the districts (ORG-09)."""
    today = timezone.localdate(by.at)
    last = last_on or today - timedelta(days=1)
    if last_on and last_on < today:
        raise Refused("last_on", _("The last day is today or later. Leave it empty to end the post now."))
    held = (
        Posting.objects.select_for_update()
        .filter(Q(to_on__isnull=True) | Q(to_on__gt=last), employee=employee, project=project, post=post)
        .first()
    )
    if held is None:
        raise Refused("post", _("This post is not held there."))
    if post == posts.STEWARD and queries.districts_of(employee, project, by.at).exists():
        raise Refused("post", _("Districts are still theirs. Give each to another steward first."), "ORG-09")
    if post == posts.ADMINISTRATOR:
        refuse_last_administrator(employee)
    Posting.objects.filter(pk=held.pk).update(to_on=max(last, held.from_on - timedelta(days=1)))
    end_duties(Duty.objects.filter(employee=employee, project=project, post=post), by, after=last)


def refuse_last_administrator(employee: Employee) -> None:
    """Somebody must be able to hire: the last administrator of the head office stays."""
    Project.objects.select_for_update(no_key=True).get(pk=employee.project_id)
    others = Posting.objects.filter(
        to_on__isnull=True, project_id=employee.project_id, post=posts.ADMINISTRATOR,
        employee__state=Employee.State.ACTIVE,
    ).exclude(employee=employee)  # fmt: skip
    mine = Posting.objects.filter(
        to_on__isnull=True, project_id=employee.project_id, post=posts.ADMINISTRATOR, employee=employee
    )
    if mine.exists() and not others.exists():
        raise Refused("", _("This is the last administrator. Name another one first."))


def end_duties(rows: object, by: Actor, *, after: date | None = None) -> None:
    """Shifts that lie ahead (or run now) are over for these rows; what began before a last day stays."""
    ahead = rows.filter(to_at__gt=by.at, ended_at__isnull=True)  # type: ignore[attr-defined]
    if after is not None and after >= timezone.localdate(by.at):
        ahead = ahead.filter(from_at__date__gt=after)
    ahead.update(ended_at=by.at)


@operation(Employee, label=_("Skill"), form=SkillForm, icon="tool")
def set_skill(employee: Employee, *, by: Actor, project: Project, repair_type: str, level: int) -> None:
    """What kind of repair a technician can do at a project; level 0 takes it away."""
    rows = Skill.objects.filter(employee=employee, project=project, repair_type=repair_type)
    if level == 0:
        rows.delete()
    else:
        Skill.objects.update_or_create(
            employee=employee, project=project, repair_type=repair_type, defaults={"level": level}
        )


@operation(Employee, label=_("Departure"), form=DepartForm, clauses=["PRIV-05"], danger=True, guarded=True, icon="door")
def depart(
    employee: Employee, *, by: Actor, left_on: date | None, data_returned: bool, devices_returned: bool,
    statement_signed: bool, reason: str,
) -> None:  # fmt: skip
    """The employee leaves: account, sessions, tokens, posts, duty, districts and covers end at once."""
    today = timezone.localdate(by.at)
    if by.is_staff and employee.pk == by.id:
        raise Refused("", _("Nobody completes their own departure. Ask a colleague of the head office."))
    if left_on and left_on > today:
        raise Refused("left_on", _("Complete the departure on the last day; until then the posts can be given an end."))
    owed = {"data_returned": data_returned, "devices_returned": devices_returned, "statement_signed": statement_signed}
    if missing := [name for name, is_done in owed.items() if not is_done]:
        raise Refused(missing[0], _("This is still owed before a departure is complete."), "PRIV-05")
    refuse_last_administrator(employee)
    employee.left_on = left_on or today
    yesterday = today - timedelta(days=1)
    Account.objects.filter(pk=employee.account_id or 0).update(is_active=False, generation=F("generation") + 1)
    ApiToken.objects.filter(account_id=employee.account_id or 0, revoked_at__isnull=True).update(revoked_at=by.at)
    open_posts = Posting.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=today), employee=employee)
    open_posts.filter(from_on__lt=today).update(to_on=yesterday)
    open_posts.filter(from_on__gte=today).update(to_on=F("from_on") - timedelta(days=1))
    DistrictPost.objects.filter(employee=employee, to_on__isnull=True).update(to_on=today)
    Cover.objects.filter(substitute=employee, to_on__gte=today, from_on__lt=today).update(to_on=yesterday)
    Cover.objects.filter(substitute=employee, from_on__gte=today).delete()
    end_duties(Duty.objects.filter(employee=employee), by)
