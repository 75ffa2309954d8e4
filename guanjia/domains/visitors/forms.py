"""What is asked of passes, at the gate, and for the watch list."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.when import NOW, When
from guanjia.people.fields import PersonNameField, PhoneField, document_of
from guanjia.people.models import Resident
from guanjia.places.forms import AtHouse

from . import queries
from .models import Document, Means, Pass, Visitor, Watch

MOST_DAYS = 92
AREA = forms.Textarea(attrs={"rows": 2})


def number_field(**more: Any) -> forms.CharField:
    """A document's number: checked on the spot, never kept."""
    return forms.CharField(
        label=_("Document number"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
        help_text=_("It is checked now; only the last four characters are kept."), **more,
    )  # fmt: skip


class Tidied(OperationForm):
    """Plates are written one way; people come at least one."""

    def clean_plate(self) -> str:
        plain = unicodedata.normalize("NFKC", self.cleaned_data["plate"]).upper()
        return "".join(ch for ch in plain if ch.isalnum())

    def clean_headcount(self) -> int:
        return int(self.cleaned_data.get("headcount") or 1)


class Identified(OperationForm):
    """Kind and number of a document that somebody shows."""

    secret: ClassVar[frozenset[str]] = frozenset({"id_number"})

    id_type = asked(Visitor.id_type, required=True, initial=Document.ID_CARD)
    id_number = number_field()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, number = cleaned.get("id_type", ""), cleaned.get("id_number", "")
        if number:
            try:
                cleaned["id_number"] = document_of("idcard" if kind == Document.ID_CARD else "other", number)
            except forms.ValidationError as error:
                self.add_error("id_number", error)
        return cleaned


class IssueForm(AtHouse, Tidied):
    """Whom a house expects. Staff write down who of the household asked for it."""

    of = Pass
    asks = ("visitor", "headcount", "plate", "purpose", "kind", "from_at", "until_at", "asked_by", "is_vip")
    personal: ClassVar[frozenset[str]] = frozenset({"asked_by"})

    visitor = asked(kind=PersonNameField)
    headcount = asked(required=False, min_value=1, max_value=50)
    kind = asked(label=pgettext_lazy("pass", "Good for"), required=False)
    from_at = asked(required=False, help_text=_("Empty: from now."))
    until_at = asked(required=False, help_text=_("Empty: until the end of that day."))
    asked_by = forms.CharField(
        label=_("Asked by"), max_length=30, required=False, help_text=_("Who of the household asked for the pass.")
    )
    is_vip = asked(help_text=_("Received by a named colleague (VIS-03)."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["kind"] = cleaned.get("kind") or Pass.Kind.ONCE
        begin = cleaned["from_at"] = max(cleaned.get("from_at") or self.by.at, self.by.at)
        end = cleaned.get("until_at")
        if end is None and cleaned["kind"] == Pass.Kind.PERIOD:
            self.add_error("until_at", _("A pass for a period has an end."))
        end = end or timezone.localtime(begin).replace(hour=23, minute=59, second=59, microsecond=0)
        if end <= begin:
            self.add_error("until_at", _("The end lies before the beginning, or in the past."))
        elif end - begin > timedelta(days=MOST_DAYS):
            self.add_error("until_at", _("At most %(n)d days; issue another one then.") % {"n": MOST_DAYS})
        cleaned["until_at"] = end
        if self.by.is_resident:
            cleaned["is_vip"] = False
        elif not cleaned.get("asked_by"):
            self.add_error("asked_by", _("Write down who of the household asked for it."))
        return cleaned


class ArriveForm(AtHouse, Identified, Tidied):
    """Somebody stands at the gate without a pass."""

    of = Visitor
    asks = ("name", "phone", "headcount", "plate", "purpose")

    name = asked(kind=PersonNameField)
    id_type = asked()
    id_number = number_field(required=False)
    phone = PhoneField(required=False)
    headcount = asked(required=False, min_value=1, max_value=50)


class IdentifyForm(Identified):
    """Shown later."""


class ConfirmForm(OperationForm):
    """Who of the household said yes, and how they were asked."""

    who = forms.ModelChoiceField(Resident.objects.none(), label=_("Who agreed"))
    how = asked(
        Visitor.confirmed_how, required=True,
        choices=[(m.value, m.label) for m in Means if m is not Means.APPOINTMENT],
    )  # fmt: skip

    def narrow(self) -> None:
        field: Any = self.fields["who"]
        field.queryset = queries.household_of(getattr(self.subject, "house_id", None), self.subject.project_id)


class AdmitForm(OperationForm):
    heeded = asked(
        Visitor.heeded, widget=AREA, help_text=_("Where the house asked to admit nobody: why this visitor is let in.")
    )


class WithPassForm(Identified, Tidied):
    """Against a pass only the document is looked at; what differs from the pass is written down."""

    headcount = asked(Visitor.headcount, required=False, min_value=1, max_value=50)
    plate = asked(Visitor.plate)
    heeded = asked(Visitor.heeded, widget=AREA)


class TurnAwayForm(OperationForm):
    why = asked(Visitor.turned_why, required=True)


class ClearForm(OperationForm):
    why = forms.CharField(label=_("Why they may be let in"), max_length=200, min_length=2, widget=AREA)


class WatchForm(Tidied):
    """Who, recognised by what, what to do, why, until when."""

    of = Watch
    asks = ("name", "phone", "id_number", "plate", "level", "reason", "until_on")
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})
    secret: ClassVar[frozenset[str]] = frozenset({"id_number"})

    name = asked(kind=PersonNameField)
    phone = PhoneField(required=False)
    id_number = number_field(required=False)
    reason = asked(min_length=4, widget=AREA)
    until_on = asked(
        validators=[When(NOW, timedelta(days=366), _("From today, at most a year: then it is looked at anew."))]
    )

    def clean_headcount(self) -> int:
        return 1

    def clean_id_number(self) -> str:
        return document_of("other", self.cleaned_data["id_number"])


class LiftForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"why"})
    why = forms.CharField(label=_("Why it is lifted"), max_length=200, min_length=2, widget=AREA)


class ForgetForm(OperationForm):
    before = forms.DateTimeField(label=_("Before"))
