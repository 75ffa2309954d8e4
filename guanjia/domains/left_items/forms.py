"""What the custody register asks when something is left, and when it goes."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked
from guanjia.kernel.when import AHEAD, When
from guanjia.people.fields import PersonNameField, PhoneField

from .models import LeftItem

A_SEASON = When(most=timedelta(days=90), said=_("We keep things three months at most."))
PROOFS = [
    ("document", _("Identity document seen")),
    ("known", _("Known to us")),
    ("rang", _("Confirmed on the phone by who left it")),
]


class DueForm(OperationForm):
    """A moment that is still to come, a season ahead at most."""

    due_at = forms.DateTimeField(label=_("To be collected until"), validators=[AHEAD, A_SEASON])


class TakeInForm(DueForm):
    of = LeftItem
    asks = (
        "house", "depositor", "depositor_phone", "description", "pieces", "recipient", "recipient_phone", "due_at",
        "position", "reason", "photos",
    )  # fmt: skip

    depositor = asked(kind=PersonNameField)
    depositor_phone = PhoneField(label=_("Their phone"))
    description = asked(min_length=2, help_text=_("No money, no valuables, nothing that spoils or is dangerous."))
    pieces = asked(LeftItem.quantity, min_value=1, max_value=99)
    recipient = asked(kind=PersonNameField, required=False, help_text=_("Empty: whoever leaves it collects it."))
    recipient_phone = PhoneField(label=_("Phone of who collects"), required=False)
    position = asked(required=True)
    reason = forms.CharField(label=_("Why it is needed"), max_length=200, min_length=2)
    photos = FilesField(label=_("Photos"), required=False, most=5)


class CollectForm(OperationForm):
    proof = forms.ChoiceField(label=_("Known by"), choices=PROOFS, widget=forms.RadioSelect)
    signature = SignatureField(label=_("Signature of who collects"))


class PartForm(CollectForm):
    asks = ("pieces", "proof", "signature")

    pieces = forms.IntegerField(label=_("Pieces collected"), min_value=1, max_value=99)


class PassOnForm(OperationForm):
    """Somebody else collects than was said."""

    of = LeftItem

    recipient = asked(kind=PersonNameField)
    recipient_phone = PhoneField(label=_("Phone of who collects"))
    asked_by = forms.ChoiceField(
        label=_("How who left it asked for this"),
        choices=[
            ("here", pgettext_lazy("left_items", "In person")),
            ("phone", _("On the phone, rung back")),
            ("written", _("In writing")),
        ],
    )


class ChaseForm(OperationForm):
    answer = asked(LeftItem.answer, required=True, min_length=2)


class LaterForm(DueForm):
    answer = forms.CharField(label=_("Reason"), max_length=200, min_length=2)
