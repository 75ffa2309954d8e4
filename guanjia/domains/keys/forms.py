"""What the acts on keys ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import OperationForm, PhotoField, SignatureField, asked
from guanjia.kernel.when import HAPPENED, NOW, When
from guanjia.parts.custody.forms import LendForm as Lending
from guanjia.parts.instructions import queries as instructions
from guanjia.people.forms import ColleagueForm

from . import queries
from .models import MOST_ROWS, MOST_SLOTS, Authorisation, Cabinet, Category, Issue, Key, Kind, TagRule

USUAL = timedelta(hours=2)
LINES = forms.Textarea(attrs={"rows": 2})
# Why a key is taken: work, and which; there is no entry for private ends (KEY-14).
WORK = (
    ("repair", pgettext_lazy("keys", "Repair")),
    ("inspection", pgettext_lazy("keys", "Inspection")),
    ("cleaning", _("Cleaning")),
    ("meter", _("Meter reading")),
    ("delivery", _("Delivery or goods")),
    ("viewing", _("Showing the house")),
    ("emergency", _("Emergency")),
    ("other", _("Other work")),
)
PROOFS = (
    ("id_card", _("Identity card")),
    ("passport", _("Passport")),
    ("contract", _("Purchase contract with identity card")),
)


class CabinetForm(OperationForm):
    of = Cabinet
    asks = ("name", "place", "rows", "slots", "is_dual")

    rows = asked(initial=9, min_value=1, max_value=MOST_ROWS)
    slots = asked(initial=8, min_value=1, max_value=MOST_SLOTS)
    is_dual = asked(help_text=_("Public-area and important keys: opened by two persons."))


class ChangeCabinetForm(CabinetForm):
    """Its name stays: it stands on every key that hangs there."""

    as_it_stands = True

    name = None  # Django's way of leaving a field of the base out


class PlaceForm(OperationForm):
    """A cabinet and a slot of it; without a number the first empty one."""

    of = Key

    cabinet = asked()
    row = asked(required=False, min_value=1, max_value=30)
    slot = asked(required=False, min_value=1, max_value=12)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cabinet, row, slot = cleaned.get("cabinet"), cleaned.get("row"), cleaned.get("slot")
        if cabinet and bool(row) != bool(slot):
            self.add_error("slot", _("Row and slot, or neither: then it gets the first empty slot."))
        elif cabinet and row and slot and (row > cabinet.rows or slot > cabinet.slots):
            self.add_error("slot", _("%(cabinet)s has no such slot.") % {"cabinet": cabinet})
        return cleaned


class TakeOverForm(ColleagueForm, PlaceForm):
    """A key that comes into our keeping: what it opens, who handed it in, where it will lie."""

    asks = (
        "category", "house", "kind", "name", "spot", "floor", "quantity", "handed_by", "cabinet", "row", "slot",
        "keeper", "seal_no", "is_important", "remark",
    )  # fmt: skip
    colleagues = ("keeper",)

    house = asked(required=False)
    kind = asked(choices=[("", "–"), *Kind.choices])
    spot = asked(required=False)
    quantity = asked(required=False, min_value=1, max_value=99)
    keeper = asked(required=False, help_text=_("Empty: you."))
    is_important = forms.BooleanField(label=_("Important: taken out by two persons"), required=False)

    def narrow(self) -> None:
        super().narrow()
        self.fields["cabinet"].required = False

    def clean_quantity(self) -> int:
        return int(self.cleaned_data.get("quantity") or 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("category") == Category.OWNER:
            for name in ("house", "kind", "seal_no"):
                if not cleaned.get(name):
                    self.add_error(name, _("An owner's key has a house, a kind and a seal."))
        else:
            if not cleaned.get("name"):
                self.add_error("name", _("Say which door, room or equipment it opens."))
            if cleaned.get("house") or cleaned.get("kind"):
                self.add_error("house", _("House and kind belong to owners' keys."))
        return cleaned


class KeyRow(TakeOverForm):
    """As one key is taken over; its number stands on its tag already, and it was taken over some day before."""

    number = asked()
    received_on = asked(required=False, validators=[HAPPENED])


class LendForm(Lending):
    """To whom for which work until when; an owner's key also by which authorisation, and the seal that is broken."""

    asks = (
        "employee", "work", "purpose", "due_at", "authorisation", "heeded", "seal_no", "condition", "photos",
        "signature",
    )  # fmt: skip

    work = forms.ChoiceField(label=pgettext_lazy("keys", "Work"), choices=WORK)
    purpose = forms.CharField(label=_("In short"), max_length=180, required=False)
    authorisation = forms.ModelChoiceField(Authorisation.objects.none(), label=_("Written authorisation"))
    seal_no = forms.CharField(label=_("Number of the seal that is broken"), max_length=30)
    heeded = forms.BooleanField(label=_("Heeded"))

    def narrow(self) -> None:
        super().narrow()
        self.initial.setdefault("due_at", self.by.at + USUAL)
        if self.subject.category == Category.OWNER:
            field: Any = self.fields["authorisation"]
            field.queryset = queries.valid_for(self.subject.house_id, self.subject.project, self.by.at)
            field.empty_label = None
            self._heed()
        else:
            del self.fields["authorisation"], self.fields["seal_no"], self.fields["heeded"]

    def _heed(self) -> None:
        """What the household asked for stands on the form itself, at the moment of release."""
        standing = instructions.of_house(self.subject.house, self.by.at)
        if not standing:
            del self.fields["heeded"]
            return
        words = "；".join(" ".join((str(one.get_kind_display()), str(one.words or ""))).strip() for one in standing)
        self.fields["heeded"].label = _("Heeded: %(words)s") % {"words": words}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("work") == "other" and not cleaned.get("purpose"):
            self.add_error("purpose", _("Say which work it is for: keys are not lent for private ends."))
        return cleaned


