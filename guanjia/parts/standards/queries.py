"""Which rule holds: `rule_in_force("RPR-03", project, day)`. Most specific wins: project, service level,
kind of project, company, Book.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from guanjia import book
from guanjia.kernel.calendar import is_assumed
from guanjia.places.models import Project

from .models import Edition

Scope = Edition.Scope
# Editions in force are read again after a minute. A decision holds from tomorrow at the earliest, so what
# is kept for a
# day that has begun is right; the minute is for days that begin while somebody decides.
KEEP_SECONDS = 60
_kept: dict[tuple[int, str, date], tuple[float, list[Edition]]] = {}
SOON_SHARE = 25  # percent of a limit that is left when a clock says 快到
LADDER: tuple[Mapping[str, Any], ...] = (
    {"at": "soon", "to": ["executor"]},
    {"at": 100, "to": ["executor", "owner"]},
    {"at": 125, "to": ["service_supervisor"]},
    {"at": 200, "to": ["project_manager"]},
)


# What share is to be kept where the Book names none: our own default, to be decided by the company.
TARGETS = {"clock": ">=0.95", "count": ">=1.00", "conduct": ">=0.95", "procedure": ">=0.95"}


@dataclass(frozen=True)
class Rule:
    """A clause with the values that hold at a project on a day, and where each changed value comes from."""

    clause: book.Clause
    values: Mapping[str, Any]
    changed: Mapping[str, Edition] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    @property
    def roles(self) -> tuple[str, ...]:
        """Who acts: as decided, or as the Book says."""
        return tuple(self.values.get("roles") or self.clause.roles)

    @property
    def words(self) -> str:
        """The rule in words: as decided here, or as the Book says."""
        return str(self.values.get("rule") or self.clause.rule)

    @property
    def is_on(self) -> bool:
        return bool(self.values.get("is_on", True))

    @property
    def edition(self) -> Edition | None:
        """The youngest decision that shapes the rule; None when the Book stands unchanged."""
        return max(self.changed.values(), key=lambda e: (e.effective_from, e.pk), default=None)

    def frozen(self) -> dict[str, Any]:
        """What a clock keeps: a later edition never rewrites it."""
        return {
            "clause": self.clause.id,
            "values": dict(self.values),
            "editions": {name: edition.pk for name, edition in self.changed.items()},
        }


def rule_in_force(clause_id: str, project: Project, on: date) -> Rule:
    return rules_in_force([clause_id], project, on)[clause_id]


def rules_in_force(clause_ids: Iterable[str], project: Project, on: date) -> dict[str, Rule]:
    """Several rules in at most one statement."""
    by_clause: dict[str, list[Edition]] = {}
    for edition in _editions(project, on):
        by_clause.setdefault(edition.clause_id, []).append(edition)
    return {name: merged(book.clause(name), by_clause.get(name, ())) for name in clause_ids}


def merged(clause: book.Clause, editions: Iterable[Edition]) -> Rule:
    """The Book's values with editions laid over them in the order given."""
    values = standing(clause)
    changed: dict[str, Edition] = {}
    first = dict(values)
    for edition in editions:
        for name, value in edition.values.items():
            values[name] = first.get(name) if value is None else value
            changed[name] = edition
    return Rule(clause, values, changed)


def standing(clause: book.Clause) -> dict[str, Any]:
    """The values as the Book has them, with our defaults where it is silent."""
    values: dict[str, Any] = {name: clause.get(name) for name in clause.adjustable if clause.get(name) is not None}
    if clause.kind in TARGETS:
        values.setdefault("target", TARGETS[clause.kind])
    if clause.kind == "clock":
        values["escalation"] = [dict(step) for step in LADDER]
    return {"is_on": True, **values}


