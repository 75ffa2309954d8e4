"""Whose number it is: residents on record who live (or own a home) here now, and the login of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guanjia.domains.residents.operations import open_access
from guanjia.kernel import search
from guanjia.kernel.actors import system
from guanjia.people.models import Account, AccountHome, Employee, Occupancy, Resident
from guanjia.places.models import Project


@dataclass(frozen=True)
class Person:
    """Somebody the number belongs to: a login with its homes, or a resident who has none yet."""

    resident: Resident
    account_id: int | None

    @property
    def key(self) -> str:
        return str(self.resident.pk)


def people_with(phone: str, at: datetime) -> list[Person]:
    """Residents with exactly this number and a home now, one entry a login. Colleagues sign in elsewhere."""
    residents = _residents(phone, at)
    homes = AccountHome.objects.filter(resident_id__in=[r.pk for r in residents], ended_at__isnull=True)
    logins = dict(homes.values_list("resident_id", "account_id"))
    staff = set(
        Employee.objects.filter(account_id__in=logins.values(), state=Employee.State.ACTIVE).values_list(
            "account_id", flat=True
        )
    )
    closed = set(Account.objects.filter(pk__in=logins.values(), is_active=False).values_list("pk", flat=True))
    found: dict[object, Person] = {}
    for resident in residents:
        account_id = logins.get(resident.pk)
        if account_id in staff or account_id in closed:
            continue
        # One person known at two projects is one entry: the same login, else the same name.
        found.setdefault(account_id or resident.name, Person(resident, account_id))
    named = {p.resident.name for p in found.values() if p.account_id}
    return [p for p in found.values() if p.account_id or p.resident.name not in named]


def _residents(phone: str, at: datetime) -> list[Resident]:
    day = timezone.localdate(at)
    projects = list(Project.objects.exclude(kind=Project.Kind.OFFICE).values_list("pk", flat=True))
    ids = search.found(projects, "resident", phone)
    living = Occupancy.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), project_id=OuterRef("project_id"), resident=OuterRef("pk"),
        from_on__lte=day,
    )  # fmt: skip
    rows = Resident.objects.filter(
        Exists(living), pk__in=ids, project_id__in=projects, phone=phone, merged_into__isnull=True,
        erased_at__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("project").order_by("project_id", "pk"))


def login_of(person: Person, phone: str, at: datetime) -> Account | None:
    """The login, opened at the first visit; the same person's homes at other projects hang on it from then on."""
    by = system(at)
    if person.account_id is None:
        open_access(person.resident, by=by)
    home = AccountHome.objects.filter(
        project_id=person.resident.project_id, resident_id=person.resident.pk, ended_at__isnull=True
    ).first()
    account = Account.objects.filter(pk=home.account_id, is_active=True).first() if home else None
    if account is None:
        return None
    for other in _residents(phone, at):
        linked = AccountHome.objects.filter(project_id=other.project_id, ended_at__isnull=True)
        if (
            other.name == person.resident.name
            and not linked.filter(Q(resident_id=other.pk) | Q(account_id=account.pk)).exists()
        ):
            open_access(other, by=by)
    if account.must_change_password:
        # Who proved the number needs no password that was handed over on paper: it ends here.
        account.set_unusable_password()
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
    return account


def project_of(account_id: int) -> Project | None:
    """A project where this login is at home."""
    home = AccountHome.objects.filter(account_id=account_id, ended_at__isnull=True).select_related("project").first()
    return home.project if home else None
