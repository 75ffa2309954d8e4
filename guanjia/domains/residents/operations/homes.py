"""Homes: a person comes to a house, becomes its head, leaves it; leaving ends rights at once."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.login import phone_hash
from guanjia.people.models import Account, AccountHome, ApiToken, Occupancy, Resident
from guanjia.people.spoken import one_time_password
from guanjia.places.models import House

from ..forms import EndForm, OccupancyForm


def settle(
    resident: Resident, house: House, by: Actor, *, role: str, relation: str = "", is_head: bool = False,
    from_on: date | None = None, until_on: date | None = None,
) -> Occupancy:  # fmt: skip
    """The row of a home. The house is locked by the caller: heads are counted before one is named."""
    living = Occupancy.objects.filter(project_id=house.project_id, house=house, ended_on__isnull=True)
    if living.filter(resident=resident, role=role).exists():
        raise Refused("house", _("This person has this role at this house already."))
    if is_head and living.filter(is_head=True).exists():
        raise Refused("is_head", _("This household has a head. Name the new head on the house's page."))
    return Occupancy.objects.create(
        project_id=house.project_id,
        resident=resident,
        house=house,
        role=role,
        relation=relation,
        is_head=is_head,
        from_on=from_on or timezone.localdate(by.at),
        until_on=until_on,
    )


@operation(Resident, label=_("Add a house"), form=OccupancyForm, creates=Occupancy, clauses=["RES-01"], icon="home")
def add_occupancy(resident: Resident, *, by: Actor, house: House, **living: Any) -> Occupancy:
    """Another home of a person who is on record."""
    if resident.merged_into_id or resident.erased_at:
        raise Refused("", _("This record was merged into another. Open the one that stays."))
    House.objects.select_for_update(no_key=True).get(pk=house.pk, project_id=resident.project_id)
    return settle(resident, house, by, **living)


@need(sentence=_("It has ended already."))
def still_lives_there(occupancy: Occupancy) -> bool:
    return occupancy.ended_on is None


@operation(
    Occupancy, label=_("Move out"), form=EndForm, needs=[still_lives_there], clauses=["RES-01"], danger=True,
    icon="door",
)  # fmt: skip
def end_occupancy(occupancy: Occupancy, *, by: Actor, ended_on: date, reason: str) -> None:
    """The person leaves this house; with the last house of the project, every right there ends at once."""
    if ended_on < occupancy.from_on:
        raise Refused("ended_on", _("The day lies before the day of moving in."))
    occupancy.ended_on = ended_on
    occupancy.is_head = False
    others = Occupancy.objects.filter(
        project_id=occupancy.project_id, resident_id=occupancy.resident_id, ended_on__isnull=True
    ).exclude(pk=occupancy.pk)
    if not others.exists():
        end_homes(occupancy.project_id, occupancy.resident_id, by)


def end_homes(project_id: int, resident_id: int, by: Actor) -> None:
    """Logins lose this home; an account without any home ends its sessions and tokens."""
    homes = AccountHome.objects.filter(project_id=project_id, resident_id=resident_id, ended_at__isnull=True)
    accounts = list(homes.values_list("account_id", flat=True))
    homes.update(ended_at=by.at)
    left = set(
        AccountHome.objects.filter(account_id__in=accounts, ended_at__isnull=True).values_list("account_id", flat=True)
    )
    gone = [a for a in accounts if a not in left]
    Account.objects.filter(pk__in=gone).update(generation=F("generation") + 1)
    ApiToken.objects.filter(account_id__in=gone, revoked_at__isnull=True).update(revoked_at=by.at)


@operation(Occupancy, label=_("Name as head"), needs=[still_lives_there], icon="star")
def name_head(occupancy: Occupancy, *, by: Actor) -> None:
    """This person becomes the head of the household; the one before is not any more."""
    House.objects.select_for_update(no_key=True).get(pk=occupancy.house_id, project_id=occupancy.project_id)
    living = Occupancy.objects.filter(
        project_id=occupancy.project_id, house_id=occupancy.house_id, ended_on__isnull=True
    )
    living.filter(is_head=True).exclude(pk=occupancy.pk).update(is_head=False)
    occupancy.is_head = True


@need(sentence=_("A phone number is missing: it is the name to log in with."))
def has_phone(resident: Resident) -> bool:
    return bool(resident.phone)


@operation(Resident, label=_("Open a login"), needs=[has_phone], icon="key")
def open_access(resident: Resident, *, by: Actor) -> None:
    """A login for the resident with a one-time password, left on `one_time_password` for the page that asked."""
    living = Occupancy.objects.filter(project_id=resident.project_id, resident=resident, ended_on__isnull=True)
    if not living.exists():
        raise Refused("", _("Somebody who lives nowhere here has nothing to log in to."))
    homes = AccountHome.objects.filter(project_id=resident.project_id, ended_at__isnull=True)
    if homes.filter(resident_id=resident.pk).exists():
        raise Refused("", _("This resident has a login already."))
    hashed = phone_hash(resident.phone)
    account = Account.objects.filter(phone_hash=hashed, username__startswith="r-").first()
    if account is None or homes.filter(account_id=account.pk).exists():
        account = Account(username=f"r-{secrets.token_hex(8)}", phone_hash=hashed, must_change_password=True)
        password = one_time_password()
        account.set_password(password)
        account.save(force_insert=True)
        resident.one_time_password = password  # type: ignore[attr-defined]  # told once, never kept
    AccountHome.objects.create(account_id=account.pk, project_id=resident.project_id, resident_id=resident.pk)
