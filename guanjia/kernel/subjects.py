"""Stable names of things: journal, clocks, files and approvals point at (project, label, id)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .actors import Actor
from .outcomes import Unknown

_models: dict[str, Any] = {}
_addresses: dict[str, Callable[[Any], str]] = {}


def register(label: str, *, address: Callable[[Any], str] | None = None) -> Callable[[Any], Any]:
    """Class decorator: gives a model its stable text label and, if it has a page, its address."""

    def bind(model: Any) -> Any:
        if label in _models and _models[label].__name__ != model.__name__:
            raise ValueError(f"two models are called {label}")
        _models[label] = model
        model.SUBJECT = label
        if address is not None:
            _addresses[label] = address
        return model

    return bind


def locate(label: str, address: Callable[[Any], str]) -> None:
    """A shell or domain says where things of this kind are found."""
    _addresses[label] = address


def label_of(thing: Any) -> str:
    """The stable label of an instance or model."""
    return str(thing.SUBJECT)


def model_of(label: str) -> Any:
    """The model behind a label. Raises Unknown for a label that is not registered."""
    if label not in _models:
        raise Unknown(label)
    return _models[label]


def labels() -> list[str]:
    """Every registered label."""
    return sorted(_models)


def address_of(thing: Any) -> str:
    """The page of a thing, or an empty string where it has none."""
    address = _addresses.get(label_of(thing))
    return address(thing) if address else ""


def get(label: str, subject_id: int, by: Actor) -> Any:
    """The thing, if this actor may see it. Raises Unknown otherwise."""
    thing = model_of(label).visible_to(by).filter(pk=subject_id).first()
    if thing is None:
        raise Unknown(label)
    return thing


def in_runs(label: str, runs: Iterable[tuple[int, int]], by: Actor) -> list[Any]:
    """Things of a kind in runs of ids, those that this actor may see, in the order of their ids."""
    rows = model_of(label).visible_to(by)
    return [thing for first, last in runs for thing in rows.filter(pk__range=(first, last)).order_by("pk")]


def named(pairs: Iterable[tuple[str, int]], by: Actor) -> dict[tuple[str, int], Any]:
    """Many things at once, one statement a kind; what may not be seen is absent."""
    wanted: dict[str, set[int]] = {}
    for label, subject_id in pairs:
        wanted.setdefault(label, set()).add(subject_id)
    found: dict[tuple[str, int], Any] = {}
    for label, ids in wanted.items():
        for thing in model_of(label).visible_to(by).filter(pk__in=ids):
            found[(label, thing.pk)] = thing
    return found
