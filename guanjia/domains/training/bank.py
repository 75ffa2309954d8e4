"""The exam bank: questions made from the clauses, with the values that hold at a project on a day.

The same day at the same project gives the same bank. A number or a post that was decided otherwise here is asked as it
was decided; what is not in force is not asked. Wrong answers are values next to the right one, or of other clauses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from guanjia import book
from guanjia.book import conduct
from guanjia.kernel.calendar import parse_duration
from guanjia.kernel.languages import said
from guanjia.parts.standards import telling
from guanjia.parts.standards.queries import Rule, rules_in_force
from guanjia.places.models import Project

WRONG = 3  # wrong answers beside the right one
LEADS = frozenset(
    {
        "service_supervisor", "service_manager", "project_manager", "general_manager", "duty_manager",
        "department_head", "engineering_manager", "security_manager", "company_service_dept", "hr_officer",
        "assistant_manager", "trainer", "engineering_supervisor",
    }
)  # fmt: skip
LEVELS = ("staff", "senior_project_staff", "senior_project_supervisor")
STAFF, SENIOR, SUPERVISOR = LEVELS
# What is asked under which subject, where it is not the company's own standards (TRN-06).
OF_CLAUSE = {"TRN-04": "computer", "TRN-07": "law", "QLT-04": "security_greening_cleaning"}
OF_AREA = {"ETQ": "etiquette", "HAZ": "security_greening_cleaning"}
OF_LIST = {"appearance": "etiquette", "manners": "etiquette", "reception": "etiquette", "talk": "communication"}


@dataclass(frozen=True)
class Asked:
    """One question; the first answer is the right one. `why` is the clause as it holds here."""

    id: str
    clause: str
    subject: str
    level: str
    ask: str
    answers: tuple[str, ...]
    why: str

    @property
    def right(self) -> str:
        return self.answers[0]


def from_the_book(project: Project, day: date) -> list[Asked]:
    """What the clauses ask at the project on the day."""
    rules = rules_in_force((c.id for c in book.clauses() if not c.is_house_rule), project, day)
    on = {name: rule for name, rule in rules.items() if rule.is_on}
    neighbours = _Neighbours(on.values())
    return [one for rule in on.values() for one in _of(rule, neighbours) if len(one.answers) > WRONG]


def fingerprint(rule: Rule) -> str:
    """Changes when what the clause says here changes: own questions are then looked at again."""
    said_here = repr((sorted((n, repr(v)) for n, v in rule.values.items() if n not in _NOT_ASKED), rule.words))
    return hashlib.sha256(said_here.encode()).hexdigest()[:16]


_NOT_ASKED = frozenset({"escalation", "soon", "rule"})


def subject_of(clause: book.Clause) -> str:
    if clause.id in OF_CLAUSE or clause.area in OF_AREA:
        return OF_CLAUSE.get(clause.id) or OF_AREA[clause.area]
    found = conduct.of_clause(clause.id) if clause.kind == "conduct" else None
    return OF_LIST.get(found.id, "internal") if found else "internal"


def level_of(rule: Rule) -> str:
    """Etiquette is asked of senior projects' staff (TRN-06); what only leads do is asked of them."""
    if subject_of(rule.clause) == "etiquette":
        return SENIOR
    return SUPERVISOR if rule.roles and set(rule.roles) <= LEADS else STAFF


def in_order(things: Iterable[Any], salt: str, key: Callable[[Any], str] = str) -> list[Any]:
    """An order that depends on the salt alone: the same every time it is asked."""
    return sorted(things, key=lambda one: hashlib.sha256(f"{salt}|{key(one)}".encode()).digest())


def _asked(rule: Rule, part: str, ask: str, right: str, wrong: Iterable[str]) -> Asked:
    others = [one for one in dict.fromkeys(wrong) if one and one != right][:WRONG]
    clause = rule.clause
    return Asked(
        f"{clause.id}.{part}", clause.id, subject_of(clause), level_of(rule), ask, (right, *others), said(rule.words)
    )


