"""The second factor of an account: made, its recovery codes renewed, taken off by the administrator."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from .. import second
from ..models import Account, Employee
from .own import secret_field


def code_field(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-private": ""})
    return forms.CharField(label=label, max_length=20, widget=widget)


class EnrolForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"password", "ticket", "code"})
    ticket = forms.CharField(label=_("Secret"), max_length=200, widget=forms.HiddenInput)
    code = code_field(_("Six digits from the app"))
    password = secret_field(_("Password now"), "current-password")


@operation(Project, label=_("Set up the second factor"), form=EnrolForm, icon="fingerprint")
def enrol_second_factor(project: Project, *, by: Actor, password: str, ticket: str, code: str) -> None:
    """An authenticator app on the phone is tied to the account; other sessions and tokens end. The caller reads
    `project.recovery_codes` from the answer: they are shown once."""
    account = Account.objects.select_for_update().filter(pk=by.account_id, is_active=True).first()
    if account is None or not account.check_password(password):
        raise Refused("password", _("This is not your password now."))
    if by.is_late_entry:
        raise Refused("", _("This is done now; it cannot be entered late."))
    secret = second.secret_of(ticket, account.pk)
    step = second.step_of(secret, code, by.at) if secret else None
    if secret is None or step is None:
        raise Refused("code", _("This code is not right. Wait for the next one and type it at once."))
    project.recovery_codes = second.keep(account, secret, step, by.at)  # type: ignore[attr-defined]
    account.generation += 1
    account.save(update_fields=["generation"])


class RenewForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"password"})
    password = secret_field(_("Password now"), "current-password")


@operation(Project, label=_("New recovery codes"), form=RenewForm, icon="refresh")
def renew_recovery_codes(project: Project, *, by: Actor, password: str) -> None:
    """Ten new codes; the old ones stop working. The caller reads `project.recovery_codes`."""
    account = Account.objects.select_for_update().filter(pk=by.account_id, is_active=True).first()
    if account is None or not account.check_password(password):
        raise Refused("password", _("This is not your password now."))
    if not second.has(account.pk):
        raise Refused("", _("This account has no second factor yet."))
    project.recovery_codes = second.renew(account.pk)  # type: ignore[attr-defined]  # told once, never kept


@need(sentence=_("This employee has no second factor."))
def has_second_factor(employee: Employee) -> bool:
    return second.has(employee.account_id or 0)


class ResetForm(OperationForm):
    reason = forms.CharField(label=_("Reason"), max_length=100)


def is_anothers(employee: Employee, by: Actor) -> bool:
    """Nobody takes off their own: a stolen session must not."""
    return employee.pk != by.id


@operation(
    Employee, label=_("Take the second factor off"), form=ResetForm, needs=[has_second_factor], whose=is_anothers,
    danger=True, guarded=True, icon="fingerprint",
)  # fmt: skip
def reset_second_factor(employee: Employee, *, by: Actor, reason: str) -> None:
    """The phone is lost: authenticator and codes go, every session ends, a new one is set up at the next login."""
    account = Account.objects.select_for_update().filter(pk=employee.account_id or 0).first()
    if account is None:
        raise Refused("", _("This employee has no account."))
    second.remove([account.pk])
    account.generation += 1
    account.save(update_fields=["generation"])
