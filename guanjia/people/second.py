"""The second factor: who must have one, the authenticator's codes (TOTP), the recovery codes.

Who must is derived from the rights: every post with a right to an operation that is declared `guarded` (exports,
refunds, administration). `config.wiring` tells which posts these are; a project's own changes count as well.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from datetime import datetime

import pyotp
from django.conf import settings
from django.db.models import Q

from guanjia.kernel import crypto, operations
from guanjia.kernel.actors import Actor

from . import spoken
from .models import Account, RecoveryCode, RightOverride, SecondFactor

ISSUER = "Guanjia"
STEP_SECONDS = 30
# Clocks of phones go wrong by a little: the code before and the code after count too.
TOLERANCE = 1
CODES = 10
_posts: frozenset[str] = frozenset()


# -- who must ------------------------------------------------------------------------------------------------------


def guarded() -> set[str]:
    """The rights that need a second factor."""
    return {name for name, one in operations.registry.items() if one.guarded}


def learn(rights: dict[str, frozenset[str]]) -> None:
    """At start-up: the posts with one of these rights by the default table."""
    global _posts
    _posts = frozenset[str]().union(*(rights.get(name, frozenset()) for name in guarded()))


def demanding_posts() -> frozenset[str]:
    """The posts that must have a second factor by the default table."""
    return _posts


def is_demanded(by: Actor | None) -> bool:
    """Whether this person holds a post that must, here or by a project's change. Asked at login."""
    if by is None or not by.is_staff or not settings.SECOND_FACTOR:
        return False
    return _by_post(by) or _by_change(by)


def _by_post(by: Actor) -> bool:
    return any(held & _posts for held in by.posts.values())


def _by_change(by: Actor) -> bool:
    rows = Q(pk__in=[])
    for project_id, held in by.posts.items():
        rows |= Q(project_id=project_id, post__in=held)
    return RightOverride.objects.filter(rows, right__in=guarded(), is_allowed=True).exists()


def is_owed(by: Actor, session: dict[str, object]) -> bool:
    """Whether this session still has to show (or make) a second factor: no statement, asked at every page."""
    if not settings.SECOND_FACTOR or session.get("second") or not by.is_staff:
        return False
    return bool(session.get("owes_second")) or _by_post(by)


# -- the authenticator ---------------------------------------------------------------------------------------------


def has(account_id: int) -> bool:
    return SecondFactor.objects.filter(account_id=account_id).exists()


def new_ticket(account_id: int) -> tuple[str, str]:
    """A fresh secret and the sealed ticket with which it comes back: nothing is stored before it is confirmed."""
    secret = pyotp.random_base32()
    sealed = crypto.seal(crypto.derived("second"), secret.encode(), f"ticket:{account_id}")
    return secret, base64.urlsafe_b64encode(sealed).decode()


def secret_of(ticket: str, account_id: int) -> str | None:
    """The secret in a ticket; None when it is not ours or not this account's."""
    try:
        sealed = base64.urlsafe_b64decode(ticket.encode())
        return crypto.open_sealed(crypto.derived("second"), sealed, f"ticket:{account_id}").decode()
    except ValueError:
        return None


def address(secret: str, username: str) -> str:
    """What the picture holds: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, near a moment; None when it is none of them. Always the same work."""
    totp, found = pyotp.TOTP(secret), None
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), _plain(code).encode()):
            found = step
    return found


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()[:40]


def throttle_of(username: str) -> str:
    """Under which name tries of codes are counted: apart from those of the password, which a right one gives back."""
    return f"second:{username}"


def keep(account: Account, secret: str, step: int, at: datetime) -> list[str]:
    """The authenticator of the account from now on; returns its fresh recovery codes, to be shown once."""
    SecondFactor.objects.update_or_create(
        account_id=account.pk, defaults={"secret": secret, "last_step": step, "confirmed_at": at}
    )
    return renew(account.pk)


def renew(account_id: int) -> list[str]:
    """Ten new recovery codes; the old ones are gone."""
    codes = [spoken.letters(12).upper() for _ in range(CODES)]
    RecoveryCode.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(account_id=account_id, digest=_digest(c)) for c in codes])
    return [f"{c[:4]}-{c[4:8]}-{c[8:]}" for c in codes]


def left(account_id: int) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count()


def remove(account_ids: Iterable[int]) -> int:
    """Take the second factor off; returns how many had one."""
    ids = list(account_ids)
    RecoveryCode.objects.filter(account_id__in=ids).delete()
    return SecondFactor.objects.filter(account_id__in=ids).delete()[0]


def _digest(code: str) -> str:
    return crypto.blind("recovery", _plain(code))


def use(account_id: int, code: str, at: datetime) -> str:
    """Spend a code: "totp", "recovery", or "" when it is none. What was used once is used (compare-and-set)."""
    return use_app(account_id, code, at) or use_recovery(account_id, code, at)


def use_app(account_id: int, code: str, at: datetime) -> str:
    """Spend a code of the app."""
    factor = SecondFactor.objects.filter(account_id=account_id).first()
    if factor is None or not code.isascii():
        return ""
    step = step_of(str(factor.secret), code, at)
    newer = SecondFactor.objects.filter(account_id=account_id, last_step__lt=step if step is not None else 0)
    return "totp" if step is not None and newer.update(last_step=step) else ""


def use_recovery(account_id: int, code: str, at: datetime) -> str:
    """Spend a recovery code."""
    unused = RecoveryCode.objects.filter(account_id=account_id, digest=_digest(code), used_at__isnull=True)
    return "recovery" if unused.update(used_at=at) else ""
