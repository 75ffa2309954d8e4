"""The columns and choices of a register: what is not said is read from the field of the model.

    columns=("called_at", "caller", minor("house"), grow("words"), Column("Result", result, "tag"))
    filters=("state", "topic", Filter("late", "Overdue", …))

A name is a field, or a path to one (`lot.substance`): the title is the field's own, value and kind follow from what the
field is (`_read`). A word around the name says what differs here; a column that is no field says its title too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guanjia.people.models import Employee, Resident
from guanjia.places.models import House, Project

from . import words

Model = type[models.Model]


def _date(at: date | datetime | None) -> str:
    day = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return day.isoformat() if day else ""


# Kinds that write their value in a way of their own, and kinds that are drawn as another one.
SHOWN: dict[str, Callable[[Any], str]] = {"phone": words.masked, "day": words.when, "date": _date, "money": words.yuan}
DRAWN = {"date": "text", "money": "num"}


@dataclass(frozen=True)
class Column:
    """A head and where its value comes from: a field, an attribute path, or a function of the row.

    `kind`: text, grow (takes the room), num, person, tag, phone (masked), day (as it is said: yesterday, 3 May), date
    (as papers write it), money (of fen). `is_minor` is hidden on phones. What is None, the field says.
    """

    title: Any
    value: str | Callable[[Any], Any]
    kind: str | None = None
    is_minor: bool = False
    export: bool = True

    def of(self, row: Any) -> Any:
        if callable(self.value):
            found = self.value(row)
        else:
            found = row
            for step in self.value.split("."):
                found = getattr(found, step, "") if found is not None else ""
            if callable(found):
                found = found()
        if self.kind in SHOWN:
            return SHOWN[self.kind](None if found == "" else found)
        return "" if found is None else found

    @property
    def look(self) -> str:
        """What its cells are drawn as."""
        kind = self.kind or "text"
        return DRAWN.get(kind, kind)


Said = str | Column


def _column(said: Said) -> Column:
    return Column(None, said) if isinstance(said, str) else said


def minor(said: Said) -> Column:
    """Hidden on phones."""
    return replace(_column(said), is_minor=True)


def grow(said: Said) -> Column:
    """The one that takes the room."""
    return replace(_column(said), kind="grow")


def tag(said: Said) -> Column:
    return replace(_column(said), kind="tag")


def person(said: Said) -> Column:
    """A name in a field of words."""
    return replace(_column(said), kind="person")


def dated(said: Said) -> Column:
    """A day as papers write it, whenever it is."""
    return replace(_column(said), kind="date")


def told(said: Said, model: Model | None) -> Column:
    """A column of which everything is said."""
    column = _column(said)
    field = _field(model, column.value) if model and isinstance(column.value, str) else None
    if field is None:
        if column.title is None:
            raise LookupError(f"{column.value!r} is no field of {model}: its column needs a title")
        return replace(column, kind=column.kind or "text")
    value, kind = _read(field)
    path = str(column.value).rpartition(".")[0]
    return replace(
        column,
        title=field.verbose_name if column.title is None else column.title,
        value=f"{path}.{value}" if path else value,
        kind=column.kind or kind,
    )


def _field(model: Any, path: str) -> Any:
    """The field at the end of a path of references, if there is one."""
    field = None
    for step in path.split("."):
        try:
            field = model._meta.get_field(step) if model else None
        except FieldDoesNotExist:
            return None
        model = field.related_model if field else None
    return field if getattr(field, "concrete", False) else None


def _read(field: Any) -> tuple[str, str]:
    """Where a field's value for a reader stands, and the kind of its cells."""
    name = field.name
    is_number = isinstance(field, models.IntegerField) or hasattr(field, "decimal_places")
    if hasattr(field.model, f"get_{name}_display"):  # of choices, or in the thing's own words
        kind = "tag" if name == "state" else "num" if is_number and not field.choices else "text"
        return f"get_{name}_display", kind
    if field.related_model in (Employee, Resident):
        return f"{name}.name", "person"
    if field.related_model is House:
        return f"{name}.code", "text"
    if field.is_relation:
        return (f"{name}.name" if hasattr(field.related_model, "name") else name), "text"
    if isinstance(field, models.DateField):
        return name, "day"
    if name.endswith("_fen"):
        return name, "money"
    return name, "num" if is_number else "text"


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the list; a value that is not offered narrows nothing. What is None, the field says.

    `field` is the field, where the address calls it by another name.
    """

    name: str
    title: Any = None
    choices: Callable[[Project], Iterable[tuple[Any, Any]]] | None = None
    where: Callable[[str], Q] | None = None
    field: str = ""


def only(name: str, title: Any, where: Q, *, label: Any = None, value: str = "yes") -> Filter:
    """A filter of one choice: these rows alone."""
    offered = [(value, title if label is None else label)]
    return Filter(name, title, lambda project: offered, lambda value: where)


def choice(said: str | Filter, model: Model | None) -> Filter:
    """A filter of which everything is said; a name alone is a field of choices."""
    one = Filter(said) if isinstance(said, str) else said
    path = one.field or one.name
    field = _field(model, path)
    if one.choices is None and not (field and field.flatchoices):
        raise LookupError(f"{path!r} is no field of choices of {model}: its filter says what is offered")
    if field is None and (one.title is None or one.where is None):
        raise LookupError(f"{path!r} is no field of {model}: its filter says its title and what is found")
    return replace(
        one,
        title=field.verbose_name if one.title is None else one.title,
        choices=one.choices or (lambda project: field.flatchoices),
        where=one.where or (lambda value: Q(**{path: value})),
    )
