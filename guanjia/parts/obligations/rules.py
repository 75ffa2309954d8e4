"""Rules of what is owed: which clause, by which subjects, in which period, settled by which acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from guanjia import book
from guanjia.kernel.models import Event
from guanjia.kernel.subjects import label_of
from guanjia.parts.standards.bindings import bind_clock, bind_count
from guanjia.people.models import Duty
from guanjia.places.models import Project

from . import periods

Subjects = Callable[[Project, datetime], QuerySet[Any]]
Finder = Callable[[Any, Event], tuple[str, int] | None]
registry: dict[str, DutyRule] = {}
_by_event: dict[str, list[DutyRule]] = {}


@dataclass(frozen=True, eq=False)
class DutyRule:
    """What is owed. `subjects(project, at)` names who owes it in a period that begins at that moment; a row may carry
    `owes_id`, the employee it is owed by. `counts` says whether an act counts at all. `ends` are acts after which the
    subject owes nothing any more. `windows` split the day: one owed by each. `subject_of` finds the subject when the
    act is of another thing. `posts` are those whose own acts alone count: an act of anybody else asks nothing.
    `ahead`: false where who owes it is known on the day alone (who is on). `releases`: who is no longer named in the
    course of a period owes nothing any more (who leaves)."""

    key: str
    clause: str
    subject: str
    label: Any
    unit: Any
    period: str
    subjects: Subjects
    settles: frozenset[str]
    ends: frozenset[str] = frozenset()
    counts: Callable[[Event, Any], bool] | None = None
    subject_of: Finder | None = None
    windows: tuple[periods.Window, ...] = ()
    times: int | None = None
    url: str = ""
    posts: frozenset[str] = frozenset()
    ahead: bool = True
    releases: bool = False

    @property
    def events(self) -> frozenset[str]:
        return self.settles | self.ends

    def of(self, thing: Any, event: Event) -> tuple[str, int] | None:
        """The subject an event speaks of; None when it is of something else."""
        if self.subject_of is not None:
            return self.subject_of(thing, event)
        if self.subject == "project":
            return ("project", event.project_id)
        return (self.subject, thing.pk) if label_of(thing) == self.subject else None


def owed(
    clause: str, *, key: str, subject: str, label: Any, subjects: Subjects, settles: Iterable[str], unit: Any = "",
    ends: Iterable[str] = (), counts: Any = None, subject_of: Finder | None = None, period: str = "",
    windows: Iterable[periods.Window] = (), times: int | None = None, url: str = "", evidence: str = "obligations:list",
    posts: Iterable[str] = (), ahead: bool = True, releases: bool = False,
) -> DutyRule:  # fmt: skip
    """Declare what a clause owes. The period and the number of times are the clause's own unless said otherwise."""
    entry = book.clause(clause)
    period = period or str(entry.get("period") or "")
    if period not in periods.KINDS:
        raise ValueError(f"{clause}: “{period}” is no period")
    if key in registry:
        raise ValueError(f"two duties are called {key}")
    rule = DutyRule(
        key, clause, subject, label, unit, period, subjects, frozenset(settles), frozenset(ends), counts, subject_of,
        tuple(windows), times, url, frozenset(posts), ahead, releases,
    )  # fmt: skip
    registry[key] = rule
    for event in rule.events:
        _by_event.setdefault(event, []).append(rule)
    if entry.kind == "count":
        bind_count(clause, subjects=subjects, evidence=evidence)
    elif entry.kind == "clock":  # of every day, whoever begins it or nobody: `within` is the hour by which it is owed
        bind_clock(clause, rule=key, evidence=evidence)
    return rule


def touched_by(event: str) -> list[DutyRule]:
    return _by_event.get(event, [])


def forget(key: str) -> None:
    """Take a rule away: for tests that declare their own."""
    rule = registry.pop(key)
    for event in rule.events:
        _by_event[event].remove(rule)


def unknown_events() -> list[str]:
    """Duties that no act can settle, for the test over all rules."""
    from guanjia.kernel import operations

    return [f"{r.key}: {name}" for r in registry.values() for name in sorted(r.events - set(operations.registry))]


# -- ready-made subjects -------------------------------------------------------------------------------------------


def the_project(project: Project, at: datetime) -> QuerySet[Any]:
    """Owed once by the project itself."""
    return Project.objects.filter(pk=project.pk)


def shifts_of(*held: str) -> Subjects:
    """Owed by each shift of these posts: with `period="shift"`, `subject="duty"`, `subject_of=own_shift`."""

    def shifts(project: Project, at: datetime) -> QuerySet[Any]:
        return Duty.objects.filter(project=project, post__in=held, ended_at__isnull=True)

    return shifts


def own_shift(thing: Any, event: Event) -> tuple[str, int] | None:
    """The shift on which the actor of an event was."""
    rows = Duty.objects.filter(
        project_id=event.project_id, employee_id=event.actor_id, from_at__lte=event.at, to_at__gt=event.at
    )
    found = rows.order_by("from_at").values_list("pk", flat=True).first() if event.actor_kind == "staff" else None
    return ("duty", found) if found else None
