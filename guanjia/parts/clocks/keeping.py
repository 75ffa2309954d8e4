"""Keeping the clocks: every event is looked at inside its own transaction; what it starts, stops or pauses is
written there.

The operation holds the lock on the subject, so two events of one thing never meet here; the unique constraint
on the running clock is what holds if they did.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guanjia.kernel import calendar as cal
from guanjia.kernel.actors import Actor
from guanjia.kernel.calendar import Pause
from guanjia.kernel.models import Event
from guanjia.kernel.operations import registry as operations
from guanjia.parts.standards import calendars, queries
from guanjia.places.models import Project

from . import rules, timing
from .models import Clock, ClockPause
from .rules import ClockRule

State = Clock.State


def on_event(event: Event, subject: Any, by: Actor) -> None:
    """Start, stop, pause and resume what listens to this event."""
    touched = [(rule, thing) for rule in rules.touched_by(event.name) if (thing := rule.thing(subject)) is not None]
    if not touched:
        return
    known = {} if _is_new(event, touched) else _known(event, touched)
    fresh: list[Clock] = []
    for rule, thing in touched:
        rounds = known.get((rule.key, thing.pk), [])
        running = next((clock for clock in rounds if clock.is_open), None)
        if running is None and event.name in rule.at_once and not rounds and rule.applies(thing):
            fresh += _measured(rule, event, thing)
            continue
        if running is not None:
            running = _follow(rule, running, event, thing)
        if running is None and event.name in rule.starts | rule.reviews and rule.applies(thing):
            made = _started(rule, event, thing, rounds)
            if made is not None:
                fresh.append(made)
    if fresh:
        Clock.objects.bulk_create(fresh)


def _is_new(event: Event, touched: list[tuple[ClockRule, Any]]) -> bool:
    """A thing that this very event made has no clocks yet: nothing to look for."""
    operation = operations.get(event.name)
    made = operation is not None and bool(operation.creates)
    return made and all(event.name in rule.starts and rule.subject == event.subject_label for rule, _ in touched)


def _known(event: Event, touched: list[tuple[ClockRule, Any]]) -> dict[tuple[str, int], list[Clock]]:
    found: dict[tuple[str, int], list[Clock]] = {}
    rows = Clock.objects.filter(
        project_id=event.project_id,
        subject_label__in={rule.subject for rule, _ in touched},
        subject_id__in={thing.pk for _, thing in touched},
        rule_key__in={rule.key for rule, _ in touched},
    )
    project = touched[0][1]._state.fields_cache.get("project")
    if project is None:
        rows = rows.select_related("project")
    for clock in rows.select_for_update(of=("self",), no_key=True).order_by("round"):
        if project is not None:  # theirs too: not read again with each
            clock.project = project
        found.setdefault((clock.rule_key, clock.subject_id), []).append(clock)
    return found


def _follow(rule: ClockRule, clock: Clock, event: Event, thing: Any) -> Clock | None:
    """What the event does to an open clock; returns it while it is still open."""
    if event.name in rule.stops:
        _stop(clock, event)
    elif event.name in rule.cancels or _is_moot(rule, clock, event, thing):
        _cancel(clock, event)
    elif event.name in rule.pauses and clock.state == State.RUNNING:
        _pause(rule, clock, event, thing)
    elif event.name in rule.resumes and clock.state == State.PAUSED:
        _resume(clock, event)
    return clock if clock.is_open else None


def _started(
    rule: ClockRule, event: Event, thing: Any, rounds: list[Clock], *, may_be_past: bool = False
) -> Clock | None:
    project: Project = thing.project
    start = (getattr(thing, rule.since) if rule.since else None) or event.at
    in_force = queries.rule_in_force(rule.clause, project, queries.today_at(project, start))
    if not in_force.is_on:
        return None
    key = in_force.get("calendar") or calendars.ALWAYS
    calendar = calendars.calendar_of(project, key)
    values = dict(in_force.values)
    due = rule.due(calendar, start, values, thing)
    if due is None:
        return None
    if may_be_past:  # late already: it counts from the moment at which it was due
        start = min(start, due)
    clock = Clock(
        project=project,
        rule_key=rule.key,
        clause_id=rule.clause,
        subject_label=rule.subject,
        subject_id=thing.pk,
        round=len(rounds) + 1,
        snapshot={**in_force.frozen(), "calendar": timing.frozen_calendar(project, key)},
        started_at=start,
        due_at=max(due, start),
        started_by=event.pk,
    )
    clock.limit_seconds = timing.seconds(cal.elapsed(calendar, start, clock.due_at))
    timing.set_times(clock, calendar)
    return clock


def _measured(rule: ClockRule, event: Event, thing: Any) -> list[Clock]:
    """A clock that is over as it begins: the act came so long before its moment, or so long after it."""
    made = _started(rule, event, thing, [], may_be_past=True)
    if made is None:
        return []
    calendar = timing.Calendars().of(made)
    made.used_seconds = timing.seconds(cal.elapsed(calendar, made.started_at, event.at))
    made.state = State.MET if event.at <= made.due_at else State.MISSED
    made.stopped_at, made.stopped_by, made.next_at = event.at, event.pk, None
    return [made]


def _is_moot(rule: ClockRule, clock: Clock, event: Event, thing: Any) -> bool:
    """Asked again, the answer is no, or the thing names another moment now: a new round takes over."""
    return event.name in rule.reviews and (not rule.applies(thing) or _has_moved(rule, clock, thing))


def _has_moved(rule: ClockRule, clock: Clock, thing: Any) -> bool:
    """Whether the thing now names another moment. A limit of the clause never moves."""
    if rule.due is rules.by_limit:
        return False
    calendar = timing.Calendars().of(clock)
    due = rule.due(calendar, clock.started_at, clock.snapshot["values"], thing)
    return due is None or (not clock.pauses_count and max(due, clock.started_at) != clock.due_at)


def _stop(clock: Clock, event: Event) -> None:
    at = max(event.at, clock.started_at)
    calendar = timing.Calendars().of(clock)
    pauses = _ended_pauses(clock, event)
    if clock.state == State.PAUSED:
        clock.state, clock.paused_at = State.RUNNING, None
        timing.set_times(clock, calendar, pauses)
    clock.used_seconds = timing.seconds(cal.elapsed(calendar, clock.started_at, at, pauses))
    clock.state = State.MET if at <= clock.due_at else State.MISSED
    _close(clock, event, at)


def _cancel(clock: Clock, event: Event) -> None:
    _ended_pauses(clock, event)
    clock.state, clock.paused_at = State.CANCELLED, None
    _close(clock, event, max(event.at, clock.started_at))


def _close(clock: Clock, event: Event, at: datetime) -> None:
    clock.stopped_at, clock.stopped_by, clock.next_at = at, event.pk, None
    clock.save(update_fields=[
        "state", "stopped_at", "stopped_by", "next_at", "used_seconds", "paused_at", "due_at", "warn_at",
    ])  # fmt: skip


def _pause(rule: ClockRule, clock: Clock, event: Event, thing: Any) -> None:
    at = max(event.at, clock.started_at)
    reason = str(rule.pause_reason(thing))[:100] if rule.pause_reason else ""
    ClockPause.objects.create(
        project_id=clock.project_id,
        clock=clock,
        from_at=at,
        reason=reason,
        by_name=event.actor_name,
        began_by=event.pk,
    )
    clock.state, clock.paused_at, clock.pause_reason, clock.next_at = State.PAUSED, at, reason, None
    clock.pauses_count += 1
    clock.save(update_fields=["state", "paused_at", "pause_reason", "pauses_count", "next_at"])


def _resume(clock: Clock, event: Event) -> None:
    pauses = _ended_pauses(clock, event)
    clock.state, clock.paused_at, clock.pause_reason = State.RUNNING, None, ""
    timing.set_times(clock, timing.Calendars().of(clock), pauses)
    clock.save(update_fields=["state", "paused_at", "pause_reason", "due_at", "warn_at", "next_at"])


def _ended_pauses(clock: Clock, event: Event) -> list[Pause]:
    """The clock's pauses, an open one ended at this event."""
    if not clock.pauses_count:
        return []
    spans = list(ClockPause.objects.filter(project_id=clock.project_id, clock=clock).order_by("from_at"))
    for span in spans:
        if span.to_at is None:
            span.to_at, span.ended_by = max(event.at, span.from_at), event.pk
            span.save(update_fields=["to_at", "ended_by"])
    return [(span.from_at, span.to_at) for span in spans if span.to_at is not None]
