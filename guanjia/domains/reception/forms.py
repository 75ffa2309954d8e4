"""What is asked of calls, slips, walk-ins and the rest of the counter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import FenField, OperationForm
from guanjia.parts.casework.models import Case
from guanjia.parts.telephone.models import PhoneCall
from guanjia.people import queries as people
from guanjia.people.fields import PersonNameField, PhoneField
from guanjia.people.models import Employee
from guanjia.places.forms import AtHouse, said_house

from .models import Assistance, CallBack, Topic

AREA = forms.Textarea(attrs={"rows": 3})
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"})
MOST_AHEAD = timedelta(days=30)


def reply_by_field(**more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=_("Reply promised by"), required=False, widget=WHEN,
        help_text=_("As agreed with the customer. Empty: nothing is owed."), **more,
    )  # fmt: skip


class Promising(OperationForm):
    """A promised moment lies ahead, and not in another season."""

    def clean_reply_by(self) -> Any:
        at = self.cleaned_data.get("reply_by")
        if at and not self.by.at < at <= self.by.at + MOST_AHEAD:
            raise forms.ValidationError(_("A moment from now on, within thirty days."), code="DESK-12")
        return at


class LogForm(AtHouse, Promising):
    """The call log. What the telephone knows (who rang when) need not be typed."""

    personal: ClassVar[frozenset[str]] = frozenset({"caller", "phone", "content", "handling"})

    caller = PersonNameField(label=pgettext_lazy("desk", "Caller"), required=False)
    house = said_house(required=False)
    phone = PhoneField(required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    content = forms.CharField(label=_("What was said"), max_length=500, required=False, widget=AREA)
    handling = forms.CharField(label=pgettext_lazy("desk", "What was done"), max_length=300, required=False)
    reply_by = reply_by_field()
    phone_call = forms.ModelChoiceField(
        PhoneCall.objects.all(), label=pgettext_lazy("desk", "Call"), required=False, widget=forms.HiddenInput
    )
    case = forms.ModelChoiceField(Case.objects.all(), label=_("Case"), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("case"):
            return cleaned  # what was said stands there, once
        call = cleaned.get("phone_call")
        for name, sentence in (
            ("caller", _("Ask who is calling.")),
            ("content", _("Write down what was said.")),
            ("handling", _("Write down what was done.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, forms.ValidationError(sentence, code="DESK-06"))
        if not cleaned.get("phone") and "phone" not in self.errors and not (call and call.number):
            self.add_error("phone", forms.ValidationError(_("Ask for a number to ring back."), code="DESK-06"))
        return cleaned


class ReplyForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"reply"})
    reply = forms.CharField(label=_("Reply"), max_length=500, widget=AREA)


class RingBackForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(o.value, o.label) for o in CallBack.Outcome if o is not CallBack.Outcome.CALLED_AGAIN],
    )
    words = forms.CharField(label=_("Note"), max_length=300, required=False)


class SlipForm(OperationForm):
    """Who asked for whom, and what is to be passed on."""

    personal: ClassVar[frozenset[str]] = frozenset({"caller", "phone", "message"})

    caller = PersonNameField(label=pgettext_lazy("desk", "Caller"))
    phone = PhoneField()
    addressee = forms.ModelChoiceField(Employee.objects.all(), label=pgettext_lazy("desk", "Asked for"))
    message = forms.CharField(label=pgettext_lazy("desk", "Message"), max_length=500, widget=AREA)

    def narrow(self) -> None:
        project: Any = getattr(self.subject, "project", self.subject)
        field: Any = self.fields["addressee"]
        field.queryset = people.staff_of(project, self.by.at)


class ReceiveForm(AtHouse):
    """Somebody stands at the counter."""

    personal: ClassVar[frozenset[str]] = frozenset({"name", "company", "phone", "words"})

    name = PersonNameField(label=pgettext_lazy("visitors", "Name"))
    house = said_house(required=False)
    company = forms.CharField(label=_("Company"), max_length=60, required=False)
    phone = PhoneField(required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices, initial=Topic.ENQUIRY)
    words = forms.CharField(label=_("What it is about"), max_length=500, widget=AREA)


class SeeOffForm(Promising):
    """Settled, or a time for the reply: without either nobody is seen off."""

    is_settled = forms.BooleanField(label=_("Settled at once"), required=False)
    reply_by = reply_by_field()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_settled"):
            cleaned["reply_by"] = None
        elif not cleaned.get("reply_by") and "reply_by" not in self.errors:
            self.add_error(
                "reply_by",
                forms.ValidationError(_("Not settled: agree with them by when they hear from us."), code="DESK-11"),
            )
        return cleaned


class CompleteForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"phone", "handling"})
    phone = PhoneField(required=False)
    handling = forms.CharField(label=pgettext_lazy("desk", "What was done"), max_length=300)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if not phone and not getattr(self.subject, "phone", ""):
            raise forms.ValidationError(_("The register asks for a number."), code="DESK-09")
        return phone


class HelpForm(AtHouse):
    personal: ClassVar[frozenset[str]] = frozenset({"whom", "words"})
    kind = forms.ChoiceField(label=_("Help"), choices=Assistance.Kind.choices)
    whom = PersonNameField(label=pgettext_lazy("assistance", "For whom"), required=False)
    house = said_house(required=False)
    words = forms.CharField(label=_("Note"), max_length=200, required=False)


class WriteReplyForm(OperationForm):
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    question = forms.CharField(label=_("Question"), max_length=120)
    words = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    also = forms.CharField(label=_("Also asked as"), max_length=200, required=False)


class ReviseReplyForm(OperationForm):
    words = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    also = forms.CharField(label=_("Also asked as"), max_length=200, required=False)


class PhoneCostForm(OperationForm):
    month_on = forms.DateField(label=_("Month"), widget=forms.DateInput(attrs={"type": "date"}))
    amount_fen = FenField(label=_("Telephone bill"), most_fen=100_000_000)
    why = forms.CharField(label=_("Why it is over"), max_length=300, required=False)

    def clean_month_on(self) -> date:
        month = self.cleaned_data["month_on"].replace(day=1)
        if month > timezone.localdate(self.by.at):
            raise forms.ValidationError(_("This month has not begun."))
        return date(month.year, month.month, 1)


class PrivateCallForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"why", "why_longer"})
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)
    why = forms.CharField(label=_("What was urgent"), max_length=200)
    why_longer = forms.CharField(label=_("Why it took longer"), max_length=200, required=False)


REGISTERS = [("F-CALL", _("Call log")), ("F-MSG", _("Message slips")), ("F-VISIT", _("Walk-in register"))]


class PrintForm(OperationForm):
    register = forms.ChoiceField(label=pgettext_lazy("desk", "Register"), choices=REGISTERS)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
