"""Reading clocks: of a thing, of a page of things, of the board; who is to be told; how often limits held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor, system
from guanjia.kernel.calendar import Pause
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Unknown
from guanjia.people.models import Posting

from . import rules
from .models import Clock, ClockPause

State = Clock.State
OPEN = (State.RUNNING, State.PAUSED)


def of(thing: Any) -> QuerySet[Clock]:
    """All clocks of a thing, open ones first, then the youngest."""
    return _of(thing.project_id, subjects.label_of(thing), [thing.pk]).order_by(
        F("stopped_at").desc(nulls_first=True), "due_at"
    )


def open_of(project_id: int, label: str, ids: Iterable[int]) -> dict[int, list[Clock]]:
    """Open clocks of a page of things in one statement, the most pressing first."""
    found: dict[int, list[Clock]] = {}
    for clock in _of(project_id, label, ids).filter(state__in=OPEN).order_by("due_at", "pk"):
        found.setdefault(clock.subject_id, []).append(clock)
    return found


def board(by: Actor, project_ids: Iterable[int]) -> QuerySet[Clock]:
    """Running clocks: overdue longest first, then soonest due, which is one order."""
    rows = Clock.visible_to(by).filter(project_id__in=list(project_ids), state=State.RUNNING)
    return rows.select_related("project").order_by("due_at", "pk")


def page(
    by: Actor, project_id: int, view: str, at: datetime, *, after: tuple[int, int] | None, size: int
) -> list[Clock]:
    """One page of the board. `after` is the due moment (milliseconds) and id of the last row of the page before."""
    rows = Clock.visible_to(by).filter(in_view(view, at), project_id=project_id)
    rows = rows.select_related("project").order_by("due_at", "pk")
    if after is not None:
        due = datetime.fromtimestamp(after[0] // 1000, UTC) + timedelta(milliseconds=after[0] % 1000)
        later = due + timedelta(milliseconds=1)
        rows = rows.filter(Q(due_at__gte=later) | Q(due_at__gte=due, due_at__lt=later, pk__gt=after[1]))
    return list(rows[:size])


def in_view(view: str, at: datetime) -> Q:
    """What a view of the board holds, for its pages and for the counts of others."""
    views = {
        "late": Q(state=State.RUNNING, due_at__lt=at),
        "soon": Q(state=State.RUNNING, warn_at__lte=at, due_at__gte=at),
        "paused": Q(state=State.PAUSED),
    }
    return views.get(view, Q(state=State.RUNNING))


def pressure(project_id: int, at: datetime, near: timedelta) -> dict[str, int]:
    """Of the running clocks: how many are late, are soon, break within `near`."""
    return Clock.objects.filter(project_id=project_id, state=State.RUNNING).aggregate(
        late=Count("pk", filter=in_view("late", at)),
        soon=Count("pk", filter=in_view("soon", at)),
        near=Count("pk", filter=Q(due_at__gte=at, due_at__lt=at + near)),
    )


def median_seconds(project_id: int, clause_id: str, since: datetime, until: datetime) -> int | None:
    """The middle time that clocks of a clause took, among those that ended in a span."""
    rows = Clock.objects.filter(
        project_id=project_id,
        clause_id=clause_id,
        stopped_at__gte=since,
        stopped_at__lt=until,
        used_seconds__isnull=False,
    )
    count = rows.count()
    return rows.order_by("used_seconds").values_list("used_seconds", flat=True)[count // 2] if count else None


def pressing(project: Any, label: str, at: datetime) -> QuerySet[Clock]:
    """Running clocks of a kind of thing that are soon or late, most pressing first; `project` may be an OuterRef."""
    rows = Clock.objects.filter(project_id=project, subject_label=label, state=State.RUNNING, warn_at__lte=at)
    return rows.order_by("due_at", "pk")


def overdue(by: Actor, project_ids: Iterable[int], at: datetime) -> QuerySet[Clock]:
    return board(by, project_ids).filter(due_at__lt=at)


def waiting(at: datetime, most: int) -> list[Clock]:
    """Clocks whose next step is reached, longest waiting first; across projects, one index."""
    return list(Clock.objects.filter(next_at__lte=at).select_related("project").order_by("next_at")[:most])


def pauses_of(clock: Clock, at: datetime) -> list[Pause]:
    """The spans in which it did not run; an open one is closed at the moment of asking."""
    if not clock.pauses_count:
        return []
    spans = ClockPause.objects.filter(project_id=clock.project_id, clock=clock).order_by("from_at")
    return [(span.from_at, span.to_at or max(at, span.from_at)) for span in spans]


def told(clock: Clock, event: Event) -> list[str]:
    """Posts and parts (executor, owner) to be told because of an escalation."""
    before, after = event.changes.get("level", [clock.level, clock.level])
    return list(dict.fromkeys(name for step in clock.ladder[before:after] for name in step["to"]))


def recipients(clock: Clock, names: Iterable[str], on: date) -> list[int]:
    """Employees behind `executor`, `owner` and posts, as they stand on the day; each once."""
    names = list(names)
    rule = rules.registry.get(clock.rule_key)
    found: list[int] = []
    if rule is not None and {"executor", "owner"} & set(names):
        try:
            thing = subjects.get(clock.subject_label, clock.subject_id, system(clock.started_at))
        except Unknown:
            thing = None
        for name, person in (("executor", rule.executor), ("owner", rule.owner)):
            if name in names and person is not None and thing is not None and (employee := person(thing)):
                found.append(employee)
    held = Posting.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on), project_id=clock.project_id, post__in=names, from_on__lte=on
    )
    return list(dict.fromkeys([*found, *held.values_list("employee_id", flat=True)]))


def kept(project_id: int, clause_ids: Iterable[str], since: datetime, until: datetime, at: datetime) -> dict[str, Any]:
    """How often each limit was kept among clocks that were due in a span: {clause: {met, missed, exempted,
    due}}.

    A clock that still runs and is late counts as missed: what was not done is not forgotten.
    """
    late = Q(state=State.MISSED) | Q(state__in=OPEN, due_at__lt=at)
    rows = (
        Clock.objects.filter(project_id=project_id, clause_id__in=list(clause_ids), due_at__gte=since, due_at__lt=until)
        .exclude(state=State.CANCELLED)
        .values("clause_id")
        .annotate(
            met=Count("pk", filter=Q(state=State.MET)),
            missed=Count("pk", filter=late),
            exempted=Count("pk", filter=late & Q(exempted_at__isnull=False)),
        )
    )
    return {
        row["clause_id"]: {
            "met": row["met"], "missed": row["missed"], "exempted": row["exempted"], "due": row["met"] + row["missed"],
        }
        for row in rows
    }  # fmt: skip


def breaches(project_id: int, clause_id: str, since: datetime, until: datetime, at: datetime) -> QuerySet[Clock]:
    """Clocks of a clause that were late, longest ago first."""
    late = Q(state=State.MISSED) | Q(state__in=OPEN, due_at__lt=at)
    return Clock.objects.filter(
        late, project_id=project_id, clause_id=clause_id, due_at__gte=since, due_at__lt=until
    ).order_by("due_at")


def _of(project_id: int, label: str, ids: Iterable[int]) -> QuerySet[Clock]:
    return Clock.objects.filter(project_id=project_id, subject_label=label, subject_id__in=list(ids)).select_related(
        "project"
    )
