"""Asking for a code and proving a number with it.

A number that nobody has takes the same way as one that is on record, to the same answer in the same time: who it
belongs to is looked up by the worker that sends the code, and again when the code was right.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import crypto, jobs
from guanjia.kernel.outcomes import Refused
from guanjia.people.login import clear_attempts, phone_hash, take_attempt

from .models import PhoneCode

LIVES = timedelta(minutes=5)
# A right code opens the next step for this long: choosing who one is, changing the number.
PROVES = timedelta(minutes=10)
AGAIN_AFTER = timedelta(seconds=60)
MOST_TRIES = 5
MOST_AN_HOUR = 5
# One address may be a whole building behind one line.
MOST_PER_ADDRESS, ADDRESS_WINDOW = 40, timedelta(minutes=15)
WAIT = _("Too many codes were asked for. Wait a quarter of an hour, or ring the service centre.")
WRONG = _("The code is not right, or has run out. Check it, or ask for a new one.")


def ask(phone: str, *, use: str, at: datetime, address: str, account_id: int | None = None) -> PhoneCode:
    """Make a code and queue it. Raises Refused when the number or the address asked too often."""
    hashed, near = phone_hash(phone), crypto.blind("portal_address", address)
    _refuse_often(hashed, near, at)
    code = f"{secrets.randbelow(10**6):06d}"
    made = PhoneCode.objects.create(
        use=use, account_id=account_id, phone=phone, phone_hash=hashed, address_hash=near, digest=_digest(hashed, code),
        waiting=code, made_at=at, expires_at=at + LIVES,
    )  # fmt: skip
    jobs.defer("portal.send_code", code_id=made.pk)
    return made


def _refuse_often(hashed: str, near: str, at: datetime) -> None:
    asked = PhoneCode.objects.filter(phone_hash=hashed)
    if asked.filter(made_at__gt=at - AGAIN_AFTER, used_at__isnull=True).exists():
        raise Refused("phone", _("A code was sent a moment ago. Ask for another after a minute."))
    here = PhoneCode.objects.filter(address_hash=near, made_at__gt=at - ADDRESS_WINDOW)
    is_often = asked.filter(made_at__gt=at - timedelta(hours=1))[:MOST_AN_HOUR].count() >= MOST_AN_HOUR
    if is_often or here[:MOST_PER_ADDRESS].count() >= MOST_PER_ADDRESS or not take_attempt(f"code:{hashed}", at):
        raise Refused("phone", WAIT)


def prove(code_id: int, code: str, *, at: datetime, account_id: int | None = None) -> PhoneCode:
    """The row that the code belongs to, used up by this. Raises Refused: wrong, used, run out, tried too often."""
    row = PhoneCode.objects.filter(pk=code_id, account_id=account_id).first()
    if row is None:
        raise Refused("code", WRONG)
    if not take_attempt(f"try:{row.phone_hash}", at):
        raise Refused("code", _("Too many tries. Wait a quarter of an hour, then ask for a new code."))
    usable = PhoneCode.objects.filter(pk=row.pk, used_at__isnull=True, expires_at__gt=at)
    is_tried = usable.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1) == 1
    is_right = constant_time_compare(row.digest, _digest(row.phone_hash, code))
    if not (is_tried and is_right and usable.update(used_at=at, waiting="") == 1):
        raise Refused("code", WRONG)
    clear_attempts(f"try:{row.phone_hash}")
    return row


def proved(code_id: int | None, at: datetime) -> PhoneCode | None:
    """A number that was proved a moment ago and opened nothing yet."""
    rows = PhoneCode.objects.filter(pk=code_id or 0, used_at__gt=at - PROVES, spent_at__isnull=True)
    return rows.first()


def spend(row: PhoneCode, at: datetime) -> bool:
    """What a proof opens, it opens once."""
    return PhoneCode.objects.filter(pk=row.pk, spent_at__isnull=True).update(spent_at=at) == 1


def spend_number(account_id: int, phone: str, at: datetime) -> bool:
    """Whether this account proved the new number a moment ago; the proof is spent by the asking."""
    rows = PhoneCode.objects.filter(
        account_id=account_id, use=PhoneCode.Use.NUMBER, phone_hash=phone_hash(phone), used_at__gt=at - PROVES,
        spent_at__isnull=True,
    )  # fmt: skip
    return rows.update(spent_at=at) > 0


def sweep(at: datetime) -> int:
    """Rows of yesterday say nothing any more."""
    return PhoneCode.objects.filter(Q(made_at__lt=at - timedelta(days=1))).delete()[0]


def _digest(hashed: str, code: str) -> str:
    return crypto.blind("portal_code", f"{hashed}:{code}")
