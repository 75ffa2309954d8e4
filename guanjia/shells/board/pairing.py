"""Codes and tokens of displays: asked for at the wall, entered in the office, good for one board until revoked.

The token is made with the code and stays in the display's browser; here is only its hash. Who guesses a code in the
office shows the board of the own project on a stranger's screen, and nothing more, so guesses are not counted.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import crypto
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from .models import Display, PairingCode

COOKIE, PATH = "gj_board", "/board"
# Browsers keep a cookie for 400 days at most; each day of use begins them anew.
LIFE_SECONDS = 400 * 86400
LIVES = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)
MOST_PER_ADDRESS, WINDOW = 40, timedelta(minutes=15)
TRIES = 5


def ask(address: str, at: datetime) -> tuple[str, str]:
    """(code, token) for a display that waits. Raises Refused when this address asked too often."""
    near = crypto.blind("board_address", address)
    asked = PairingCode.objects.filter(address_hash=near, made_at__gt=at - WINDOW)
    if asked[:MOST_PER_ADDRESS].count() >= MOST_PER_ADDRESS:
        raise Refused("", _("Too many codes were asked for here. Wait a quarter of an hour."))
    token = secrets.token_urlsafe(32)
    for _try in range(TRIES):
        code = f"{secrets.randbelow(10**6):06d}"
        row = {"token_digest": _digest(token), "address_hash": near, "made_at": at, "expires_at": at + LIVES}
        _made, is_new = PairingCode.objects.get_or_create(digest=_of_code(code), defaults=row)
        if is_new:
            return code, token
    raise Refused("", _("No code is free at the moment. Try again."))


def take(code: str, at: datetime) -> str:
    """The hash of the token behind a code that waits; each code is taken once. Raises Refused."""
    waiting = PairingCode.objects.filter(digest=_of_code(code), taken_at__isnull=True, expires_at__gt=at)
    row = waiting.first()
    if row is None or waiting.update(taken_at=at) != 1:
        raise Refused("code", _("No display waits with this code. Look at the screen again: a code lasts ten minutes."))
    return row.token_digest


def waits(token: str, at: datetime) -> bool:
    """Whether the code of this token can still be entered."""
    rows = PairingCode.objects.filter(token_digest=_digest(token), taken_at__isnull=True, expires_at__gt=at)
    return bool(token) and rows.exists()


def display_of(token: str, at: datetime) -> Display | None:
    """The display that holds a token, as long as it is not revoked; once a minute it is noted as seen."""
    if not token or len(token) > 100:
        return None
    found = Display.objects.filter(digest=_digest(token), state=Display.State.ON).select_related("project").first()
    if found is not None and (found.seen_at is None or at - found.seen_at >= SEEN_EVERY):
        Display.objects.filter(project_id=found.project_id, pk=found.pk).update(seen_at=at)
    return found


def was_paired(token: str) -> bool:
    """Whether the token is that of a display that somebody took off since."""
    return 0 < len(token) <= 100 and Display.objects.filter(digest=_digest(token), state=Display.State.ENDED).exists()


def displays(project: Project) -> list[Display]:
    """Those in use first, the youngest first."""
    return list(Display.objects.filter(project=project).order_by("-state", "-id")[:50])


def sweep(at: datetime) -> int:
    """Codes of yesterday say nothing any more."""
    return PairingCode.objects.filter(made_at__lt=at - timedelta(days=1)).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _of_code(code: str) -> str:
    return crypto.blind("board_code", code)
