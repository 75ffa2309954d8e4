"""What may stand between the checks of an operation and its body: approvals, holds.

A guard is asked inside the transaction, after right, reach, form, state and needs have agreed and before the body
runs, for every operation that a person asks for. It returns None to let the act pass, raises an Outcome to refuse it
(a hold), or returns `Stored(thing, sentence)`: then the body does not run and nothing of the subject changes, what the
guard itself wrote is committed, and the caller gets that `Stored` raised (again for the same idempotency key).
The system, acting because of an event, is not asked: what follows from an approved act was approved with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

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

    def uploads(self) -> Iterator[Any]:
        """Every file that came with it."""
        for name in self.form.files:
            yield from self.files_of(name)

    def files_of(self, name: str) -> list[Any]:
        files = self.form.files
        return list(files.getlist(name)) if hasattr(files, "getlist") else [files[name]]


@dataclass(frozen=True)
class Outlook:
    """What a guard will say to a verb, for the operations bar: `held` locks it, `note` stands beside it."""

    held: Any = ""
    note: Any = ""


Guard = Callable[[Call], Stored | None]
Forecast = Callable[[Any, Any, Actor], Outlook | None]
_guards: list[Guard] = []
_forecasts: list[Forecast] = []


def guard(ask: Guard) -> Guard:
    """Register a guard (once, at start-up). It is asked for every call: cheap, where it has no business."""
    if ask not in _guards:
        _guards.append(ask)
    return ask


def forecast(tell: Forecast) -> Forecast:
    """Register what tells a page beforehand what the guard will say: `(operation, subject, by)`. As cheap."""
    if tell not in _forecasts:
        _forecasts.append(tell)
    return tell


def outlook(operation: Any, subject: Any, by: Actor) -> Outlook:
    """What the guards will say to this verb on this thing."""
    return next((found for tell in _forecasts if (found := tell(operation, subject, by)) is not None), Outlook())


class _TakenBack(Exception):
    """Ends a rehearsal."""


def rehearse(call: Call) -> None:
    """Run the body as it would run now, and take all of it back: what a body refuses is said before anybody is asked
    to sign. Raises the Outcome that the body raises."""
    kept = dict(call.subject.__dict__)
    try:
        with transaction.atomic():
            call.operation.body(call.subject, by=call.by, **call.form.cleaned_data)
            raise _TakenBack
    except _TakenBack:
        pass
    finally:
        call.subject.__dict__.clear()
        call.subject.__dict__.update(kept)
        for upload in call.uploads():
            upload.seek(0)


def asked(call: Call) -> Stored | None:
    """The first guard that stores the call; None when all let it pass."""
    if call.by.is_system:
        return None
    return next((stored for ask in _guards if (stored := ask(call)) is not None), None)
