"""The board of a project, put together: each figure is asked of its one home, in a statement that stays small.

`of` is the whole board, `head` the row of figures on top of it (the manager's day on Today shows that row alone).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncWeek

from guanjia import book
from guanjia.domains.repairs import queries as repairs
from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.parts.casework import figures, views
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import queries as compliance
from guanjia.parts.compliance.queries import Tally
from guanjia.parts.obligations import panels as duties
from guanjia.parts.standards import queries as standards
from guanjia.people import queries as people
from guanjia.places.models import Project

NEAR = timedelta(minutes=30)
ROWS, CARRIERS, CLUSTERS, LIMITS, WEEKS = 9, 6, 5, 5, 12
# The sums follow every five minutes; later than this they are behind, and say so.
BEHIND = timedelta(minutes=15)


@dataclass(frozen=True)
class Head:
    """The row of figures."""

    at: datetime
    clocks: list[Clock]
    pressure: dict[str, int]
    standing: dict[str, tuple[int, datetime | None]]
    intake: figures.Intake
    ended: int
    visits: dict[str, int]
    month: dict[str, Tally]
    first: date
    until: datetime | None

    @property
    def open(self) -> int:
        return sum(n for n, _first in self.standing.values())

    @property
    def to_dispatch(self) -> tuple[int, datetime | None]:
        return self.standing[State.OPEN]

    @property
    def kept(self) -> Tally:
        """All limits of the month together."""
        return total(self.month.values())

    @property
    def is_behind(self) -> bool:
        return self.until is not None and self.at - self.until > BEHIND


@dataclass(frozen=True)
class Board:
    """The head, and what stands under it."""

    head: Head
    cases: dict[int, Case]
    # What the other limits are about, as far as this person may know of it.
    things: dict[tuple[str, int], Any]
    orders: dict[int, Any]
    carried: list[tuple[int, str, int]]
    clusters: list[figures.Cluster]
    weeks: list[tuple[date, Tally]]
    rules: dict[str, standards.Rule]
    on_now: list[people.OnNow]
    owed: dict[str, Any]


def head(project: Project, by: Actor) -> Head:
    at, rows = by.at, _cases(project, by)
    today = standards.today_at(project, at)
    first, after = compliance.month_of(today)
    month = compliance.sums([project], first, after, "clause_id", clause_id__in=_limits())
    visits = rows.filter(views.view_of("visits", by, at)).aggregate(
        n=Count("id"), arrived=Count("id", filter=Q(repair_orders__arrived_at__isnull=False))
    )
    return Head(
        at=at,
        clocks=list(clocks.board(by, [project.pk])[:ROWS]),
        pressure=clocks.pressure(project.pk, at, NEAR),
        standing=figures.standing(rows),
        intake=figures.intake(rows, at),
        ended=figures.ended_today(rows, at),
        visits=visits,
        month={key[0]: tally for key, tally in month.items()},
        first=first,
        until=compliance.followed(project),
    )


def of(project: Project, by: Actor) -> Board:
    at, rows, top = by.at, _cases(project, by), head(project, by)
    ids = [one.subject_id for one in top.clocks if one.subject_label == "case"]
    cases = {case.pk: case for case in rows.filter(pk__in=ids).select_related("house", "spot", "owner", "executor")}
    return Board(
        head=top,
        cases=cases,
        things=subjects.named(((c.subject_label, c.subject_id) for c in top.clocks if c.subject_label != "case"), by),
        orders=repairs.orders_of(list(cases.values())) if cases else {},
        carried=figures.carried(rows, CARRIERS),
        clusters=figures.clusters(rows, at, CLUSTERS),
        weeks=_weeks(project, standards.today_at(project, at)),
        rules=standards.rules_in_force(top.month, project, standards.today_at(project, at)),
        on_now=people.on_now(project, at),
        owed=duties.today(project, by),
    )


def mark(project: Project, at: datetime) -> str:
    """Changes when anything happened at the project, and every minute: a poll that brings the same one gets nothing."""
    last = Event.objects.filter(project=project).aggregate(n=Max("pk"))["n"] or 0
    return f"{last}-{at:%d%H%M}"


def total(tallies: Any) -> Tally:
    rows = list(tallies)
    return Tally(*(sum(getattr(one, name) for one in rows) for name in ("met", "missed", "exempted")))


def _weeks(project: Project, today: date) -> list[tuple[date, Tally]]:
    """The last weeks from Monday, all limits together; weeks without any are left out."""
    monday = today - timedelta(days=today.weekday())
    since, until = monday - timedelta(weeks=WEEKS - 1), monday + timedelta(weeks=1)
    found = compliance.sums([project], since, until, TruncWeek("day"), clause_id__in=_limits())
    return sorted((key[0], tally) for key, tally in found.items())


def _cases(project: Project, by: Actor) -> QuerySet[Case]:
    return Case.visible_to(by).filter(project=project)


@cache
def _limits() -> tuple[str, ...]:
    return tuple(clause.id for clause in book.clauses() if clause.kind == "clock")
