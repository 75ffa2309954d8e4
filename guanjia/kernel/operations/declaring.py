"""The decorator, and the registry of everything that was declared with it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from .. import events
from ..actors import Actor
from ..forms import META, NoInput, OperationForm
from .batches import Batch
from .running import Operation
from .verbs import Need, Offer

registry: dict[str, Operation] = {}
# Names that a call itself uses beside the fields of its form.
TAKEN = META | {"subject", "by", "key", "data", "files", "present"}


def operation(
    model: Any, *, label: Any, form: type[OperationForm] = NoInput, clauses: Iterable[str] = (),
    needs: Iterable[Need] = (), creates: Any = None, internal: bool = False,
    danger: bool = False, icon: str = "", when: Callable[[Any], bool] | None = None,
    whose: Callable[[Any, Actor], bool] | None = None, second: Iterable[str] = (),
    guarded: bool = False, batch: bool = False, others: int = 1,
) -> Callable[[Callable[..., Any]], Operation]:  # fmt: skip
    """Make a function the one home of a change. Its name is `<room>.<verb>`; so is its right.

    `internal`: only the system performs it. `creates`: the subject is the project (or parent), the body returns the
    new, saved thing. `when`: the verb makes sense for this thing at all (its kind). `whose`: whose act it is.
    `second`: posts of which another person, identified at this act (`by.present`), must hold one.
    `others`: how many of them, where one is not enough.
    `guarded`: exports, refunds, administration: who has the right must log in with a second factor.
    `batch`: many at once (see `batches`): a creating body gets all rows, any other verb gains `.many`.
    """
    kind = Batch if batch and creates else Operation

    def bind(body: Callable[..., Any]) -> Operation:
        name = f"{_room(body.__module__)}.{body.__name__}"
        conditions = tuple(needs)
        cited = dict.fromkeys([*clauses, *(c.clause for c in conditions if c.clause)])
        made = kind(
            name, body.__name__, model, body, label, form, tuple(cited), conditions, creates, internal, danger,
            icon, when, whose, tuple(second), guarded, batch, others,
        )  # fmt: skip
        functools.update_wrapper(made, body)
        _check(made)
        if kind is Batch:
            events.made_by_batches(creates)
        registry[name] = made
        return made

    return bind


def _check(made: Operation) -> None:
    """What would silently go wrong later is refused when the program starts."""
    if made.name in registry:
        raise ValueError(f"two operations are called {made.name}")
    if clash := sorted(set(made.form.base_fields) & TAKEN):
        raise ValueError(f"{made.name}: a call has its own meaning for the field {', '.join(clash)}; name it otherwise")


def _room(module: str) -> str:
    """The folder that holds `operations` (a module or a package)."""
    steps = module.split(".")
    return steps[steps.index("operations") - 1] if "operations" in steps else steps[-2]


def on(model: Any) -> list[Operation]:
    """Operations whose subject is this kind of thing, in the order they were written."""
    return [o for o in registry.values() if o.model is model and not o.creates and not o.internal]


def offers(subject: Any, by: Actor) -> list[Offer]:
    """The operations bar of a thing for this actor."""
    return [offer for o in on(type(subject)) if (offer := o.offer(subject, by)) is not None]
