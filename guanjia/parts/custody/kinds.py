"""The kinds of things that are kept, each named once by the line of work that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Unknown
from guanjia.kernel.subjects import label_of
from guanjia.places.models import Project

registry: dict[str, Kind] = {}


@dataclass(frozen=True)
class Kind:
    """`keepers` are the posts that take things of this kind back and count them; `in_keeping` are the things that the
    ledger says are ours to keep now, in the store or lent; `whose(thing, by)` says it closer, where the things of one
    kind have different keepers."""

    label: str
    model: Any
    title: Any
    icon: str
    keepers: frozenset[str]
    list_name: str
    in_keeping: Callable[[Project], QuerySet[Any]]
    # After coming back in pieces or not at all; None: the state stays what it was.
    back_to: str
    lost_to: str
    counted: bool = True
    # How many are out and how many of them late, where a line of work has a ledger of its own.
    out: Callable[[Project, datetime], tuple[int, int]] | None = None
    whose: Callable[[Any, Actor], bool] | None = None


def keep(
    model: Any, *, title: Any, icon: str, keepers: frozenset[str], list_name: str,
    in_keeping: Callable[[Project], QuerySet[Any]], back_to: str = "in_store", lost_to: str = "lost",
    counted: bool = True, out: Callable[[Project, datetime], tuple[int, int]] | None = None,
    whose: Callable[[Any, Actor], bool] | None = None,
) -> Kind:  # fmt: skip
    """Name a kind of kept thing. `list_name` is the address of its register; `counted`: its store is counted."""
    label = label_of(model)
    if label in registry:
        raise ValueError(f"two kinds of kept things are called {label}")
    registry[label] = Kind(
        label, model, title, icon, keepers, list_name, in_keeping, back_to, lost_to, counted, out, whose
    )  # fmt: skip
    return registry[label]


def of(label: str) -> Kind:
    """The kind behind a label. Raises Unknown."""
    if label not in registry:
        raise Unknown(label)
    return registry[label]
