"""How often a token may ask: so many requests a minute, whoever's it is, over all processes together.

The database counts, in shares: a process takes a twentieth of the minute's requests at once and serves them from its
own memory, so that not each request writes a row. Never more than the limit goes through; what another process has
taken and not used is missing in that minute, no more than its share.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from .problems import Problem

MINUTE, SHARES = 60, 20
# Digest of a token → the minute, and how many requests of its share are left to this process.
_left: dict[str, tuple[int, int]] = {}
_lock = Lock()


def count(rows: QuerySet[Any], digest: str, per_minute: int, at: datetime, **more: Any) -> None:
    """One request more of the token in `rows` (a table with `window` and `used`). Raises Problem 429."""
    window = int(at.timestamp()) // MINUTE
    with _lock:
        minute, left = _left.get(digest, (0, 0))
        if minute == window and left:
            _left[digest] = (window, left - 1)
            return
    if not (share := _taken(rows, window, per_minute, more)):
        wait = MINUTE - int(at.timestamp()) % MINUTE
        told = _("More than %(n)d requests a minute.") % {"n": per_minute}
        raise Problem(429, told, headers={"Retry-After": str(wait)})
    with _lock:
        for old in [key for key, (minute, _n) in _left.items() if minute != window]:
            del _left[old]
        _left[digest] = (window, _left.get(digest, (window, 0))[1] + share - 1)


def _taken(rows: QuerySet[Any], window: int, per_minute: int, more: dict[str, Any]) -> int:
    """How many requests were granted: a share, or what is left of the minute, parallel askers counted too."""
    share = max(1, per_minute // SHARES)
    for wanted in (share, 1) if per_minute else ():
        used = Case(When(window=window, then=F("used") + wanted), default=Value(wanted))
        free = rows.exclude(window=window, used__gt=per_minute - wanted)
        if free.update(used=used, window=window, **more):
            return wanted
    return 0
