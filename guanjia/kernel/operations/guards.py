"""What may stand between the checks of an operation and its body: approvals, holds.

A guard is asked inside the transaction, after right, reach, form, state and needs have agreed and before the body
runs, for every operation that a person asks for. It returns None to let the act pass, raises an Outcome to refuse it
(a hold), or returns `Stored(thing, sentence)`: then the body does not run and nothing of the subject changes, what the
guard itself wrote is committed, and the caller gets that `Stored` raised (again for the same idempotency key).
The system, acting because of an event, is not asked: what follows from an approved act was approved with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..actors import Actor
from ..forms import OperationForm
from ..outcomes import Stored

if TYPE_CHECKING:
    from .running import Operation


@dataclass(frozen=True)
class Call:
    """A checked call that is about to be performed. `subject` is the locked row (of a creating verb its parent).

    `form.cleaned_data` is what the body would get, `given` its JSON side (ids for things, digests for files),
    `form.data` and `form.files` what was sent: enough to store the call and to `submit` it again.
    """

    operation: Operation
    subject: Any
    by: Actor
    form: OperationForm
    key: str | None = None
    # Of a batch that creates: its rows as they were sent (the form is the one that read them all).
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def given(self) -> dict[str, Any]:
        return self.form.given


Guard = Callable[[Call], Stored | None]
_guards: list[Guard] = []


def guard(ask: Guard) -> Guard:
    """Register a guard (once, at start-up). It is asked for every call: cheap, where it has no business."""
    if ask not in _guards:
        _guards.append(ask)
    return ask


def asked(call: Call) -> Stored | None:
    """The first guard that stores the call; None when all let it pass."""
    if call.by.is_system:
        return None
    return next((stored for ask in _guards if (stored := ask(call)) is not None), None)
