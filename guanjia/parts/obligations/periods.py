"""Days, weeks, months … of a project's own calendar as spans with a name. Pure; local midnights, kept in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guanjia.kernel.calendar import WorkCalendar

SHIFT = "shift"
KINDS = (SHIFT, "day", "working_day", "week", "month", "quarter", "half_year", "year")
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# A part of each day in which it is owed by itself: (from, to, what it is called in the key).
Window = tuple[time, time, str]
WHOLE: Window = (time(0), time(0), "")


@dataclass(frozen=True)
class Span:
    key: str
    from_at: datetime
    due_at: datetime


def first_day(kind: str, day: date) -> date:
    """The day on which the period of a day begins."""
    if kind in ("day", "working_day"):
        return day
    if kind == "week":
        return day - timedelta(days=day.weekday())
    month = (day.month - 1) // MONTHS[kind] * MONTHS[kind] + 1
    return day.replace(month=month, day=1)


def next_first(kind: str, first: date) -> date:
    """The first day of the period after the one that begins on `first`."""
    if kind in ("day", "working_day"):
        return first + timedelta(days=1)
    if kind == "week":
        return first + timedelta(days=7)
    months = first.year * 12 + first.month - 1 + MONTHS[kind]
    return date(months // 12, months % 12 + 1, 1)


def name(kind: str, first: date) -> str:
    if kind in ("day", "working_day"):
        return first.isoformat()
    if kind == "week":
        year, week, _day = first.isocalendar()
        return f"{year}-W{week:02d}"
    if kind == "year":
        return f"{first.year}"
    part = {"month": f"{first.month:02d}", "quarter": f"Q{(first.month + 2) // 3}"}
    return f"{first.year}-{part.get(kind, f'H{1 if first.month == 1 else 2}')}"


def spans(
    kind: str, since: datetime, until: datetime, calendar: WorkCalendar, windows: Iterable[Window] = ()
) -> Iterator[Span]:
    """The periods that begin before `until` and end after `since`, oldest first."""
    zone = calendar.tz
    first = first_day(kind, since.astimezone(zone).date())
    while _midnight(first, zone) < until:
        following = next_first(kind, first)
        if kind != "working_day" or calendar.is_working_day(first):
            for opens, closes, label in tuple(windows) or (WHOLE,):
                begin = datetime.combine(first, opens, zone).astimezone(UTC)
                end = _midnight(following, zone) if closes == time(0) else _at(first, closes, zone)
                if end > since and begin < until:
                    yield Span(f"{name(kind, first)} {label}".strip(), begin, end)
        first = following


def end_of_next(kind: str, at: datetime, calendar: WorkCalendar) -> datetime:
    """Until when rows are made at a moment: the end of the period after this one."""
    first = first_day(kind, at.astimezone(calendar.tz).date())
    following = next_first(kind, first)
    while kind == "working_day" and not calendar.is_working_day(following):
        following = next_first(kind, following)
    return _midnight(next_first(kind, following), calendar.tz)


def begin(kind: str, at: datetime, calendar: WorkCalendar) -> datetime:
    """When the period of a moment began."""
    return _midnight(first_day(kind, at.astimezone(calendar.tz).date()), calendar.tz)


def until_hour(span: Span, within: object, zone: str) -> Span:
    """The span of a day cut at the hour that a clause names (`by 08:00`); any other as it is."""
    said = str(within or "")
    if not said.startswith("by ") or said.count(":") != 1:
        return span
    local = span.from_at.astimezone(ZoneInfo(zone))
    return Span(span.key, span.from_at, _at(local.date(), time.fromisoformat(said.removeprefix("by ")), ZoneInfo(zone)))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone).astimezone(UTC)
