"""Which six digits are too easy: whoever stands behind the counter must not guess them."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

# What people in this country choose first (我爱你一生, 888 …) and is neither a row nor a day.
FAVOURITES = frozenset({"520131", "131452", "521131", "147258", "258369", "159357", "147852", "110119", "520520"})


def is_row(pin: str) -> bool:
    """111111, 123456, 987654, 135791: the same step all along (round the ten, too)."""
    return len({(int(b) - int(a)) % 10 for a, b in pairwise(pin)}) == 1


def is_pattern(pin: str) -> bool:
    """121212, 123123, 123321, 112233, 112211: a part said again, or two digits at most."""
    half = len(pin) // 2
    pairs = len(pin) == 6 and all(pin[n] == pin[n + 1] for n in (0, 2, 4))
    again = pin in (pin[:half] * 2, pin[:2] * 3, pin[:half] + pin[:half][::-1])
    return again or pairs or len(set(pin)) < 3


def is_day(pin: str) -> bool:
    """A birthday as it is written: 900521, 210590, 052190, 199005."""
    a, b, c = (int(pin[n : n + 2]) for n in (0, 2, 4))
    if 1930 <= int(pin[:4]) <= 2035 and 1 <= c <= 12:
        return True
    return any(_is_date(2000 + year, month, day) for year, month, day in ((a, b, c), (c, b, a), (c, a, b)))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def is_easy(pin: str, *known: str) -> bool:
    """Whether it is guessed at once; `known`: numbers that colleagues know (phone, job number)."""
    if pin in FAVOURITES or is_row(pin) or is_pattern(pin) or is_day(pin):
        return True
    return any(pin in re.sub(r"\D", "", number) for number in known)
