"""How long a session lives and when its screen locks. It fits the work: a counter, a phone, a desk of one's own.

A full login opens a session for twelve hours at most, whatever is done in it. A screen locks when nobody has touched
it for a while (polls are not touching) and opens again with the PIN; at a counter a colleague of the same project may
take over with theirs. `seen` is when a hand was last at it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.crypto import constant_time_compare

from guanjia.kernel.actors import Actor

from . import posts
from .models import Account

LIFE_SECONDS = 12 * 3600
# A resident's own phone at home: no shift ends there, and nobody else takes it over.
HOME, HOME_SECONDS = "home", 30 * 86400
SEEN_EVERY_SECONDS = 30
# Where → seconds without a hand until it locks.
LOCKS_AFTER = {"counter": 300, "phone": 1800, "own": 1800}
WARN_SECONDS = 60


def place_of(by: Actor, *, is_phone: bool) -> str:
    """What kind of screen this is: a phone, a counter that several people share, a desk of one's own, a home."""
    if by.is_resident:
        return HOME
    if is_phone:
        return "phone"
    held = frozenset[str]().union(*by.posts.values()) if by.is_staff else frozenset()
    return "counter" if held & posts.COUNTER else "own"


def begin(session: Any, account: Account, by: Actor, at: datetime, *, is_phone: bool, opened: int = 0) -> None:
    """Write down what the doors ask later. `opened`: kept when a colleague takes over a counter."""
    now = int(at.timestamp())
    session["generation"] = account.generation
    session["place"] = place_of(by, is_phone=is_phone)
    session["opened"] = opened or now
    session["seen"] = now
    session["locked"] = False


def is_over(session: Any, at: datetime) -> bool:
    """Twelve hours after the full login it ends, however busy; a resident's after thirty days."""
    opened = session.get("opened")
    life = HOME_SECONDS if session.get("place") == HOME else LIFE_SECONDS
    return opened is not None and int(at.timestamp()) - int(opened) >= life


def belongs(session: Any, account: Account) -> bool:
    """Whether the session is still this account's: a raised generation ends all that were opened before."""
    return constant_time_compare(str(session.get("generation")), str(account.generation))


def locks_after(session: Any) -> int:
    """Seconds without a hand until this screen locks; 0 for a session of before."""
    return LOCKS_AFTER.get(str(session.get("place", "")), 0)


def is_locked(session: Any, at: datetime, *, is_poll: bool) -> bool:
    """Whether the screen is locked now; a request of a hand counts as touching it."""
    if session.get("locked"):
        return True
    after = locks_after(session)
    if not after:
        return False
    now = int(at.timestamp())
    seen = int(session.get("seen", now))
    if now - seen > after:
        session["locked"] = True
        return True
    if not is_poll and now - seen >= SEEN_EVERY_SECONDS:
        session["seen"] = now
    return False


def touch(session: Any, at: datetime) -> None:
    """Unlocked again by its person."""
    session["locked"] = False
    session["seen"] = int(at.timestamp())
