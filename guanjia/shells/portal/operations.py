"""What residents alone do with their own record."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guanjia.domains.residents.operations.people import is_standing, move_logins
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.fields import PhoneField
from guanjia.people.models import Resident

from . import codes


class NumberForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})
    phone = PhoneField(label=_("New number"))


def is_own(resident: Resident, by: Actor) -> bool:
    """Nobody changes somebody else's number from here."""
    return by.homes.get(resident.project_id) == resident.pk


@operation(
    Resident, label=_("Change my number"), form=NumberForm, needs=[is_standing], whose=is_own, clauses=["RES-02"],
    icon="phone",
)  # fmt: skip
def change_number(resident: Resident, *, by: Actor, phone: str) -> None:
    """Only a number that was proved by a code a moment ago; the login follows it."""
    if phone == resident.phone:
        raise Refused("phone", _("This is the number on record."))
    if not codes.spend_number(by.account_id, phone, by.at):
        raise Refused("phone", _("This number has not been proved: ask for a code on the page “Change my number”."))
    resident.phone = phone
    move_logins(resident, phone)
