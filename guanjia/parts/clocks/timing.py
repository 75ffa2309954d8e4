"""The sums of a clock: when it warns, is due, climbs. Whole seconds; no writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from guanjia.kernel import calendar as cal
from guanjia.kernel.calendar import Pause, WorkCalendar
from guanjia.parts.standards import calendars

from .models import Clock

SOON_SHARE = 25  # percent of the limit that is left when a clock says 快到 …
SOON_AT_LEAST = 15 * 60  # … and never less warning than a quarter of an hour


class Calendars:
    """Calendars of clocks, each made once: a page of clocks asks for the decided days of its project once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], WorkCalendar] = {}
        self._days: dict[int, tuple[set[Any], set[Any]]] = {}

    def of(self, clock: Clock) -> WorkCalendar:
        frozen = clock.snapshot["calendar"]
        key = (clock.project_id, *sorted(frozen.items()))
        if key not in self._made:
            self._made[key] = self._make(clock, frozen)
        return self._made[key]

    def _make(self, clock: Clock, frozen: dict[str, str]) -> WorkCalendar:
        zone = frozen["zone"]
        if frozen["key"] == calendars.ALWAYS:
            return cal.always(zone)
        if clock.project_id not in self._days:
            self._days[clock.project_id] = calendars.decided_days(clock.project)
        opened, closed = self._days[clock.project_id]
        if frozen["key"] == calendars.RECEPTION:
            opens, closes = time.fromisoformat(frozen["opens"]), time.fromisoformat(frozen["closes"])
            return cal.with_days(cal.daily_hours(opens, closes, zone), opened=opened, closed=closed)
        return cal.with_days(cal.working_days(zone), opened=opened, closed=closed)


def frozen_calendar(project: Any, key: str) -> dict[str, str]:
    """What a clock keeps of its calendar: later hours of the centre do not rewrite it."""
    return {
        "key": key,
        "zone": project.zone,
        "opens": str(project.opens_at)[:5],
        "closes": str(project.closes_at)[:5],
    }


def seconds(span: timedelta) -> int:
    return span // timedelta(seconds=1)


def soon_seconds(limit: int, values: dict[str, Any]) -> int:
    """How long before the due moment a clock warns."""
    own = values.get("soon")
    return min(limit, int(own) if own else max(limit * SOON_SHARE // 100, SOON_AT_LEAST))


def set_times(clock: Clock, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> None:
    """Due, warning and next step from the start, the limit and the pauses so far."""
    pauses = list(pauses)
    limit = clock.limit_seconds
    if pauses:
        clock.due_at = _after(calendar, clock, limit, pauses)
    warn = limit - soon_seconds(limit, clock.snapshot["values"])
    clock.warn_at = min(_after(calendar, clock, warn, pauses), clock.due_at)
    set_next(clock, calendar, pauses)


def set_next(clock: Clock, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> None:
    """When the ladder's next step is reached; none while paused, stopped or on the last step."""
    clock.next_at = None
    if clock.state == Clock.State.RUNNING and clock.level < len(clock.ladder):
        clock.next_at = step_at(clock, calendar, clock.ladder[clock.level]["at"], list(pauses))


def step_at(clock: Clock, calendar: WorkCalendar, at: Any, pauses: list[Pause]) -> datetime:
    """`soon`, 100 (due), or a share of the limit in percent."""
    if at == "soon":
        return clock.warn_at
    if at == 100:
        return clock.due_at
    return _after(calendar, clock, clock.limit_seconds * int(at) // 100, pauses)


def steps_reached(clock: Clock, calendar: WorkCalendar, at: datetime, pauses: list[Pause]) -> int:
    """How far up the ladder the clock is at a moment."""
    reached = clock.level
    while reached < len(clock.ladder) and step_at(clock, calendar, clock.ladder[reached]["at"], pauses) <= at:
        reached += 1
    return reached


def left_seconds(clock: Clock, calendar: WorkCalendar, at: datetime) -> int:
    """Open time left; negative when it is over. The due moment already contains the pauses."""
    now = clock.paused_at or at
    if now <= clock.due_at:
        return seconds(cal.elapsed(calendar, now, clock.due_at))
    return -seconds(cal.elapsed(calendar, clock.due_at, now))


def _after(calendar: WorkCalendar, clock: Clock, limit: int, pauses: list[Pause]) -> datetime:
    return cal.due_at(calendar, clock.started_at, timedelta(seconds=limit), pauses)
