"""What a resident agreed to, of what to be considerate, and whom to ring."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import CareTag, Consent, EmergencyContact, Resident

from ..forms import CareForm, ConsentForm, ContactForm
from ..models import CareFile


def _hold(resident: Resident) -> None:
    """Two at once wait for each other: rows are counted before one is added."""
    standing = Resident.objects.select_for_update(no_key=True).filter(
        pk=resident.pk, merged_into__isnull=True, erased_at__isnull=True
    )
    if not standing.exists():
        raise Refused("", _("This record was merged into another. Open the one that stays."))


def is_own_or_staff(thing: Resident | Consent, by: Actor) -> bool:
    """Nobody else agrees for a resident: they do it themself, or staff write down what they said."""
    resident_id = thing.pk if isinstance(thing, Resident) else thing.resident_id
    return by.is_staff or by.homes.get(thing.project_id) == resident_id


@operation(
    Resident, label=_("Record a consent"), form=ConsentForm, creates=Consent, whose=is_own_or_staff, icon="signature"
)
def give_consent(resident: Resident, *, by: Actor, purpose: str, mode: str, ends_on: date | None) -> Consent:
    """The resident agrees to one purpose."""
    _hold(resident)
    if Consent.objects.filter(resident=resident, purpose=purpose, withdrawn_at__isnull=True).exists():
        raise Refused("purpose", _("This consent stands already. Withdraw it first."))
    return Consent.objects.create(
        project_id=resident.project_id, resident=resident, purpose=purpose, given_at=by.at, ends_on=ends_on,
        mode="portal" if by.is_resident else mode,
    )  # fmt: skip


@need(sentence=_("It has been withdrawn already."))
def still_stands(consent: Consent) -> bool:
    return consent.withdrawn_at is None


@operation(Consent, label=_("Withdraw"), needs=[still_stands], whose=is_own_or_staff, danger=True, icon="arrow-back-up")
def withdraw_consent(consent: Consent, *, by: Actor) -> None:
    """The resident takes the consent back: it ends now, and with it what stands on it."""
    consent.withdrawn_at = by.at
    if consent.purpose == Consent.Purpose.CARE:
        files = CareFile.objects.filter(resident_id=consent.resident_id, ended_on__isnull=True)
        files.update(ended_on=timezone.localdate(by.at))


@operation(
    Resident, label=_("Add care"), form=CareForm, creates=CareTag, clauses=["RES-05", "RES-08"], icon="heart-handshake"
)
def add_care_tag(resident: Resident, *, by: Actor, kind: str, note: str) -> CareTag:
    """Something to be considerate of. The note is encrypted and never enters the journal."""
    _hold(resident)
    if CareTag.objects.filter(resident=resident, kind=kind, ended_on__isnull=True).exists():
        raise Refused("kind", _("This is on record already. End it first, then note it anew."))
    return CareTag.objects.create(
        project_id=resident.project_id,
        resident=resident,
        kind=kind,
        note=note,
        noted_on=timezone.localdate(by.at),
        noted_by_id=by.id if by.is_staff else None,
    )


@need(sentence=_("It has ended already."))
def still_holds(tag: CareTag) -> bool:
    return tag.ended_on is None


@operation(CareTag, label=_("End"), needs=[still_holds], icon="heart-handshake")
def end_care_tag(tag: CareTag, *, by: Actor) -> None:
    """It holds no longer."""
    tag.ended_on = timezone.localdate(by.at)


@operation(
    Resident, label=_("Add an emergency contact"), form=ContactForm, creates=EmergencyContact, clauses=["RES-05"],
    icon="phone",
)  # fmt: skip
def add_emergency_contact(resident: Resident, *, by: Actor, name: str, relation: str, phone: str) -> EmergencyContact:
    """Whom to ring for this resident."""
    _hold(resident)
    rows = EmergencyContact.objects.filter(resident=resident)
    if rows.filter(phone=phone).exists():
        raise Refused("phone", _("This number is on record already."))
    if rows.count() >= 5:
        raise Refused("", _("Five contacts are the most."))
    return EmergencyContact.objects.create(
        project_id=resident.project_id, resident=resident, name=name, relation=relation, phone=phone
    )