def _editions(project: Project, on: date) -> list[Edition]:
    key = (project.pk, f"{project.level} {project.stars} {project.kind}", on)
    found = _kept.get(key)
    if found is None or time.monotonic() - found[0] > KEEP_SECONDS:
        if len(_kept) > 2000:
            _kept.clear()
        found = _kept[key] = (time.monotonic(), list(effective(project, on)))
    return found[1]


def forget() -> None:
    """Read editions anew at the next question."""
    _kept.clear()


def effective(project: Project, on: date) -> QuerySet[Edition]:
    """Editions that hold at the project on the day: company first, project last, each in order of its day."""
    return (
        Edition.objects.filter(_reaching(project), effective_from__lte=on, withdrawn_at__isnull=True)
        .annotate(weight=_WEIGHT)
        .order_by("weight", "effective_from", "number")
    )


def history(clause_id: str, project: Project) -> QuerySet[Edition]:
    """Every edition of a clause that reaches the project, youngest first, withdrawn ones included."""
    return Edition.objects.filter(_reaching(project), clause_id=clause_id).order_by("-effective_from", "-pk")


def numbered(clause_id: str, project: Project, scope: str, level: str) -> int:
    """The number of the next edition: the Book is the first."""
    rows = Edition.objects.filter(project=project, clause_id=clause_id, scope=scope, level=level)
    return (rows.order_by("-number").values_list("number", flat=True).first() or 1) + 1


def standing_on(clause_id: str, project: Project, scope: str, level: str, day: date) -> bool:
    """Whether a decision of this scope begins on the day already."""
    return Edition.objects.filter(
        project=project,
        clause_id=clause_id,
        scope=scope,
        level=level,
        effective_from=day,
        withdrawn_at__isnull=True,
    ).exists()


def free_day(clause_id: str, project: Project, scope: str, day: date) -> date:
    """The first day from tomorrow on which no decision of this scope begins."""
    day += timedelta(days=1)
    while standing_on(clause_id, project, scope, "", day):
        day += timedelta(days=1)
    return day


def undecided(project: Project) -> list[str]:
    """Clauses whose number is our own default, and about which nobody has decided for this project yet."""
    decided = set(
        Edition.objects.filter(_reaching(project), withdrawn_at__isnull=True).values_list("clause_id", flat=True)
    )
    return [clause.id for clause in book.clauses() if clause.basis == "proposed" and clause.id not in decided]


def today_at(project: Project, at: datetime) -> date:
    """The day at the project."""
    return at.astimezone(ZoneInfo(project.zone)).date()


def assumed_years(today: date) -> list[int]:
    """This year and the next, where their holidays are not published yet and weekends alone are counted."""
    return [year for year in (today.year, today.year + 1) if is_assumed(year)]


def chapters(project: Project, on: date) -> list[dict[str, Any]]:
    """The chapters of the Book with how many clauses each has and how many are decided otherwise here."""
    changed: dict[str, set[str]] = {}
    for edition in _editions(project, on):
        changed.setdefault(edition.clause_id.rpartition("-")[0], set()).add(edition.clause_id)
    return [
        {"id": a.id, "zh": a.zh, "clauses": len(book.area(a.id)), "changed": len(changed.get(a.id, ()))}
        for a in book.areas()
    ]


_WEIGHT = Case(
    When(scope=Scope.COMPANY, then=Value(1)),
    When(scope=Scope.KIND, then=Value(2)),
    When(scope=Scope.LEVEL, then=Value(3)),
    When(scope=Scope.STARS, then=Value(4)),
    default=Value(5),
    output_field=IntegerField(),
)


def _reaching(project: Project) -> Q:
    office = Q(project__kind=Project.Kind.OFFICE)
    return (
        Q(project=project, scope=Scope.PROJECT)
        | office & Q(scope=Scope.COMPANY)
        | office & Q(scope=Scope.KIND, level=project.kind)
        | office & Q(scope=Scope.LEVEL, level=project.level)
        | office & Q(scope=Scope.STARS, level=str(project.stars))
    )
