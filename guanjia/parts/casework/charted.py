"""What came in, as charts: by the hour beside the usual, and day by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import pgettext

from guanjia.web import charts, words

from .figures import Intake

# The hours of a day that are always drawn; the night too when something came in then.
OPENS, CLOSES = 7, 21
Url = Callable[[str], str]


def nowhere(on: str) -> str:
    """A drawing that opens nothing."""
    return ""


def by_hour(found: Intake, *, numbers: bool = False, url: Url = nowhere) -> dict[str, Any]:
    """Today beside the average of four weeks; `url` opens what came in on a day or in an hour of it."""
    day = found.days[-1][0].isoformat()
    by_night = any(found.today[:OPENS]) or any(found.today[CLOSES:])
    hours = range(24) if by_night else range(OPENS, CLOSES)
    labels = charts.thinned([str(hour) for hour in hours], 7)
    bars = [
        charts.Column(
            label, found.today[hour], usual=found.usual[hour], name=f"{hour}:00", url=url(f"{day}T{hour:02d}")
        )
        for label, hour in zip(labels, hours, strict=True)
    ]
    heads = (pgettext("chart", "Hour"), pgettext("chart", "Today"), pgettext("chart", "The usual"))
    return charts.columns(bars, heads, numbers=numbers)


def by_day(found: Intake, *, url: Url = nowhere) -> dict[str, Any]:
    """Four weeks, day by day."""
    labels = charts.thinned([words.month_day(day) for day, _n in found.days], 5)
    bars = [
        charts.Column(label, n, name=words.month_day(day), url=url(day.isoformat()))
        for label, (day, n) in zip(labels, found.days, strict=True)
    ]
    return charts.columns(bars, (pgettext("chart", "Day"), pgettext("chart", "Came in")))