def _of(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    make = _MAKE.get(rule.clause.kind)
    return make(rule, near) if make else iter(())


def _clock(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    right = telling.within(str(rule["within"]))
    ask = _("“%(title)s”: what is the limit here?") % {"title": telling.title(rule.clause)}
    if right != _("by the moment agreed"):
        yield _asked(rule, "within", ask, right, near.limits(rule))


def _count(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    least, period = rule.get("at_least"), rule.clause.get("period")
    if not isinstance(least, int) or period not in telling.PERIODS:
        return
    ask = _("“%(title)s”: how often at least?") % {"title": telling.title(rule.clause)}
    often = [(least, other) for other in ("day", "week", "month", "quarter", "half_year", "year") if other != period]
    nearby = sorted(often, key=lambda one: abs(_LENGTH[one[1]] - _LENGTH.get(period, 30)))[:2]
    wrong = [(least + 1, period), *nearby, (least + 2, period)]
    yield _asked(rule, "times", ask, _often(least, period), (_often(n, p) for n, p in wrong))


_LENGTH = {"day": 1, "working_day": 1.4, "week": 7, "month": 30, "quarter": 91, "half_year": 182, "year": 365}  # days


def _often(times: int, period: str) -> str:
    return _("at least %(n)s times %(period)s") % {"n": times, "period": telling.PERIODS[period]}


def _gauge(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    right = telling.target(str(rule["target"]))
    ask = _("“%(title)s”: what is the target here?") % {"title": telling.title(rule.clause)}
    yield _asked(rule, "target", ask, right, near.targets(right))


def _capacity(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    limit = rule.get("limit")
    if isinstance(limit, bool) or not isinstance(limit, int):
        return
    unit = telling.UNITS.get(str(rule.clause.get("unit")), "")
    ask = _("“%(title)s”: how much at most?") % {"title": telling.title(rule.clause)}
    wrong = (limit * 2, limit + max(1, limit // 4), max(1, limit - max(1, limit // 4)), limit * 3)
    yield _asked(rule, "limit", ask, f"{limit} {unit}".strip(), (f"{n} {unit}".strip() for n in wrong if n != limit))


def _gate(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    by = [role for role in rule.get("by") or () if role in book.reader.roles()]
    if not by:
        return
    every = rule.get("by_mode") in ("all", "chain")
    names = "、".join(telling.role(one) for one in by) if every else telling.role(by[0])
    title = {"title": telling.title(rule.clause)}
    ask = _("“%(title)s”: who all must agree?") if every else _("“%(title)s”: whose act or consent is it?")
    yield _asked(rule, "by", ask % title, names, near.roles(rule, by))


def _conduct(rule: Rule, near: _Neighbours) -> Iterator[Asked]:
    """Written questions while the wording stands; and which of the list's items this clause asks for."""
    found = conduct.of_clause(rule.clause.id)
    if found is None or rule.get("rule"):
        return
    for one in found.questions:
        if one.clause == rule.clause.id:
            yield _asked(
                rule, one.id.rpartition(".")[2], said(one.ask), said(one.answers[0]), map(said, one.answers[1:])
            )
    own = [said(item.zh) for item in found.items if item.clause == rule.clause.id]
    others = in_order([said(item.zh) for item in found.items if item.clause != rule.clause.id], rule.clause.id)
    ask = _("Which of these does “%(title)s” ask for?") % {"title": telling.title(rule.clause)}
    yield _asked(rule, "item", ask, in_order(own, rule.clause.id)[0], (o for o in others if o not in own))


_MAKE: dict[str, Callable[[Rule, Any], Iterator[Asked]]] = {
    "clock": _clock, "count": _count, "gauge": _gauge, "capacity": _capacity, "gate": _gate, "conduct": _conduct,
}  # fmt: skip


class _Neighbours:
    """The values of all clauses, to take wrong answers from: the nearest first."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        found = {str(rule.get("within")) for rule in rules if rule.clause.kind == "clock"}
        self.spans = sorted({_seconds(text) for text in found if _seconds(text)})

    def limits(self, rule: Rule) -> Iterator[str]:
        text = str(rule["within"])
        if text.startswith("rings:"):
            n = int(text.removeprefix("rings:"))
            yield from (telling.within(f"rings:{other}") for other in (n + 2, n + 5, n + 1))
        elif seconds := _seconds(text):
            nearby = {*self.spans, seconds * 2, seconds * 3, seconds // 2} - {seconds, 0}
            for other in sorted(nearby, key=lambda one: (max(one, seconds) / min(one, seconds), one)):
                yield telling.words.duration(other)
        else:
            points = [str(one) for one in telling.POINTS.values()]
            hours = [telling.within(f"by {hour}") for hour in ("07:00", "08:30", "09:00", "12:00")]
            yield from hours if re.fullmatch(r"by \d\d:\d\d", text) else in_order(points, rule.clause.id)

    @staticmethod
    def targets(right: str) -> Iterator[str]:
        shares = ("100%", "98%", "95%", "90%", "85%", "80%")
        sign = right[: len(right) - len(right.lstrip("≥≤ "))]
        here = re.search(r"\d+", right)
        yield from sorted(
            (sign + one for one in shares), key=lambda one: abs(_number(one) - int(here[0] if here else 0))
        )

    @staticmethod
    def roles(rule: Rule, by: list[str]) -> Iterator[str]:
        """Whoever reports to them, whom they report to, who else acts in the clause; then the posts of the house."""
        tree = book.reader.roles()
        above = [tree[one].reports_to for one in by]
        below = [one.id for one in tree.values() if one.reports_to in by]
        house = in_order([one.id for one in tree.values() if not one.is_external], rule.clause.id)
        for one in chain(above, rule.roles, below, house):
            if one in tree and one not in (*by, "all_staff"):
                yield telling.role(one)


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def _seconds(text: str) -> int:
    if not text.startswith("P"):
        return 0
    span = parse_duration(text)
    return span.days * telling.words.DAY + span.seconds
