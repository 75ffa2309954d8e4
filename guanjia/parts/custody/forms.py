"""The forms that lending and handing over have in common; a line of work adds its own fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked
from guanjia.kernel.when import AHEAD, When
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Resident

from .models import Condition, Handout

A_YEAR = When(most=timedelta(days=366), said=_("Longer than a year is not lending."))


class DueForm(OperationForm):
    """What for, until when, in what condition."""

    purpose = asked(Handout.purpose, required=True, min_length=2)
    due_at = asked(Handout.due_at, validators=[AHEAD, A_YEAR])
    condition = forms.ChoiceField(
        label=_("Condition"), choices=Condition.choices, initial=Condition.WHOLE, required=False
    )
    photos = FilesField(label=_("Photos"), required=False, most=3)
    signature = SignatureField(label=_("Borrower's signature"), required=False)

    def clean_condition(self) -> str:
        return str(self.cleaned_data.get("condition") or Condition.WHOLE)


class LendForm(ColleagueForm, DueForm):
    """To one of the staff."""

    asks: tuple[str, ...] = ("employee", "purpose", "due_at", "condition", "photos", "signature")
    colleagues = ("employee",)

    employee = asked(Handout.employee, label=_("Borrower"), required=True)


class HolderForm(OperationForm):
    """To a resident, or to somebody who is not on file: exactly one of the two."""

    of = Handout

    resident = asked(required=False)
    outsider = asked()
    contact = forms.CharField(label=_("Their phone"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("resident")) == bool(cleaned.get("outsider")):
            self.add_error("resident", _("Name a resident, or write who else it is."))
        return cleaned

    @staticmethod
    def whom(given: dict[str, Any]) -> Resident | str:
        """The holder that was named."""
        return given["resident"] or str(given["outsider"])