class SealForm(OperationForm):
    seal_no = forms.CharField(label=_("Number of the new seal"), max_length=30)


class EntrustForm(ColleagueForm):
    """To somebody who keeps it from now on."""

    colleagues = ("keeper",)

    keeper = asked(Key.keeper)
    position = asked(Key.position)


class ReasonForm(OperationForm):
    remark = forms.CharField(label=_("Reason"), max_length=200, min_length=2, widget=LINES)


class DuplicateForm(OperationForm):
    """How many pieces, why, and by whom they are cut."""

    reason = forms.CharField(label=_("Reason"), max_length=200, min_length=2)
    pieces = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=20, initial=1)
    made_by = forms.CharField(label=_("Made by"), max_length=60)


class AuthorisationForm(ColleagueForm):
    """The owner's paper as it was signed, with its picture."""

    of = Authorisation
    asks = ("house", "resident", "employee", "purpose", "signed_on", "valid_until", "scan")
    colleagues = ("employee",)

    employee = asked(required=False, help_text=_("Empty: the service centre, as its work asks."))
    purpose = asked(min_length=2)
    signed_on = asked(validators=[HAPPENED])
    valid_until = asked(validators=[When(least=NOW, said=_("It has run out already."))])
    scan = PhotoField(label=_("Picture of the signed paper"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        house, resident = cleaned.get("house"), cleaned.get("resident")
        if house and resident and not queries.owners_of(house, self.by.at).filter(pk=resident.pk).exists():
            self.add_error("resident", _("Only an owner of the house can allow it."))
        return cleaned


class IssueForm(OperationForm):
    """Who takes them, how the identity was verified, which keys, and the signature."""

    resident = asked(Issue.resident, empty_label=None)
    proof = asked(Issue.proof, choices=PROOFS)
    keys = forms.ModelMultipleChoiceField(
        Key.objects.none(), label=pgettext_lazy("custody", "Keys"), widget=forms.CheckboxSelectMultiple
    )
    counted = forms.BooleanField(label=_("Counted together with the owner, kind by kind"))
    signature = SignatureField(label=_("Owner's signature"))

    def narrow(self) -> None:
        owners: Any = self.fields["resident"]
        owners.queryset = queries.owners_of(self.subject, self.by.at)
        found: Any = self.fields["keys"]
        found.queryset = queries.issuable(self.subject).order_by("kind", "id")
        found.initial = [key.pk for key in found.queryset] if not self.is_bound else None


class TagsForm(OperationForm):
    shows_address = asked(TagRule.shows_address, help_text=_("Without it a lost key tells nobody which door it opens."))


class SheetForm(OperationForm):
    sheet = forms.ChoiceField(
        label=_("Sheet"),
        choices=[
            ("list", _("Key list")), ("log", _("Key log")), ("loans", _("Loans")),
            ("handovers", pgettext_lazy("keys", "Handovers")),
            ("issues", _("Issued to owners")), ("tags", _("Tags")),
        ],
    )  # fmt: skip
