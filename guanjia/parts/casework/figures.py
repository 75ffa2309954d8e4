"""Figures over the cases of a project: what stands open, who carries it, what came in, where it clusters.

Each reads open rows or a bounded span of days through an index, in one statement, so none grows with the years; each
has a view of the queue (`views`) that opens exactly its rows. `rows` is what the reader may see: a project's cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce, TruncHour
from django.utils import timezone

from .models import ONGOING, UNFINISHED, Case, State
from .views import WEEK, day_start

WEEKS = 4
CLUSTER = 3  # fewer of a kind in a building in a week are no cluster
HOURS = 24


def standing(rows: QuerySet[Case]) -> dict[str, tuple[int, datetime | None]]:
    """Open cases by state: how many, and since when the oldest of them."""
    found: Any = rows.filter(state__in=ONGOING).order_by().values_list("state")
    counted = {state: (n, first) for state, n, first in found.annotate(n=Count("id"), first=Min("reported_at"))}
    return {str(state): counted.get(state, (0, None)) for state in State if state in ONGOING}


def ended_today(rows: QuerySet[Case], at: datetime) -> int:
    return rows.filter(closed_at__gte=day_start(at)).count()


def carried(rows: QuerySet[Case], most: int = 8) -> list[tuple[int, str, int]]:
    """(id, name, cases in hand) of those who carry most."""
    found: Any = rows.filter(executor__isnull=False, state__in=UNFINISHED).order_by()
    found = found.values_list("executor_id", "executor__name").annotate(n=Count("id")).order_by("-n", "executor_id")
    return list(found[:most])


@dataclass(frozen=True)
class Intake:
    """What came in: today by hour, the same hours of this weekday summed over four weeks, and day by day."""

    today: list[int]
    usual_of_four: list[int]
    days: list[tuple[date, int]]
    hour: int

    @property
    def count(self) -> int:
        return sum(self.today)

    @property
    def usual_so_far(self) -> int:
        """The four-week average up to and with this hour, rounded."""
        return _quarter(sum(self.usual_of_four[: self.hour + 1]))

    @property
    def usual(self) -> list[int]:
        return [_quarter(n) for n in self.usual_of_four]


def intake(rows: QuerySet[Case], at: datetime) -> Intake:
    """Four weeks and today, hour by hour, in one statement."""
    start = day_start(at)
    since = start - timedelta(weeks=WEEKS)
    found: Any = rows.filter(reported_at__gte=since, reported_at__lt=start + timedelta(days=1)).order_by()
    hours = dict(found.values_list(TruncHour("reported_at")).annotate(n=Count("id")))
    by_day: dict[date, list[int]] = {}
    for moment, n in hours.items():
        local = timezone.localtime(moment)
        by_day.setdefault(local.date(), [0] * HOURS)[local.hour] += n
    day, none = start.date(), [0] * HOURS
    weekdays = [by_day.get(day - timedelta(weeks=week), none) for week in range(1, WEEKS + 1)]
    return Intake(
        today=by_day.get(day, none),
        usual_of_four=[sum(one[hour] for one in weekdays) for hour in range(HOURS)],
        days=[(on, sum(by_day.get(on, none))) for n in range(7 * WEEKS, -1, -1) if (on := day - timedelta(days=n))],
        hour=timezone.localtime(at).hour,
    )


@dataclass(frozen=True)
class Cluster:
    """Repairs of one trade in one building: of the last seven days, and of the three weeks before these."""

    building_id: int
    building: str
    category: str
    n: int
    before: int

    @property
    def usual(self) -> int:
        """A week, on the average of the three before."""
        return (2 * self.before + 3) // 6


def clusters(rows: QuerySet[Case], at: datetime, most: int = 6) -> list[Cluster]:
    """Where more of a kind came in this week than elsewhere."""
    week = Q(reported_at__gte=at - WEEK)
    found: Any = (
        rows.filter(reported_at__gte=at - WEEKS * WEEK, repair_orders__isnull=False)
        .exclude(state=State.CANCELLED)
        .order_by()
        .values_list(
            Coalesce("house__building_id", "spot__building_id"),
            Coalesce("house__building__name", "spot__building__name"),
            F("repair_orders__category"),
        )
        .annotate(n=Count("id", filter=week), before=Count("id", filter=~week))
        .filter(n__gte=CLUSTER)
        .order_by("-n", "before")
    )
    return _of_buildings(found[: most + 1])[:most]


def _of_buildings(found: Iterable[Any]) -> list[Cluster]:
    return [Cluster(*row) for row in found if row[0] is not None]


def _quarter(n: int) -> int:
    return (n + 2) // WEEKS
