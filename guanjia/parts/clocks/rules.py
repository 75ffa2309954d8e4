"""Rules of clocks, declared in code beside the operations whose events they follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from guanjia import book
from guanjia.kernel import calendar as cal
from guanjia.kernel.calendar import WorkCalendar, parse_duration
from guanjia.kernel.subjects import label_of
from guanjia.parts.standards.bindings import bind_clock
from guanjia.people.models import Employee
from guanjia.people.queries import duty_of

# From the moment the clock starts, the rule's values and the thing: when it is due. None: there is nothing
# to be due yet.
Due = Callable[[WorkCalendar, datetime, dict[str, Any], Any], datetime | None]
Question = Callable[[Any], bool]
Person = Callable[[Any], int | None]
registry: dict[str, ClockRule] = {}
_by_event: dict[str, list[ClockRule]] = {}


def by_limit(calendar: WorkCalendar, start: datetime, values: dict[str, Any], thing: Any) -> datetime:
    """The clause's own limit: PT2H, P3D, rings:3 (five seconds a ring)."""
    within = str(values["within"])
    if within.startswith("rings:"):
        return cal.due_at(calendar, start, timedelta(seconds=5 * int(within.removeprefix("rings:"))))
    return cal.due_at(calendar, start, cal.limit_of(calendar, start, parse_duration(within)))


def by_attribute(name: str) -> Due:
    """A moment that the thing itself names: an appointment, a promise. Nothing is due while it is empty."""

    def due(calendar: WorkCalendar, start: datetime, values: dict[str, Any], thing: Any) -> datetime | None:
        moment: datetime | None = getattr(thing, name)
        return moment

    return due


def by_end_of_day(days: int = 0) -> Due:
    """24:00 of the day of the start, or of the n-th day after it."""
    return lambda calendar, start, values, thing: cal.end_of_day(calendar, start, days)


def by_end_of_shift(person: Callable[[Any], Employee]) -> Due:
    """When the shift of this person ends; off shift, the end of the day. A project may decide a limit instead."""

    def due(calendar: WorkCalendar, start: datetime, values: dict[str, Any], thing: Any) -> datetime:
        if values["within"] != "by end of shift":
            return by_limit(calendar, start, values, thing)
        shift = duty_of(person(thing), thing.project, start)
        return shift.to_at if shift else cal.end_of_day(calendar, start)

    return due


def by_hour(weekday: int | None, hour: time) -> Due:
    """The next such hour, of a weekday (Monday is 0) or of any day."""

    def due(calendar: WorkCalendar, start: datetime, values: dict[str, Any], thing: Any) -> datetime:
        day = start.astimezone(calendar.tz).date()
        for ahead in range(8):
            moment = datetime.combine(day + timedelta(days=ahead), hour, tzinfo=calendar.tz)
            if moment > start and weekday in (None, moment.weekday()):
                return moment
        raise AssertionError("a week has seven days")

    return due


@dataclass(frozen=True, eq=False)
class ClockRule:
    """One clause's clock. Event names are operation names; `only_if` is the one named question of the
    subject.

    `reviews` ask the question and the due moment again: the clock of an answer that became no is cancelled,
    one whose due
    moment moved goes on as a new round. `subject_of` finds the subject when the event is of another thing.
    `since` names
    the moment the clock counts from, when that is not the event's. `at_once` are stops which are measured also where no
    clock runs: a lead time is known only when the act is done, and an act may come before its clock.
    """

    key: str
    clause: str
    subject: str
    verb: Any
    starts: frozenset[str]
    stops: frozenset[str]
    pauses: frozenset[str] = frozenset()
    resumes: frozenset[str] = frozenset()
    cancels: frozenset[str] = frozenset()
    reviews: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()
    only_if: Question | None = None
    due: Due = by_limit
    since: str = ""
    subject_of: Callable[[Any], Any] | None = None
    executor: Person | None = None
    owner: Person | None = None
    pause_reason: Callable[[Any], str] | None = None

    @property
    def events(self) -> frozenset[str]:
        return self.starts | self.stops | self.pauses | self.resumes | self.cancels | self.reviews

    def thing(self, subject: Any) -> Any:
        """The clock's subject, from the subject of an event; None when this event is of something else."""
        if label_of(subject) == self.subject:
            return subject
        return self.subject_of(subject) if self.subject_of else None

    def applies(self, thing: Any) -> bool:
        return self.only_if is None or bool(self.only_if(thing))


def clock(
    clause: str, *, key: str, subject: str, verb: Any, starts: Iterable[str], stops: Iterable[str],
    pauses: Iterable[str] = (), resumes: Iterable[str] = (), cancels: Iterable[str] = (), reviews:
    Iterable[str] = (), at_once: Iterable[str] = (),
    only_if: Question | None = None, due: Due = by_limit, since: str = "", subject_of: Any = None,
    executor: Person | None = None, owner: Person | None = None, pause_reason: Any = None,
    evidence: str = "clocks:board",
) -> ClockRule:  # fmt: skip
    """Declare the clock of a clause. A clause that is no clock, or a key used twice, is refused at
    start-up."""
    if book.clause(clause).kind != "clock":
        raise ValueError(f"{clause} is not a clock")
    if key in registry:
        raise ValueError(f"two clocks are called {key}")
    if set(pauses) and not set(resumes):
        raise ValueError(f"{key} can be paused but never goes on")
    if not set(at_once) <= set(stops):
        raise ValueError(f"{key}: what is measured at once is a stop")
    rule = ClockRule(
        key, clause, subject, verb, frozenset(starts), frozenset(stops), frozenset(pauses),
        frozenset(resumes),
        frozenset(cancels), frozenset(reviews), frozenset(at_once), only_if, due, since, subject_of, executor, owner,
        pause_reason,
    )  # fmt: skip
    registry[key] = rule
    for event in rule.events:
        _by_event.setdefault(event, []).append(rule)
    bind_clock(clause, rule=key, evidence=evidence)
    return rule


def touched_by(event: str) -> list[ClockRule]:
    """The rules that an event starts, stops, pauses or asks again."""
    return _by_event.get(event, [])


def unknown_events() -> list[str]:
    """Rules that listen for events which no operation leaves, for the test over all rules."""
    from guanjia.kernel import operations

    return [f"{r.key}: {name}" for r in registry.values() for name in sorted(r.events - set(operations.registry))]


def forget(key: str) -> None:
    """Take a rule away: for tests that declare their own."""
    rule = registry.pop(key)
    for event in rule.events:
        _by_event[event].remove(rule)
