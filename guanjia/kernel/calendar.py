"""Working calendars: when does a limit run out, and how much of it is used.

Pure functions over aware datetimes; no model, no settings, no clock of its own. Inside, every moment is an
integer of microseconds since 1970 (UTC), so that ``elapsed(calendar, start, due_at(calendar, start, limit))
== limit`` holds to the last digit.

Words
- A *window* is a span of local wall time in which a day is open; a day may have several (split shifts).
  ``24:00`` is written MIDNIGHT.
- A *limit* is open time. A limit is used up at the end of its last open second, so a due time may fall on the
  closing moment of a window (19:00) but never strictly inside a closed stretch.
- A *day limit* (P3D) on a calendar with closing times ends at the close of the third open day after the day
  of the start: the day on which a period begins is not counted, and the last day ends when business does
  (Civil Code, articles 201 and 203). On the calendar that is always open a day is 24 hours.
- A *pause* is a span in which the limit does not run. Pauses may overlap; the time they share counts once. A
  pause must be closed: whoever asks about a clock that is paused now closes it at the moment of asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from .durations import Duration, parse_duration
from .holidays import is_assumed, statutory_days

__all__ = [
    "Duration", "NeverOpen", "WorkCalendar", "add_days", "always", "daily_hours", "due_at", "elapsed",
    "end_of_day", "is_assumed", "is_open", "limit_of", "next_open", "parse_duration", "running_spans",
    "with_days", "working_days",
]  # fmt: skip

Pause = tuple[datetime, datetime]
Window = tuple[time, time]

ALWAYS, HOURS, DAYS = "always", "hours", "days"
MIDNIGHT = time(0, 0)  # as the end of a window: 24:00
LOOK_AHEAD_DAYS = 3660  # ten years; a limit that does not end within them is a mistake in the calendar or in the limit

_MICRO = timedelta(microseconds=1)
_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NeverOpen(ValueError):
    """The calendar has no open time within the look-ahead, so there is no answer."""


@dataclass(frozen=True)
class WorkCalendar:
    """When a centre counts time. `windows` has seven entries, Monday first; holidays close a day, make-up
    days open one."""

    kind: str = ALWAYS
    windows: tuple[tuple[Window, ...], ...] = ((),) * 7
    holidays: frozenset[date] = field(default=frozenset(), repr=False)
    makeup_days: frozenset[date] = field(default=frozenset(), repr=False)
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if self.kind not in (ALWAYS, HOURS, DAYS):
            raise ValueError(f"unknown kind of calendar: {self.kind}")
        if len(self.windows) != 7:
            raise ValueError("a calendar has windows for seven weekdays, Monday first")
        for spans in self.windows:
            last = -1
            for opens, closes in spans:
                begin, end = _minute_of(opens), _minute_of(closes) or 24 * 60
                if begin < last or end <= begin:
                    raise ValueError(f"windows must be in order and not overlap: {opens}–{closes}")
                last = end

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _makeup_windows(self) -> tuple[Window, ...]:
        """A make-up day works as Monday does, or as the first day that works at all."""
        return next((spans for spans in self.windows if spans), ())

    @cached_property
    def _memo(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {}

    def windows_on(self, day: date) -> tuple[Window, ...]:
        if self.kind == ALWAYS:
            return ((MIDNIGHT, MIDNIGHT),)
        if day in self.makeup_days:
            return self._makeup_windows
        return () if day in self.holidays else self.windows[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return bool(self.windows_on(day))

    def spans_on(self, ordinal: int) -> tuple[tuple[int, int], ...]:
        """The open spans of one local day as microseconds. A change of summer time never makes them overlap
        or run backwards."""
        found = self._memo.get(ordinal)
        if found is None:
            day, spans, last = date.fromordinal(ordinal), [], 0
            for opens, closes in self.windows_on(day):
                begin = max(self._instant(day, opens), last)
                last = max(self._instant(day + timedelta(days=1) if closes == MIDNIGHT else day, closes), begin)
                if last > begin:
                    spans.append((begin, last))
            found = self._memo[ordinal] = tuple(spans)
        return found

    def local_ordinal(self, micros: int) -> int:
        return (_EPOCH + timedelta(microseconds=micros)).astimezone(self.tz).toordinal()

    def _instant(self, day: date, at: time) -> int:
        return _micros(datetime.combine(day, at, tzinfo=self.tz))


# -- the four questions ----------------------------------------------------------------------------------


def due_at(calendar: WorkCalendar, start: datetime, limit: timedelta, pauses: Iterable[Pause] = ()) -> datetime:
    """The moment at which `limit` of open, unpaused time has passed since `start`."""
    left = limit // _MICRO
    if left < 0:
        raise ValueError("a limit is not negative")
    if left == 0:
        return start.astimezone(UTC)
    for begin, end in _running(calendar, _micros(start), None, pauses):
        if end - begin >= left:
            return _moment(begin + left)
        left -= end - begin
    raise NeverOpen(
        f"no end of {limit} within {LOOK_AHEAD_DAYS} days of {start.isoformat()} (calendar: {calendar.kind})"
    )


def elapsed(calendar: WorkCalendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """The open, unpaused time between two moments; nothing when `end` is before `start`."""
    first, last = _micros(start), _micros(end)
    if last <= first:
        return timedelta()
    return timedelta(microseconds=sum(b - a for a, b in _running(calendar, first, last, pauses)))


def is_open(calendar: WorkCalendar, at: datetime) -> bool:
    """Opening moments are open, closing moments are not."""
    moment = _micros(at)
    return any(a <= moment < b for a, b in calendar.spans_on(calendar.local_ordinal(moment)))


def next_open(calendar: WorkCalendar, at: datetime) -> datetime:
    """`at` itself when open, otherwise the next opening."""
    for begin, _ in _running(calendar, _micros(at), None, ()):
        return _moment(begin)
    raise NeverOpen(f"not open within {LOOK_AHEAD_DAYS} days of {at.isoformat()}")


def running_spans(
    calendar: WorkCalendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> list[tuple[datetime, datetime]]:
    """The stretches in which a limit really ran: what a clock shows when it explains itself."""
    return [(_moment(a), _moment(b)) for a, b in _running(calendar, _micros(start), _micros(end), pauses)]


def add_days(calendar: WorkCalendar, start: datetime, days: int) -> datetime:
    """The close of the n-th open day after the day of `start` (n = 0: of that day itself, or of the next
    that still opens)."""
    if days < 0:
        raise ValueError("days are not negative")
    if calendar.kind == ALWAYS:
        return (start + timedelta(days=days)).astimezone(UTC)
    moment = _micros(start)
    today = calendar.local_ordinal(moment)
    for ordinal in range(today, today + LOOK_AHEAD_DAYS):
        spans = calendar.spans_on(ordinal)
        if not spans or spans[-1][1] <= moment:
            continue
        if ordinal == today and days > 0:
            continue
        days -= 1
        if days <= 0:
            return _moment(spans[-1][1])
    raise NeverOpen(f"fewer open days than asked within {LOOK_AHEAD_DAYS} days of {start.isoformat()}")


def end_of_day(calendar: WorkCalendar, at: datetime, days: int = 0) -> datetime:
    """24:00 of the local day that lies `days` after the day of `at`, open or not; negative looks back."""
    day = at.astimezone(calendar.tz).date() + timedelta(days=days + 1)
    return datetime.combine(day, MIDNIGHT, tzinfo=calendar.tz).astimezone(UTC)


def limit_of(calendar: WorkCalendar, start: datetime, duration: Duration) -> timedelta:
    """A written duration as open time from `start`. Days become what lies before the close of the last of
    them, so that
    everything after this line (pauses, shares used, explanations) is one sum of seconds."""
    if duration.months:
        raise ValueError("a limit is written in days, hours, minutes or seconds, not in months")
    limit = timedelta(seconds=duration.seconds)
    if duration.days:
        limit += elapsed(calendar, start, add_days(calendar, start, duration.days))
    return limit


# -- the calendars of the Book ---------------------------------------------------------------------------


def always(zone: str = "Asia/Shanghai") -> WorkCalendar:
    return WorkCalendar(ALWAYS, zone=zone)


def daily_hours(opens: time = time(7), closes: time = time(19), zone: str = "Asia/Shanghai") -> WorkCalendar:
    """The same hours every day of the week, holidays included: the reception hours of the Book."""
    return WorkCalendar(HOURS, ((((opens, closes),),) * 7), zone=zone)


def working_days(zone: str = "Asia/Shanghai") -> WorkCalendar:
    """Monday to Friday without statutory holidays and with make-up days; whole days."""
    holidays, makeup_days = statutory_days()
    whole: tuple[Window, ...] = ((MIDNIGHT, MIDNIGHT),)
    return WorkCalendar(DAYS, (whole,) * 5 + ((),) * 2, holidays, makeup_days, zone)


def with_days(calendar: WorkCalendar, *, closed: Iterable[date] = (), opened: Iterable[date] = ()) -> WorkCalendar:
    """The calendar with some days decided otherwise: a new holiday notice, a local make-up day."""
    closed, opened = frozenset(closed), frozenset(opened)
    return replace(
        calendar,
        holidays=(calendar.holidays | closed) - opened,
        makeup_days=(calendar.makeup_days - closed) | opened,
    )


# -- inside ----------------------------------------------------------------------------------------------


def _running(calendar: WorkCalendar, start: int, end: int | None, pauses: Iterable[Pause]) -> Iterator[tuple[int, int]]:
    """Open spans from `start` to `end` (or the look-ahead after the last pause) with the pauses cut out, in
    order."""
    cuts = _merged(pauses)
    horizon = end if end is not None else max([start, *(b for _, b in cuts)]) + LOOK_AHEAD_DAYS * _DAY
    index = 0
    for begin, stop in _open(calendar, start, horizon):
        while index < len(cuts) and cuts[index][1] <= begin:
            index += 1
        here = index
        while here < len(cuts) and cuts[here][0] < stop:
            if cuts[here][0] > begin:
                yield begin, cuts[here][0]
            begin = max(begin, cuts[here][1])
            here += 1
        if begin < stop:
            yield begin, stop


def _open(calendar: WorkCalendar, start: int, end: int) -> Iterator[tuple[int, int]]:
    if calendar.kind == ALWAYS:
        yield start, end
        return
    for ordinal in range(calendar.local_ordinal(start), calendar.local_ordinal(end) + 1):
        for a, b in calendar.spans_on(ordinal):
            begin, stop = max(a, start), min(b, end)
            if begin < stop:
                yield begin, stop


def _merged(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in sorted((_micros(a), _micros(b)) for a, b in pauses):
        if end <= begin:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _micros(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a moment carries its zone")
    return (moment - _EPOCH) // _MICRO


def _moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def _minute_of(at: time) -> int:
    return at.hour * 60 + at.minute
