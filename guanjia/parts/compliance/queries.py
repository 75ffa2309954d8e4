"""Rates of a month, with and without what was exempted; twelve months of a clause; the rows behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.parts.clocks.panels import percent
from guanjia.parts.obligations.queries import day_of
from guanjia.parts.standards import bindings
from guanjia.parts.standards.queries import Rule
from guanjia.people import posts
from guanjia.places.models import Project

from . import sources
from .models import Day, Followed

READERS = posts.SUPERVISORS | posts.MANAGERS | {
    posts.COMPANY_SERVICE, posts.ENGINEERING_MANAGER, posts.ENGINEERING_SUPERVISOR, posts.SECURITY_MANAGER,
}  # fmt: skip
GROUP = {posts.COMPANY_SERVICE, posts.GENERAL_MANAGER}


@dataclass(frozen=True)
class Tally:
    """What was kept and missed; whole numbers, shares only when spoken."""

    met: int = 0
    missed: int = 0
    exempted: int = 0

    @property
    def due(self) -> int:
        return self.met + self.missed

    def counted(self, strict: bool) -> int:
        """The denominator: strict counts exempted misses too."""
        return self.due if strict else self.due - self.exempted

    def share(self, strict: bool = False) -> str:
        return percent(self.met, self.counted(strict))

    def permille(self, strict: bool = False) -> int | None:
        whole = self.counted(strict)
        return self.met * 1000 // whole if whole > 0 else None

    def keeps(self, target: str, strict: bool = False) -> bool | None:
        """Whether the target is kept; None where nothing was due or the target is no share."""
        match = re.fullmatch(r"(>=|=|<=)(\d)\.(\d{1,4})", target or "")
        whole = self.counted(strict)
        if whole <= 0 or not match:
            return None
        wanted = int(match.group(2) + match.group(3).ljust(4, "0"))
        left, right = self.met * 10_000, wanted * whole
        return left <= right if match.group(1) == "<=" else left >= right


def month_of(day: date) -> tuple[date, date]:
    """The first of a month and of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def projects_for(by: Actor) -> list[Project]:
    """Projects whose sums this person may read: their own; the group's departments read all."""
    wide = any(held & GROUP for held in by.posts.values())
    own = [project_id for project_id, held in by.posts.items() if held & READERS]
    rows = Project.objects.exclude(kind=Project.Kind.OFFICE)
    return list(rows if wide else rows.filter(pk__in=own))


def month(projects: Iterable[Project], first: date) -> dict[int, dict[str, Tally]]:
    """By project and clause, of a month: daily sums in one statement, then the gauges."""
    wanted = list(projects)
    begin, after = month_of(first)
    found: dict[int, dict[str, Tally]] = {project.pk: {} for project in wanted}
    for key, tally in sums(wanted, begin, after, "project_id", "clause_id").items():
        found[key[0]][key[1]] = tally
    for project in wanted:
        for clause_id in gauges():
            tally = gauge(project, clause_id, begin, after)
            if tally.due:
                found[project.pk][clause_id] = tally
    return found


def sums(
    projects: Iterable[Project], begin: date, after: date, *names: Any, **only: Any
) -> dict[tuple[Any, ...], Tally]:
    """The daily sums of a span, grouped by names, in one statement: {(values of the names): tally}."""
    rows: Any = Day.objects.filter(project__in=list(projects), day__gte=begin, day__lt=after, **only)
    rows = rows.order_by().values_list(*names).annotate(a=Sum("met"), b=Sum("missed"), c=Sum("exempted"))
    return {row[:-3]: Tally(*row[-3:]) for row in rows}


def followed(project: Project) -> datetime | None:
    """Up to which moment the sums are right; None before the first look."""
    return Followed.objects.filter(project=project).values_list("until_at", flat=True).first()


def gauges() -> list[str]:
    return [one.clause for one in bindings.registry if one.way == "gauge" and one.work is not None]


def gauge(project: Project, clause_id: str, begin: date, after: date) -> Tally:
    """The figure of a gauge over a span of days, asked of its own rows."""
    work = next(one.work for one in bindings.registry if one.way == "gauge" and one.clause == clause_id and one.work)
    counted, of = work(project, day_of(project, begin)[0], day_of(project, after)[0]).numbers
    return Tally(counted, max(0, of - counted))


def months_to(first: date, count: int) -> list[date]:
    """The first days of so many months, the oldest first, `first` the last."""
    begins = [first]
    while len(begins) < count:
        begins.insert(0, (begins[0] - timedelta(days=1)).replace(day=1))
    return begins


def trend(
    project: Project, clauses: Iterable[book.Clause], first: date, months: int = 12
) -> dict[str, list[Tally | None]]:
    """Twelve months to the chosen one, oldest first; None where nothing was due."""
    begins = months_to(first, months)
    wanted = list(clauses)
    ids = [c.id for c in wanted]
    found = sums([project], begins[0], month_of(first)[1], "clause_id", TruncMonth("day"), clause_id__in=ids)
    known = set(gauges())
    result: dict[str, list[Tally | None]] = {}
    for clause in wanted:
        if clause.id in known:
            asked = [gauge(project, clause.id, *month_of(begin)) for begin in begins]
            result[clause.id] = [one if one.due else None for one in asked]
        else:
            result[clause.id] = [found.get((clause.id, begin)) for begin in begins]
    return result


def evidence(project: Project, clause: book.Clause, first: date, which: str, at: datetime) -> QuerySet[Any] | None:
    """The rows behind a number: all that counted, those kept, missed or exempted. None where nothing measures it."""
    begin, after = (day_of(project, day)[0] for day in month_of(first))
    if clause.kind == "gauge":
        work = next((b.work for b in bindings.registry if b.way == "gauge" and b.clause == clause.id and b.work), None)
        if work is None:
            return None
        share = work(project, begin, after)
        counted = share.counted.values("pk")
        kept = {"missed": share.of.exclude(pk__in=counted), "met": share.of.filter(pk__in=counted)}
        return kept.get(which, share.of)
    source = sources.of_clause(clause)
    if source is None:
        return None
    met, missed = source.met(at), source.missed(at)
    exempted = missed & source.exempted if source.exempted is not None else Q(pk__in=[])
    chosen = {"met": met, "missed": missed, "exempted": exempted}.get(which, met | missed)
    return source.rows(project, begin, after).filter(chosen, clause_id=clause.id)


def target_of(rule: Rule) -> str:
    return str(rule.get("target") or "")
