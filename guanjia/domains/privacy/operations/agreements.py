"""The agreement of confidentiality that staff sign before they see residents' files."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import HAPPENED
from guanjia.people.models import Employee


class AgreementForm(OperationForm):
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[HAPPENED, MinValueValidator(date(1990, 1, 1), _("This day is out of range."))],
    )  # fmt: skip


@operation(Employee, label=_("Agreement signed"), form=AgreementForm, clauses=["PRIV-03"], icon="signature")
def sign_nda(employee: Employee, *, by: Actor, signed_on: date) -> None:
    """The signed agreement of confidentiality is on file: posts that see customer data may be given."""
    if employee.nda_signed_on == signed_on:
        raise Refused("signed_on", _("This is on record already."))
    employee.nda_signed_on = signed_on
