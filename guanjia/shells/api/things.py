"""Which kinds of things programs may read, under which name, with which fields and filters.

By default every kind with a subject label: its concrete fields without secret ones, personal values masked, filters
on states, choices and references. What differs is said in `DIFFERENT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.fields.files import FileField

from guanjia.kernel import crypto, operations, subjects
from guanjia.kernel.operations import Operation
from guanjia.places.models import Project
from guanjia.web.words import masked

EXACT = frozenset({"state", "number", "code"})
# Password, PIN and second factor are set on the page of one's own, where tries of the old password are counted.
OWN_KEYS = frozenset({"old", "password"})
# Label → what is not as by default: {"slug": …, "hide": {…}, "filters": (…)} or None for a kind that is not offered.
DIFFERENT: dict[str, dict[str, Any] | None] = {
    "case": {"hide": {"customer"}},  # the frozen copy of the customer; the resident is read instead
}


@dataclass(frozen=True)
class Thing:
    """One kind, as programs meet it."""

    slug: str
    label: str
    model: Any
    fields: tuple[models.Field[Any, Any], ...]
    filters: tuple[models.Field[Any, Any], ...]
    creators: dict[str, Operation]
    verbs: dict[str, Operation]

    @property
    def is_searched(self) -> bool:
        return bool(getattr(self.model, "SEARCHED", ()))

    @property
    def is_project(self) -> bool:
        return self.model is Project

    def shown(self, thing: Any) -> dict[str, Any]:
        """A thing as JSON: ids as strings, times in UTC, personal values masked."""
        return {key_of(f): _shown(f, getattr(thing, f.attname), f.name in self.model.PERSONAL) for f in self.fields}


@lru_cache(maxsize=1)
def all_things() -> dict[str, Thing]:
    """Every kind by its name in addresses. Rooms are loaded once, at start-up."""
    found = (_thing(label) for label in subjects.labels())
    return {thing.slug: thing for thing in found if thing is not None}


def of(model: Any) -> Thing | None:
    """The kind of a model, if it is offered."""
    return next((t for t in all_things().values() if t.model is model), None)


def plural(label: str) -> str:
    """case → cases, enquiry → enquiries, duty → duties, address → addresses."""
    word = label.replace(".", "_")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def key_of(field: models.Field[Any, Any]) -> str:
    """The name of a field in JSON and in filters."""
    return field.name


def _thing(label: str) -> Thing | None:
    model = subjects.model_of(label)
    told = DIFFERENT.get(label, {})
    columns = {f.name: f for f in model._meta.concrete_fields}
    if told is None or (model is not Project and "project" not in columns):
        return None
    hidden = set(told.get("hide", ())) | set(model.SECRET) | {"project"}
    fields = tuple(f for f in columns.values() if f.name not in hidden and not _is_kept_back(f))
    names = told.get("filters")
    filters = tuple(f for f in fields if (f.name in names if names is not None else _is_filter(f)))
    filters = tuple(f for f in filters if f.name not in model.PERSONAL and not f.primary_key)
    own = [o for o in operations.registry.values() if not o.internal and not is_own_key(o)]
    creators = _named(o for o in own if o.creates is model and o.model is Project)
    verbs = _named(o for o in own if o.model is model and not (o.creates and o.model is Project))
    return Thing(told.get("slug") or plural(label), label, model, fields, filters, creators, verbs)


def is_own_key(operation: Operation) -> bool:
    """Whether it proves who one is by one's own password."""
    return operation.name.startswith("people.") and bool(operation.form.secret & OWN_KEYS)


def _named(found: Iterator[Operation]) -> dict[str, Operation]:
    """By verb; two rooms with the same verb on one kind are told apart by the full name."""
    table = list(found)
    verbs = [o.verb for o in table]
    return {(o.verb if verbs.count(o.verb) == 1 else o.name): o for o in table}


def _is_kept_back(field: models.Field[Any, Any]) -> bool:
    """Ciphertext, keyed hashes and stored files never leave by this door."""
    return isinstance(field, models.BinaryField | FileField) or field.name.endswith(("_hash", "digest", "sort_key"))


def _is_filter(field: models.Field[Any, Any]) -> bool:
    return bool(field.choices) or isinstance(field, models.ForeignKey | models.BooleanField) or field.name in EXACT


def is_id(field: models.Field[Any, Any]) -> bool:
    """Whether the value is an id: a string in JSON, since programs read large numbers wrongly."""
    return field.primary_key or isinstance(field, models.ForeignKey) or field.name.endswith("_id")


def _shown(field: models.Field[Any, Any], value: Any, is_personal: bool) -> Any:
    if value is None:
        return None
    if is_personal:
        return None if field.choices else hidden(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if is_id(field):
        return str(value)
    return _opened(value) if isinstance(value, dict | list) else value


def hidden(value: Any) -> str | None:
    """A personal value as others may see it: the ends of a number, the first character of a word."""
    if not isinstance(value, str) or not value:
        return None
    return masked(value) if sum(c.isdigit() for c in value) >= 7 else f"{value[0]}**"


def _opened(value: Any) -> Any:
    """JSON without its sealed values."""
    if crypto.is_sealed(value):
        return None
    if isinstance(value, dict):
        return {k: _opened(v) for k, v in value.items()}
    return [_opened(v) for v in value] if isinstance(value, list) else value
