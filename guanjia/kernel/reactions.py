"""What follows from an event. Bound once, in `config/reactions.py`; cycles are refused at start-up.

`now`: same transaction and project, its own event with `cause_id`, no network.
`later`: queued in the transaction, delivered at least once, done once for an event; not for history that is brought in.
`always`: parts that keep books of every event (clocks, notices); they perform no operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from .actors import HISTORIC, Actor
from .models import Event

# Imported or made-up acts older than this tell nobody and call nobody.
HISTORY = timedelta(days=1)
Now = Callable[[Event, Any, Actor], None]
_now: dict[str, list[tuple[Now, tuple[str, ...]]]] = {}
_later: dict[str, list[str]] = {}
_tasks: dict[str, Callable[[Event], None]] = {}
_always: list[Now] = []


def now(*events: str, does: Iterable[str] = ()) -> Callable[[Now], Now]:
    """Bind a function to events; `does` names the operations it performs (checked for cycles)."""

    def bind(react: Now) -> Now:
        for name in events:
            _now.setdefault(name, []).append((react, tuple(does)))
        return react

    return bind


def later(*events: str, name: str) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Bind a task of the worker to events, under a stable name."""

    def bind(task: Callable[[Event], None]) -> Callable[[Event], None]:
        _tasks[name] = task
        for event in events:
            _later.setdefault(event, []).append(name)
        return task

    return bind


def always(react: Now) -> Now:
    """Bind a book-keeper to every event."""
    if react not in _always:
        _always.append(react)
    return react


def run(event: Event, subject: Any, by: Actor) -> None:
    """Called by an operation after its event, inside its transaction."""
    for keep in _always:
        keep(event, subject, by)
    because = by.because_of(event.pk)
    for react, _does in _now.get(event.name, ()):
        react(event, subject, because)
    if by.channel in HISTORIC and timezone.now() - event.at > HISTORY:
        return
    for name in _later.get(event.name, ()):
        from .jobs import defer

        defer("kernel.react", event_id=event.pk, project_id=event.project_id, reaction=name)


def perform_later(reaction: str, event: Event) -> None:
    """Run one queued reaction; a reaction that no longer exists is dropped."""
    task = _tasks.get(reaction)
    if task is not None:
        task(event)


def check_cycles() -> None:
    """Raises ValueError naming the circle, if reactions can call each other for ever."""
    graph = {event: {name for _, does in bound for name in does} for event, bound in _now.items()}

    def walk(node: str, path: tuple[str, ...]) -> None:
        if node in path:
            raise ValueError("reactions in a circle: " + " → ".join([*path, node]))
        for after in graph.get(node, ()):
            walk(after, (*path, node))

    for start in graph:
        walk(start, ())
