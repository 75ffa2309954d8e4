"""Where the numbers come from: for each kind of record, what counts as kept and as missed, and on which day.

A source is a query per project and span of moments. It is used twice: grouped by clause and day for the sums, and as
it stands for the page that shows the rows behind a number, so that the two can never differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate

from guanjia.book import Clause
from guanjia.parts.clocks import rules as clocks
from guanjia.parts.clocks.models import Clock
from guanjia.parts.inspections.models import Mark
from guanjia.parts.obligations import rules as duties
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.runsheets.models import RunSheet
from guanjia.places.models import Project

INSTANT = timedelta(microseconds=1)
Moment = Callable[[datetime], Q]


@dataclass(frozen=True)
class Source:
    """`moment` is the field whose day counts; at midnight what ended belongs to the day before when `ends`."""

    name: str
    model: Any
    moment: str
    ends: bool
    met: Moment
    missed: Moment
    exempted: Q | None = None

    def rows(self, project: Project, since: datetime, until: datetime) -> QuerySet[Any]:
        """What counts between two local midnights."""
        if self.ends:
            span = {f"{self.moment}__gt": since, f"{self.moment}__lte": until}
        else:
            span = {f"{self.moment}__gte": since, f"{self.moment}__lt": until}
        found: QuerySet[Any] = self.model.objects.filter(project=project, **span)
        return found

    def sums(self, project: Project, since: datetime, until: datetime, at: datetime) -> QuerySet[Any]:
        """(clause, day, met, missed, exempted) of a span, for the statement that writes them."""
        at_day: Any = F(self.moment)
        if self.ends:
            at_day = ExpressionWrapper(F(self.moment) - INSTANT, output_field=DateTimeField())
        met, missed = self.met(at), self.missed(at)
        exempted = missed & self.exempted if self.exempted is not None else Q(pk__isnull=True)
        rows = self.rows(project, since, until).filter(met | missed).order_by()
        return (
            rows.annotate(on=TruncDate(at_day, tzinfo=ZoneInfo(project.zone)))
            .values("clause_id", "on")
            .annotate(
                kept=Count("pk", filter=met), lost=Count("pk", filter=missed), excused=Count("pk", filter=exempted)
            )
            .values_list("clause_id", "on", "kept", "lost", "excused")
        )


SOURCES = (
    Source(
        "clocks", Clock, "due_at", True,
        met=lambda at: Q(state="met"),
        missed=lambda at: Q(state="missed")
        | Q(state="running", due_at__lt=at)
        | Q(state="paused", paused_at__gt=F("due_at")),
        exempted=Q(exempted_at__isnull=False),
    ),
    Source(
        "obligations", Obligation, "due_at", True,
        met=lambda at: Q(state="met"),
        missed=lambda at: Q(state="open", due_at__lte=at),
        exempted=Q(excused_at__isnull=False),
    ),
    Source(
        "inspections", Mark, "inspected_at", False,
        met=lambda at: Q(state="ok"),
        missed=lambda at: Q(is_fault=True),
    ),
    Source(
        "runsheets", RunSheet, "ended_at", False,
        met=lambda at: Q(state="finished"),
        missed=lambda at: Q(state="abandoned"),
    ),
)  # fmt: skip
KINDS = {"clock": "clocks", "count": "obligations", "conduct": "inspections", "procedure": "runsheets"}


def of_clause(clause: Clause) -> Source | None:
    """What measures a clause, by its kind; a gauge has its own figure. A clock of every day, and a capability that is
    owed, are measured as duties; the others are counted nowhere."""
    name = KINDS.get(clause.kind)
    runs = any(rule.clause == clause.id for rule in clocks.registry.values())
    if name in (None, "clocks") and not runs and any(r.clause == clause.id for r in duties.registry.values()):
        name = "obligations"
    return next((source for source in SOURCES if source.name == name), None)
