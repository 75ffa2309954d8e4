"""Statutory holidays and make-up workdays of the mainland, as far as they are published."""

from datetime import date
from functools import cache


@cache
def statutory_days() -> tuple[frozenset[date], frozenset[date]]:
    """Holidays and make-up workdays that the State Council has published, as far as the installed list
    knows them."""
    from chinese_calendar.constants import holidays, workdays  # 0.2 s of dates: only when asked

    return frozenset(holidays), frozenset(workdays)


def is_assumed(year: int) -> bool:
    """True for a year whose holidays are not published in the list: weekends alone are assumed, and pages
    say so."""
    holidays, _ = statutory_days()
    return not min(holidays).year <= year <= max(holidays).year
