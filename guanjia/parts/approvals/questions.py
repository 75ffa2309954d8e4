"""Named questions of a call, of which rules are made; and who is concerned by one, so that they do not sign it.

What asks about a domain's own things is registered in `config/approving.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from guanjia.kernel.operations import Call

from .rules import Rule

Question = Callable[[Call, Any], bool]
Concerned = Callable[[Call], Iterable[int]]
_questions: dict[str, Question] = {}
_concerned: dict[str, Concerned] = {}


def question(ask: Question) -> Question:
    """Register a question under its own name: `(call, what the rule says beside the name) → yes or no`."""
    _questions[ask.__name__] = ask
    return ask


def concerns(*operations: str) -> Callable[[Concerned], Concerned]:
    """Register who is concerned by calls of these operations: `(call) → employee ids`."""

    def bind(who: Concerned) -> Concerned:
        for name in operations:
            _concerned[name] = who
        return who

    return bind


def asked(rule: Rule, call: Call) -> bool:
    """Whether every question of a rule is answered yes."""
    return all(_questions[name](call, meant) for one in rule.when for name, meant in one.items())


def may_be_asked(rule: Rule, subject: Any) -> bool:
    """Before anything is typed: whether the rule could hold. Where it is asked and of what is known; the rest is taken
    as yes, since a verb that may need approval says so."""
    if not all(_is(subject, one["subject_is"]) for one in rule.when if "subject_is" in one):
        return False
    project = subject if not hasattr(subject, "project") else subject.project
    return all(bool(project.is_office) == (one["at"] == "office") for one in rule.when if "at" in one)


def concerned(call: Call) -> set[int]:
    """Employees whom the call is about: they neither sign it nor pass it on."""
    who = _concerned.get(call.operation.name)
    return {int(one) for one in who(call) if one} if who else set()


def known() -> frozenset[str]:
    return frozenset(_questions)


@question
def at(call: Call, where: str) -> bool:
    """`at: project` or `at: office`: where it is asked."""
    project = call.subject if not hasattr(call.subject, "project") else call.subject.project
    return bool(project.is_office) == (where == "office")


@question
def more_than(call: Call, meant: dict[str, int]) -> bool:
    """`more_than: {amount_fen: 50000}`: a number that was given is above a threshold."""
    return any((call.form.cleaned_data.get(name) or 0) > most for name, most in meant.items())


@question
def subject_is(call: Call, meant: dict[str, Any]) -> bool:
    """`subject_is: {category: public_key}`: the thing has this value, or one of these."""
    return _is(call.subject, meant)


def _is(subject: Any, meant: dict[str, Any]) -> bool:
    return all(
        getattr(subject, name, None) in (value if isinstance(value, list) else [value]) for name, value in meant.items()
    )


@question
def field_is(call: Call, meant: dict[str, Any]) -> bool:
    """`field_is: {is_allowed: true}`: what was given has this value."""
    return all(call.form.cleaned_data.get(name) == value for name, value in meant.items())
