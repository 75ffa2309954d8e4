"""A person's record: made, corrected, merged with another record of the same person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import search, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.erasing import NOBODY, erases
from guanjia.people.fields import sort_key_of
from guanjia.people.login import phone_hash
from guanjia.people.models import Account, AccountHome, CareTag, Consent, EmergencyContact, Occupancy, Resident
from guanjia.places.models import House, Project

from ..forms import CorrectForm, MergeForm, PhoneForm, RegisterForm
from ..models import CareFile, Profile, Referral, Taken
from .homes import settle


@need(sentence=_("This record was merged into another. Open the one that stays."))
def is_standing(resident: Resident) -> bool:
    return resident.merged_into_id is None and resident.erased_at is None


@operation(
    Project,
    label=_("Register a resident"),
    form=RegisterForm,
    creates=Resident,
    clauses=["RES-01", "RES-02"],
    icon="user-plus",
)
def register(
    project: Project,
    *,
    by: Actor,
    name: str,
    phone: str,
    gender: str,
    birth_year: int | None,
    is_vip: bool,
    id_type: str,
    id_number: str,
    house: House,
    **living: Any,
) -> Resident:
    """A new person with a first home. Who is on record already is not registered twice."""
    House.objects.select_for_update(no_key=True).get(pk=house.pk, project=project)
    _refuse_known(project, name, phone, id_number, house)
    resident = Resident(
        project=project,
        name=name,
        phone=phone,
        gender=gender,
        birth_year=birth_year,
        is_vip=is_vip,
        id_type=id_type,
        sort_key=sort_key_of(name),
    )
    resident.set_id_number(id_number)
    resident.save(force_insert=True)
    settle(resident, house, by, **living)
    return resident


def _refuse_known(project: Project, name: str, phone: str, number: str, house: House) -> None:
    known = Resident.objects.filter(project=project, merged_into__isnull=True, erased_at__isnull=True)
    probe = Resident()
    probe.set_id_number(number)
    if number and known.filter(id_hash=probe.id_hash).exists():
        raise Refused("id_number", _("This document is on record already. Open that record and add the house."))
    if phone and known.filter(name=name, phone=phone).exists():
        raise Refused("phone", _("A resident of this name and number is on record. Open it and add the house."))
    living = Occupancy.objects.filter(project=project, house=house, ended_on__isnull=True, resident__name=name)
    if living.exists() and not phone and not number:
        raise Refused("name", _("Somebody of this name lives here already. Give a phone number to tell them apart."))


@operation(Resident, label=_("Correct"), form=CorrectForm, needs=[is_standing], clauses=["RES-02"], icon="edit")
def correct(
    resident: Resident, *, by: Actor, name: str, gender: str, birth_year: int | None, is_vip: bool, id_type: str,
    id_number: str,
) -> None:  # fmt: skip
    """Put the facts of a person right."""
    resident.name, resident.sort_key = name, sort_key_of(name)
    resident.gender, resident.birth_year, resident.is_vip = gender, birth_year, is_vip
    if id_number:
        resident.id_type = id_type
        resident.set_id_number(id_number)
        same = Resident.objects.filter(
            project_id=resident.project_id, id_hash=resident.id_hash, merged_into__isnull=True
        ).exclude(pk=resident.pk)
        if same.exists():
            raise Refused("id_number", _("Another resident has this document. Merge the two records if they are one."))


@operation(Resident, label=_("Change phone"), form=PhoneForm, needs=[is_standing], clauses=["RES-02"], icon="phone")
def change_phone(resident: Resident, *, by: Actor, phone: str) -> None:
    """The number now. The one before stays in the journal, sealed under the person's key."""
    if phone == resident.phone:
        raise Refused("phone", _("This is the number on record."))
    resident.phone = phone
    move_logins(resident, phone)


def move_logins(resident: Resident, phone: str) -> None:
    """A login follows its person's number: who gets the old number later cannot sign in with it."""
    rows = AccountHome.objects.filter(project_id=resident.project_id, resident_id=resident.pk, ended_at__isnull=True)
    Account.objects.filter(pk__in=rows.values("account_id")).update(
        phone_hash=phone_hash(phone) if phone else "", generation=F("generation") + 1
    )


@operation(
    Resident, label=_("Merge into another record"), form=MergeForm, needs=[is_standing], danger=True, icon="git-merge"
)
def merge(resident: Resident, *, by: Actor, into: Resident, reason: str) -> None:
    """Two records of one person: homes, consents, care, contacts and logins go to the one that stays."""
    if into.pk == resident.pk:
        raise Refused("into", _("A record cannot be merged into itself."))
    if resident.id_hash and into.id_hash and resident.id_hash != into.id_hash:
        raise Refused("into", _("The two have different documents on record: they are two people."))
    Resident.objects.select_for_update(no_key=True).get(pk=into.pk)
    if Resident.objects.filter(pk=into.pk, merged_into__isnull=False).exists():
        raise Refused("into", _("That record has just been merged itself. Choose the one that stays."))
    _move_homes(resident, into, by)
    for consent in Consent.objects.filter(resident=resident, withdrawn_at__isnull=True):
        if Consent.objects.filter(resident=into, purpose=consent.purpose, withdrawn_at__isnull=True).exists():
            Consent.objects.filter(pk=consent.pk).update(withdrawn_at=by.at)
    for model in (Consent, CareTag, EmergencyContact):
        model.objects.filter(resident=resident).update(resident=into)
    _move_service(resident, into, by)
    Resident.objects.filter(merged_into=resident).update(merged_into=into)
    rows = AccountHome.objects.filter(project_id=resident.project_id)
    rows.filter(resident_id=resident.pk).update(resident_id=into.pk)
    resident.merged_into = into
    search.index(resident.project_id, subjects.label_of(resident), resident.pk, "")


def _move_service(resident: Resident, into: Resident, by: Actor) -> None:
    """Measures and referrals go along; care file and profile too, where the other record has none of its own."""
    for model in (Taken, Referral):
        model.objects.filter(resident=resident).update(resident=into)
    files = CareFile.objects.filter(resident=resident)
    if CareFile.objects.filter(resident=into, ended_on__isnull=True).exists():
        files.filter(ended_on__isnull=True).update(ended_on=timezone.localdate(by.at))
    files.update(resident=into)
    if not Profile.objects.filter(resident=into).exists():
        Profile.objects.filter(resident=resident).update(resident=into)


def _move_homes(resident: Resident, into: Resident, by: Actor) -> None:
    """Open homes that both have end on the merged record; the others change hands."""
    theirs = set(Occupancy.objects.filter(resident=into, ended_on__isnull=True).values_list("house_id", "role"))
    today = timezone.localdate(by.at)
    for home in Occupancy.objects.filter(resident=resident).order_by("id"):
        if home.ended_on is None and (home.house_id, home.role) in theirs:
            was_head = home.is_head
            Occupancy.objects.filter(pk=home.pk).update(ended_on=max(today, home.from_on), is_head=False)
            if was_head:
                Occupancy.objects.filter(
                    resident=into, house_id=home.house_id, role=home.role, ended_on__isnull=True
                ).update(is_head=True)
        else:
            Occupancy.objects.filter(pk=home.pk).update(resident=into)


@erases
def service(ids: Collection[int], project_id: int, at: datetime) -> None:
    """Care files and profiles say nothing without the person; of a referral the fact and the thank-you stay."""
    mine = {"project_id": project_id, "resident_id__in": ids}
    for model in (CareFile, Profile, Taken):
        model.objects.filter(**mine).delete()
    Referral.objects.filter(**mine).update(friend=NOBODY, about="")
