"""Seeing a number in full, and telling it to somebody."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.approvals import queries as approvals
from guanjia.people import reach
from guanjia.people.models import EmergencyContact, Resident

REASONS = [
    ("call_back", _("Call back about a matter")),
    ("visit", _("Arrange a visit")),
    ("emergency", _("Emergency")),
    ("verify", _("Check who is calling")),
    ("correct", _("Check the record with the resident")),
]
DOCUMENT_REASONS = [
    ("handover", _("Handing over a house or keys")),
    ("contract", _("Contract or authorisation")),
    ("authority", _("Request by an authority")),
    ("correct", _("Check the record with the resident")),
]


class RevealForm(OperationForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS)
    note = forms.CharField(label=_("Note"), max_length=100, required=False)


class DocumentForm(OperationForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=DOCUMENT_REASONS)
    note = forms.CharField(label=_("For what"), max_length=100)


@need(sentence=_("No number is on record."))
def has_phone(resident: Resident) -> bool:
    return bool(resident.phone)


@operation(
    Resident, label=_("Show number"), form=RevealForm, needs=[has_phone], clauses=["PRIV-01", "PRIV-02"], icon="eye"
)
def reveal(resident: Resident, *, by: Actor, reason: str, note: str) -> None:
    """Show the phone number in full to whoever needs it now. The page then reads `resident.phone`."""
    _refuse_unreached(resident, by)


def _refuse_unreached(resident: Resident, by: Actor) -> None:
    if not reach.reaches(by, resident):
        raise Refused("", _("This household is not in your district. Ask its steward or the front desk."), "PRIV-02")


@need(sentence=_("No document is on record."))
def has_document(resident: Resident) -> bool:
    return bool(resident.id_hash)


@operation(
    Resident,
    label=_("Show document number"),
    form=DocumentForm,
    needs=[has_document],
    clauses=["PRIV-02"],
    icon="id-badge-2",
)
def reveal_document(resident: Resident, *, by: Actor, reason: str, note: str) -> None:
    """Show the document number in full. The page then reads `resident.id_number`."""


@operation(EmergencyContact, label=_("Show number"), form=RevealForm, clauses=["PRIV-02"], icon="eye")
def reveal_contact(contact: EmergencyContact, *, by: Actor, reason: str, note: str) -> None:
    """Show whom to ring in full. The page then reads `contact.phone`."""
    _refuse_unreached(contact.resident, by)


class DiscloseForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"to_whom"})
    to_whom = forms.CharField(label=_("To whom"), max_length=60)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    resident_agreed = forms.BooleanField(label=_("The resident agreed"), required=False)
    is_required_by_law = forms.BooleanField(label=_("An authority demands it in writing"), required=False)


@need(
    sentence=_("A number is told only with the supervisor's approval, and that rule is switched off here."),
    clause="PRIV-01", owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def telling_is_signed(resident: Resident) -> bool:
    return approvals.is_signed_here("privacy.disclose", resident.project)


@operation(
    Resident, label=_("Tell the number to somebody"), form=DiscloseForm, needs=[has_phone, telling_is_signed],
    clauses=["PRIV-01"], danger=True, icon="speakerphone",
)  # fmt: skip
def disclose(
    resident: Resident, *, by: Actor, to_whom: str, reason: str, resident_agreed: bool, is_required_by_law: bool
) -> None:
    """A number is told to somebody outside: put forward with the reason, told once the supervisor has signed."""
    if not (resident_agreed or is_required_by_law):
        raise Refused("resident_agreed", _("Nobody is told a resident's number without their consent."), "PRIV-01")
