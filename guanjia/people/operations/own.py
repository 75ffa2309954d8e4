"""Password, language, PIN."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from .. import pins
from ..models import Account, Employee


def secret_field(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


class PasswordForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"old", "new", "again"})
    old = secret_field(_("Password now"), "current-password")
    new = secret_field(_("New password"), "new-password")
    again = secret_field(_("New password again"), "new-password")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        new = cleaned.get("new")
        if new and cleaned.get("again") and new != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        if new and new == cleaned.get("old"):
            self.add_error("new", _("This is the password you have now. Choose another."))
        if new:
            try:
                validate_password(new)
            except ValidationError as error:
                self.add_error("new", error)
        return cleaned


@operation(Project, label=_("Change password"), form=PasswordForm)
def change_password(project: Project, *, by: Actor, old: str, new: str, again: str) -> None:
    """Set a new password; every other session and token of the account ends."""
    account = Account.objects.select_for_update().filter(pk=by.account_id, is_active=True).first()
    if account is None or not account.check_password(old):
        raise Refused("old", _("This is not your password now."))
    account.set_password(new)
    account.must_change_password = False
    account.generation += 1
    account.save(update_fields=["password", "must_change_password", "generation"])


class LanguageForm(OperationForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


@operation(Project, label=_("Language"), form=LanguageForm)
def set_language(project: Project, *, by: Actor, language: str) -> None:
    """The language this account reads."""
    Account.objects.filter(pk=by.account_id).update(language=language)


class PinForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"password", "pin"})
    password = secret_field(_("Password now"), "current-password")
    pin = forms.RegexField(
        r"^\d{6}$",
        label=_("PIN"),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("A PIN has six digits.")},
    )

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        person = Employee.objects.filter(pk=self.by.id).first() if self.by.is_staff else None
        known = (person.phone, person.number) if person else ()
        if pins.is_easy(pin, *known):
            raise ValidationError(_("This PIN is guessed at once: no rows, no birthdays, no part of your number."))
        return pin


@operation(Project, label=_("Set PIN"), form=PinForm)
def set_pin(project: Project, *, by: Actor, password: str, pin: str) -> None:
    """Six digits that unlock a locked page and sign beside a colleague; the password proves who sets them."""
    account = Account.objects.select_for_update().filter(pk=by.account_id, is_active=True).first()
    if account is None or not account.check_password(password):
        raise Refused("password", _("This is not your password now."))
    account.set_pin(pin)
    account.save(update_fields=["pin"])
