"""What is asked of calls, slips, walk-ins and the rest of the counter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import FenField, OperationForm, asked
from guanjia.kernel.when import NOW, When
from guanjia.people.fields import PersonNameField, PhoneField
from guanjia.people.forms import ColleagueForm
from guanjia.places.forms import AtHouse, said_house

from .models import Assistance, Call, CallBack, PhoneCost, PrivateCall, Slip, StandardReply, WalkIn

AREA = forms.Textarea(attrs={"rows": 3})
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"})
SOON = When(NOW, timedelta(days=30), _("A moment from now on, within thirty days."), "DESK-12")


def reply_by_field(**more: Any) -> forms.DateTimeField:
    """A promised moment lies ahead, and not in another season."""
    return forms.DateTimeField(
        label=_("Reply promised by"), required=False, widget=WHEN, validators=[SOON],
        help_text=_("As agreed with the customer. Empty: nothing is owed."), **more,
    )  # fmt: skip


class LogForm(AtHouse):
    """The call log. What the telephone knows (who rang when) need not be typed."""

    of = Call
    asks = ("caller", "phone", "topic", "content", "handling", "reply_by", "phone_call", "case")

    caller = asked(kind=PersonNameField)
    house = said_house(required=False)
    phone = PhoneField(required=False)
    content = asked(widget=AREA)
    reply_by = reply_by_field()
    phone_call = asked(label=pgettext_lazy("desk", "Call"), widget=forms.HiddenInput)
    case = asked(widget=forms.HiddenInput)

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
    reply = asked(Call.reply, required=True, widget=AREA)


class RingBackForm(OperationForm):
    outcome = asked(
        CallBack.outcome, required=True,
        choices=[(o.value, o.label) for o in CallBack.Outcome if o is not CallBack.Outcome.CALLED_AGAIN],
    )  # fmt: skip
    words = asked(CallBack.words)


class SlipForm(ColleagueForm):
    """Who asked for whom, and what is to be passed on."""

    of = Slip
    colleagues = ("addressee",)

    caller = asked(kind=PersonNameField)
    phone = PhoneField()
    addressee = asked()
    message = asked(widget=AREA)


class ReceiveForm(AtHouse):
    """Somebody stands at the counter."""

    of = WalkIn
    asks = ("name", "company", "phone", "topic", "words")

    name = asked(kind=PersonNameField)
    house = said_house(required=False)
    phone = PhoneField(required=False)
    words = asked(widget=AREA)


class SeeOffForm(OperationForm):
    """Settled, or a time for the reply: without either nobody is seen off."""

    is_settled = asked(WalkIn.is_settled)
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
    of = WalkIn

    phone = PhoneField(required=False)
    handling = asked(required=True)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if not phone and not getattr(self.subject, "phone", ""):
            raise forms.ValidationError(_("The register asks for a number."), code="DESK-09")
        return phone


class HelpForm(AtHouse):
    of = Assistance
    asks = ("kind", "whom", "words")

    whom = asked(kind=PersonNameField)
    house = said_house(required=False)


class WriteReplyForm(OperationForm):
    of = StandardReply
    asks = ("topic", "question", "words", "also")
    words = asked(widget=forms.Textarea(attrs={"rows": 5}))


class ReviseReplyForm(OperationForm):
    as_it_stands = True

    words = asked(StandardReply.words, widget=forms.Textarea(attrs={"rows": 5}))
    also = asked(StandardReply.also)


class PhoneCostForm(OperationForm):
    of = PhoneCost
    asks = ("month_on", "amount_fen", "why")
    amount_fen = asked(kind=FenField, most_fen=100_000_000)

    def clean_month_on(self) -> date:
        month = self.cleaned_data["month_on"].replace(day=1)
        if month > timezone.localdate(self.by.at):
            raise forms.ValidationError(_("This month has not begun."))
        return date(month.year, month.month, 1)


class PrivateCallForm(OperationForm):
    of = PrivateCall
    asks = ("minutes", "why", "why_longer")
    minutes = asked(min_value=1, max_value=240)


REGISTERS = [("F-CALL", _("Call log")), ("F-MSG", _("Message slips")), ("F-VISIT", _("Walk-in register"))]


class PrintForm(OperationForm):
    register = forms.ChoiceField(label=pgettext_lazy("desk", "Register"), choices=REGISTERS)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
