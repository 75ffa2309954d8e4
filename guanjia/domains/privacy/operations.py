"""Seeing in full, telling somebody, signing the agreement, changing who may do what."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import operations as kernel
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people.models import EmergencyContact, Employee, Resident, RightOverride
from guanjia.places.models import Project

from . import queries

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
    if not queries.reaches(by, resident):
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


@operation(
    Resident, label=_("Tell the number to somebody"), form=DiscloseForm, needs=[has_phone], clauses=["PRIV-01"],
    danger=True, icon="speakerphone",
)  # fmt: skip
def disclose(
    resident: Resident, *, by: Actor, to_whom: str, reason: str, resident_agreed: bool, is_required_by_law: bool
) -> None:
    """The supervisor decides that a number is told to somebody outside, with the reason."""
    if not (resident_agreed or is_required_by_law):
        raise Refused("resident_agreed", _("Nobody is told a resident's number without their consent."), "PRIV-01")


class AgreementForm(OperationForm):
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > timezone.localdate(self.by.at):
            raise forms.ValidationError(_("This day lies in the future."))
        if day.year < 1990:
            raise forms.ValidationError(_("This day is out of range."))
        return day


@operation(Employee, label=_("Agreement signed"), form=AgreementForm, clauses=["PRIV-03"], icon="signature")
def sign_nda(employee: Employee, *, by: Actor, signed_on: date) -> None:
    """The signed agreement of confidentiality is on file: posts that see customer data may be given."""
    if employee.nda_signed_on == signed_on:
        raise Refused("signed_on", _("This is on record already."))
    employee.nda_signed_on = signed_on


class RightForm(OperationForm):
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    right = forms.CharField(label=_("Operation"), max_length=80)
    is_allowed = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=lambda v: {"give": True, "take": False, "default": None}[v],
        choices=[("give", _("Give")), ("take", _("Take")), ("default", _("As in the table"))],
        empty_value=None,
    )
    reason = forms.CharField(label=_("Reason"), max_length=100)

    def clean_right(self) -> str:
        right = self.cleaned_data["right"]
        found = kernel.registry.get(right)
        if found is None or found.internal:
            raise forms.ValidationError(_("There is no such operation."))
        return str(right)


# Rights over rights and over staff are the company's alone: a project does not give them away.
KEPT = ("privacy.override_right", "organization.grant_post", "organization.hire", "organization.open_project")


@operation(Project, label=_("Change a right"), form=RightForm, clauses=["PRIV-02"], icon="lock")
def override_right(project: Project, *, by: Actor, post: str, right: str, is_allowed: bool | None, reason: str) -> None:
    """A project gives a post an operation, or takes it, against the default table."""
    if right in KEPT:
        raise Refused("right", _("This right is not given or taken by a project."))
    if is_allowed and by.holds(project.pk, post):
        raise Refused("post", _("Nobody widens the rights of their own post."))
    if is_allowed is None:
        RightOverride.objects.filter(project=project, post=post, right=right).delete()
        return
    RightOverride.objects.update_or_create(project=project, post=post, right=right, defaults={"is_allowed": is_allowed})


class ExportForm(OperationForm):
    register = forms.SlugField(label=_("List"), max_length=40)
    rows = forms.IntegerField(label=_("Rows"), min_value=0)


@operation(Project, label=_("Export a list"), form=ExportForm, clauses=["PRIV-02"], icon="download")
def export(project: Project, *, by: Actor, register: str, rows: int) -> None:
    """A list is taken out as a workbook: who, which, how many rows."""


__all__: list[Any] = ["disclose", "export", "override_right", "reveal", "reveal_contact", "reveal_document", "sign_nda"]
