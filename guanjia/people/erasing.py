"""What erasing a person means: each room that keeps something of residents says how it lets go of it.

    @erases
    def profiles(ids: Collection[int], project_id: int, at: datetime) -> None: ...

Rows stay (the house, the dates, what was done), so that registers and figures remain whole; what names, reaches or
describes the person goes. With the person's key goes what journal, frozen copies and stored calls hold of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from guanjia.kernel import search
from guanjia.kernel.models import PersonKey

from .models import Account, AccountHome, ApiToken, CareTag, Consent, EmergencyContact, Resident

Eraser = Callable[[Collection[int], int, datetime], None]
_erasers: list[Eraser] = []
# What stands where the name stood; a word of no language, so that no translation is stored.
NOBODY = "***"


def erases(work: Eraser) -> Eraser:
    """Register a room's part of an erasure: (ids of the person's records, project, moment)."""
    if work not in _erasers:
        _erasers.append(work)
    return work


def erase(project_id: int, resident_id: int, at: datetime) -> None:
    """Let go of one person, records that were merged into theirs included. Inside the caller's transaction."""
    merged = Resident.objects.filter(project_id=project_id, merged_into=resident_id).values_list("id", flat=True)
    ids = [resident_id, *merged]
    for work in _erasers:
        work(ids, project_id, at)
    PersonKey.objects.filter(project_id=project_id, label="people.resident", person_id__in=ids).delete()


@erases
def person(ids: Collection[int], project_id: int, at: datetime) -> None:
    """Name, numbers and documents; the record is found no more."""
    Resident.objects.filter(project_id=project_id, pk__in=ids).update(
        name=NOBODY, phone="", gender="", birth_year=None, is_vip=False,
        id_type="", id_number="", id_hash="", sort_key="", erased_at=at,
    )  # fmt: skip
    search.index_many(project_id, "resident", [(pk, "", ()) for pk in ids])


@erases
def around(ids: Collection[int], project_id: int, at: datetime) -> None:
    """Consents end; whom to ring and what to be considerate of go whole: they say nothing without a person."""
    mine = {"project_id": project_id, "resident_id__in": ids}
    Consent.objects.filter(**mine, withdrawn_at__isnull=True).update(withdrawn_at=at, ends_on=timezone.localdate(at))
    CareTag.objects.filter(**mine).delete()
    EmergencyContact.objects.filter(**mine).delete()


@erases
def logins(ids: Collection[int], project_id: int, at: datetime) -> None:
    """Logins lose this home; an account without another home can no longer be entered, nor found by its phone."""
    homes = AccountHome.objects.filter(project_id=project_id, resident_id__in=ids)
    accounts = set(homes.values_list("account_id", flat=True))
    homes.filter(ended_at__isnull=True).update(ended_at=at)
    left = set(
        AccountHome.objects.filter(account_id__in=accounts, ended_at__isnull=True).values_list("account_id", flat=True)
    )
    gone = accounts - left
    Account.objects.filter(pk__in=gone).update(is_active=False, phone_hash="", pin="", generation=F("generation") + 1)
    ApiToken.objects.filter(account_id__in=gone, revoked_at__isnull=True).update(revoked_at=at)
