"""What the register asks when something comes, when it goes, and when it is turned away."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked

from .models import HURT, Parcel, Sort

POSTAGE = [
    ("none", _("Nothing to pay")),
    ("paid", _("The recipient has paid the courier")),
    ("due", _("Postage or cash on delivery to be paid")),
]
PROOFS = [
    ("code", _("Pick-up code")),
    ("document", _("Identity document seen")),
    ("known", _("Known to us as living there")),
]


class ComesForm(OperationForm):
    of = Parcel

    resident = asked(required=True)
    house = asked(help_text=_("Empty: where the resident lives."))
    addressee = asked(required=False, help_text=_("As written on it, if somebody else."))
    carrier = asked()
    tracking = asked(widget=forms.TextInput(attrs={"data-code": ""}))

    def clean_tracking(self) -> str:
        return str(self.cleaned_data["tracking"]).replace(" ", "").upper()


class AcceptForm(ComesForm):
    """A parcel at the counter, the courier still there."""

    postage = forms.ChoiceField(label=_("Postage"), choices=POSTAGE, initial="none", widget=forms.RadioSelect)
    confirmed = forms.BooleanField(
        label=_("Rang now, with the courier here: lives here and agrees that we take it"), required=False
    )
    intact = forms.BooleanField(label=_("The wrapping is whole and was not opened"), required=False)
    position = asked(required=True, help_text=_("Shelf and layer, for example A-3."))
    photos = FilesField(label=_("Photos"), most=3)


class TurnAwayForm(ComesForm):
    """A delivery that goes back with the courier."""

    resident = asked()
    reason = asked(Parcel.refusal, required=True)
    told = forms.BooleanField(label=_("The recipient was told"), required=False)
    photos = FilesField(label=_("Photos"), required=False, most=3)
    remark = asked()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("resident") and not cleaned.get("addressee"):
            self.add_error("addressee", _("Write the name that stands on it."))
        if cleaned.get("reason") in HURT and not cleaned.get("told"):
            self.add_error("told", _("Tell the recipient what arrived damaged or opened, then let it go back."))
        return cleaned


class MailForm(OperationForm):
    """Letters and papers as the post brings them."""

    of = Parcel
    asks = ("sort", "house", "addressee", "resident", "tracking", "pieces", "position", "photos")

    sort = asked(
        choices=[c for c in Sort.choices if c[0] != Sort.PARCEL], initial=Sort.LETTER, widget=forms.RadioSelect
    )
    house = asked(required=True)
    tracking = asked(label=_("Number of a registered letter"), widget=forms.TextInput(attrs={"data-code": ""}))
    pieces = asked(Parcel.quantity, min_value=1, max_value=99)
    position = asked(required=True)
    photos = FilesField(label=_("Photos"), required=False, most=3)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("sort") != Sort.PAPER and not cleaned.get("photos") and "photos" not in self.errors:
            self.add_error("photos", _("Each letter is photographed, so that it can be looked up."))
        return cleaned


class HandOverForm(OperationForm):
    """Who signs for it, and how we know."""

    personal: ClassVar[frozenset[str]] = frozenset({"collector"})

    proof = forms.ChoiceField(label=_("Known by"), choices=PROOFS, initial="code", widget=forms.RadioSelect)
    pickup_code = asked(Parcel.code, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    collector = forms.CharField(
        label=_("Collected by"), max_length=40, required=False, help_text=_("If somebody else than the recipient.")
    )
    signature = SignatureField(label=_("Signature"))


class PositionForm(OperationForm):
    position = asked(Parcel.position, required=True)


class ReasonForm(OperationForm):
    remark = forms.CharField(label=_("Reason"), max_length=200, min_length=2)
