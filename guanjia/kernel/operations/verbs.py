"""What a verb is declared with, and what a page may ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import TYPE_CHECKING, Any

from ..actors import Actor
from ..forms import OperationForm
from .guards import outlook

if TYPE_CHECKING:
    from .running import Operation


@dataclass(frozen=True)
class Need:
    """A named condition of the subject: written once, used by the gate, the operations bar and the gate list."""

    name: str
    test: Callable[..., bool]
    sentence: Any
    clause: str = ""
    owes: Any = ""
    asks_when: bool = False

    def __call__(self, subject: Any, at: datetime) -> bool:
        return bool(self.test(subject, at) if self.asks_when else self.test(subject))


def need(*, sentence: Any, clause: str = "", owes: Any = "") -> Callable[[Callable[..., bool]], Need]:
    """Decorator that names a predicate on the subject (and, where it asks, on the moment of the act: `at`), with the
    sentence said when it is missing."""
    return lambda test: Need(test.__name__, test, sentence, clause, owes, "at" in signature(test).parameters)


@dataclass(frozen=True)
class Offer:
    """One operation as a page shows it: open, or locked with what is missing."""

    operation: Operation
    missing: tuple[Need, ...] = ()
    # What a page says beside an open verb: whose approval it will wait for.
    note: Any = ""

    @property
    def is_locked(self) -> bool:
        return bool(self.missing)


@dataclass(eq=False)
class Verb:
    """The declaration of a verb on a kind of thing."""

    do_not_call_in_templates = True

    name: str
    verb: str
    model: Any
    body: Callable[..., Any]
    label: Any
    form: type[OperationForm]
    clauses: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    creates: Any = None
    internal: bool = False
    danger: bool = False
    icon: str = ""
    when: Callable[[Any], bool] | None = None
    whose: Callable[[Any, Actor], bool] | None = None
    # Posts of which a second person, present at the act, must hold one (countersign); empty: nobody else is asked.
    second: tuple[str, ...] = ()
    # Exports, refunds, administration: only for who logged in with a second factor.
    guarded: bool = False
    # Many at once, in one transaction with one manifest (see `batches`).
    batch: bool = False
    # How many others must be there, where `second` is said: two witnesses of a destruction.
    others: int = 1

    def is_in_flow(self, subject: Any) -> bool:
        """Whether the subject's state allows the verb."""
        move = getattr(subject, "FLOW", {}).get(self.verb)
        return move is None or subject.state in move[0]

    def is_for(self, subject: Any, by: Actor) -> bool:
        """Whether it is this person's act (its executor's, somebody else's than the executor's …)."""
        return self.whose is None or by.is_system or self.whose(subject, by)

    def offer(self, subject: Any, by: Actor) -> Offer | None:
        """How a page shows the verb on this thing; None where the post may never do it or the state is past it."""
        if not by.may(self.name, subject.project_id) or not self.is_in_flow(subject):
            return None
        if (self.when and not self.when(subject)) or not self.is_for(subject, by):
            return None
        ahead = outlook(self, subject, by)
        held = (Need("held", lambda _thing: False, ahead.held),) if ahead.held else ()
        return Offer(self, held + tuple(n for n in self.needs if not n(subject, by.at)), ahead.note)  # type: ignore[arg-type]
