"""Who signs shows that it is they: PIN, the code of their phone, or (where no PIN is set) the password.

The proof is asked before the operation begins, so that a refused signature does not give the tries back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused
from guanjia.people.login import clear_attempts, take_attempt
from guanjia.people.models import Account

from .operations import PROOF

FIELD = "pin"


def has_pin(by: Actor) -> bool:
    return Account.objects.filter(pk=by.account_id).exclude(pin="").exists()


def proved(by: Actor, typed: str, at: datetime) -> Actor:
    """The same actor with the proof of this signature; without a word typed, as they came. Raises Refused."""
    if not typed:
        return by
    account = Account.objects.filter(pk=by.account_id, is_active=True).first()
    if account is None or not take_attempt(account.username, at):
        raise Refused(FIELD, _("Too many tries for this number. Wait a quarter of an hour."))
    how = "pin" if account.check_pin(typed) else ""
    if not how and not account.pin and account.check_password(typed[:128]):
        how = "password"
    if not how:
        raise Refused(FIELD, _("This is not your PIN. It is set under My account."))
    clear_attempts(account.username)
    return replace(by, memo={**by.memo, PROOF: how})
