"""The rules as data, read once and checked; what a project decided otherwise laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanjia import book
from guanjia.kernel import written
from guanjia.kernel.durations import parse_duration
from guanjia.kernel.operations import registry
from guanjia.people import posts

SOURCE = Path(__file__).with_name("rules.yaml")
SEQUENCE, PARALLEL = "sequence", "parallel"
AT_OFFICE = "@office"
SUPERIOR = "superior"
OWN = "rule-of-approval"  # the rule about rules


@dataclass(frozen=True)
class Step:
    """One line of signatures. `posts` and `then` are posts, with `@office` held at the head office; `who: superior`
    asks whom the requester reports to."""

    posts: tuple[str, ...] = ()
    who: str = ""
    need: int | str = 1
    within: str = "P2D"
    then: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """For which operation, under which conditions, who signs."""

    id: str
    operation: str
    steps: tuple[Step, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    when: tuple[Mapping[str, Any], ...] = ()
    clauses: tuple[str, ...] = ()
    order: str = SEQUENCE
    sign: str = ""
    holds: bool = False
    expires: str = "P30D"
    tell: tuple[str, ...] = ()
    is_on: bool = True

    def frozen(self) -> dict[str, Any]:
        """What an approval keeps: a later change of the rule never rewrites it."""
        return {
            "id": self.id, "clauses": list(self.clauses), "order": self.order, "sign": self.sign,
            "expires": self.expires, "tell": list(self.tell),
            "steps": [
                {"posts": list(s.posts), "who": s.who, "need": s.need, "within": s.within, "then": list(s.then)}
                for s in self.steps
            ],
        }  # fmt: skip


@lru_cache(maxsize=1)
def book_rules() -> dict[str, Rule]:
    """The product's rules by id, as written in the file. Raises ValueError for what cannot be meant."""
    return parsed(written.read(SOURCE))


def parsed(lines: list[dict[str, Any]]) -> dict[str, Rule]:
    """Rules from their lines."""
    found: dict[str, Rule] = {}
    for line in lines:
        rule = _rule(line)
        if rule.id in found:
            raise ValueError(f"two rules of approval are called {rule.id}")
        _check(rule)
        found[rule.id] = rule
    return found


def _step(said: Mapping[str, Any]) -> Step:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Step(**plain)


def _rule(line: Mapping[str, Any]) -> Rule:
    known = dict(line)
    steps = tuple(_step(s) for s in known.pop("steps"))
    for name in ("when", "clauses", "tell"):
        known[name] = tuple(known.get(name, ()))
    return Rule(steps=steps, **known)


def _check(rule: Rule) -> None:
    named = [p for s in rule.steps for p in (*s.posts, *s.then)] + list(rule.tell)
    if strangers := {p.removesuffix(AT_OFFICE) for p in named} - set(posts.NAMES):
        raise ValueError(f"{rule.id}: no such post: {', '.join(sorted(strangers))}")
    if not rule.steps or rule.order not in (SEQUENCE, PARALLEL) or rule.sign not in ("", "pin"):
        raise ValueError(f"{rule.id}: a rule has steps, in sequence or parallel, and is signed with nothing or a PIN")
    for step in rule.steps:
        if bool(step.posts) == bool(step.who) or step.who not in ("", SUPERIOR):
            raise ValueError(f"{rule.id}: a step names posts, or the superior")
        if step.need != "all" and not (isinstance(step.need, int) and step.need > 0):
            raise ValueError(f"{rule.id}: so many of a step sign: a number, or all")
        parse_duration(step.within)
    parse_duration(rule.expires)
    for clause in rule.clauses:
        book.clause(clause)


def of_operation(name: str) -> list[Rule]:
    """The rules that name an operation, in their order; most operations have none."""
    return _by_operation().get(name, [])


@lru_cache(maxsize=1)
def _by_operation() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in book_rules().values():
        found.setdefault(rule.operation, []).append(rule)
    return found


@lru_cache(maxsize=1)
def held_labels() -> frozenset[str]:
    """Kinds of things that a rule may hold: for every other kind nobody asks the database."""
    return frozenset(
        registry[rule.operation].model.SUBJECT
        for rule in book_rules().values()
        if rule.holds and rule.operation in registry
    )


@lru_cache(maxsize=1)
def spoken_of() -> frozenset[str]:
    """Kinds of things on which a call may be kept: for every other kind nobody asks the database."""
    return frozenset(
        registry[rule.operation].model.SUBJECT for rule in book_rules().values() if rule.operation in registry
    )


def changed(rule: Rule, change: Any) -> Rule:
    """A rule with what a project decided laid over it (`change` may be None)."""
    if change is None:
        return rule
    last = rule.steps[-1]
    last = replace(last, posts=tuple(change.posts) or last.posts, within=change.within or last.within)
    return replace(rule, is_on=change.is_on, steps=(*rule.steps[:-1], last))


def check_operations() -> None:
    """What could not be kept and run later is refused at the start: input with secrets, a batch, an act of two (whoever
    was there to countersign is not there when it runs)."""
    for rule in book_rules().values():
        operation = registry.get(rule.operation)
        if operation is not None and operation.form.secret:
            raise ValueError(f"{rule.id}: {rule.operation} takes secrets and cannot be kept for approval")
        if operation is not None and operation.batch:
            raise ValueError(f"{rule.id}: {rule.operation} is of many rows at once; name the verb of one")
        if operation is not None and operation.second:
            raise ValueError(f"{rule.id}: {rule.operation} takes two people at the same act and cannot be kept")
