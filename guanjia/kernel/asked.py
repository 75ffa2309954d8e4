"""What a form asks of its model: the model says what a field is called, how long it is, among what one chooses and
whether it may stay empty; the form names it, and says only what the model does not.

    class FindForm(OperationForm):
        of = Find
        asks = ("description", "place", "found_at", "photos")

        description = asked(min_length=2)
        found_at = asked(required=False, help_text=_("Empty: just now."))
        photos = FilesField(label=_("Photos"), required=False)

One field alone names its model with itself: `disposal = asked(Find.disposal, required=True)`.
`asks` also gives the order: what a form inherits, then `asks`, then what else its body declares. The fields are made
once, when the class is. What is PERSONAL or SECRET of the model is so in the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.forms.forms import DeclarativeFieldsMetaclass

from .fields import SealedTextField

# How a column is asked for; the nearest ancestor counts.
KINDS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.BooleanField: forms.BooleanField,
    models.CharField: forms.CharField,
    models.DateField: forms.DateField,
    models.DateTimeField: forms.DateTimeField,
    models.EmailField: forms.EmailField,
    models.ForeignKey: forms.ModelChoiceField,
    models.IntegerField: forms.IntegerField,
    models.SlugField: forms.SlugField,
    models.TextField: forms.CharField,
    models.TimeField: forms.TimeField,
    SealedTextField: forms.CharField,
}


class Asked:
    """What a form says of a field of a model beyond the model."""

    def __init__(self, column: Any, kind: Callable[..., forms.Field] | None, changes: dict[str, Any]) -> None:
        self.column, self.kind, self.changes = column, kind, changes

    def found(self, name: str, of: Any) -> Any:
        """The field of the model: the one that was named, or the form's own of this name."""
        if self.column is not None:
            return self.column.field
        if of is None:
            raise ValueError("it says of no model: say `of`, or declare the field")
        try:
            return of._meta.get_field(name)
        except FieldDoesNotExist:
            has = ", ".join(sorted(field.name for field in of._meta.fields))
            raise ValueError(f"{of.__name__} has no such field (it has {has})") from None

    def made(self, field: Any) -> forms.Field:
        """The field of the form."""
        if field._verbose_name is None and "label" not in self.changes:
            raise ValueError("the model has no word for it: say a label")
        kind, said = self.kind, _said(field)
        if kind is None:
            kind = forms.ChoiceField if field.choices or "choices" in self.changes else _kind(field)
            said |= _bounds(field, kind)
        return kind(**{**said, **self.changes})


def asked(column: Any = None, /, kind: Callable[..., forms.Field] | None = None, **changes: Any) -> Any:
    """A field of the form's model, or of another (`Find.place`), with what the model does not say; `kind` where the
    house has a field of its own for it, which knows its bounds."""
    return Asked(column, kind, changes)


class Asking(DeclarativeFieldsMetaclass):
    """Makes the fields that a form asks of its model, when the class of the form is made."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        own = [n for n, value in attrs.items() if isinstance(value, forms.Field | Asked)]
        said = {n: attrs.pop(n) for n in own if isinstance(attrs[n], Asked)}
        form: Any = super().__new__(mcs, name, bases, attrs)
        asks, fields = tuple(attrs.get("asks", ())), form.base_fields
        inherited = [n for base in reversed(bases) for n in getattr(base, "base_fields", ())]
        before = [n for n in inherited if n in fields and n not in asks]
        columns = {}
        for n in (*asks, *said):
            if n in said or n not in fields:
                fields[n], columns[n] = _made(form, n, said.get(n) or Asked(None, None, {}))
        form.base_fields = form.declared_fields = {n: fields[n] for n in dict.fromkeys((*before, *asks, *own))}
        personal = _kept(form, "personal", attrs) | _of_models(form, "PERSONAL", columns)
        # What the form says to seal stays in the journal, though the row's own changes leave it out.
        secret = _kept(form, "secret", attrs) | (_of_models(form, "SECRET", columns) - personal)
        for which, names in (("personal", personal), ("secret", secret)):
            if names != getattr(form, which, None):
                setattr(form, which, names)
        return form


def _made(form: Any, name: str, one: Asked) -> tuple[forms.Field, Any]:
    try:
        column = one.found(name, form.of)
        return one.made(column), column
    except (TypeError, ValueError) as error:
        raise ValueError(f"{form.__qualname__} asks for {name}: {error}") from error


def _kept(form: Any, which: str, attrs: dict[str, Any]) -> frozenset[str]:
    """What the form itself keeps back, and what its bases do."""
    return frozenset(attrs.get(which, ())).union(*(getattr(base, which, ()) for base in form.__bases__))


def _of_models(form: Any, which: str, columns: dict[str, Any]) -> frozenset[str]:
    back = {n for n in form.base_fields if n in getattr(form.of, which, ())}
    back |= {n for n, column in columns.items() if column.name in getattr(column.model, which, ())}
    return frozenset(back)


def _said(field: Any) -> dict[str, Any]:
    """What every column says; what it is unless somebody says otherwise is suggested."""
    said = {"label": field.verbose_name, "required": not field.blank, "help_text": field.help_text}
    if field.default and field.has_default() and not callable(field.default):
        said["initial"] = field.default
    return said | ({"required": False} if isinstance(field, models.BooleanField) else {})


def _bounds(field: Any, kind: Any) -> dict[str, Any]:
    """Length, choices and range, as far as this kind of field has them."""
    if kind is forms.ChoiceField:
        return {"choices": field.choices}
    if kind is forms.ModelChoiceField:
        return {"queryset": field.related_model._default_manager.all()}
    if kind is forms.IntegerField:
        least, most = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
        return {"min_value": least, "max_value": most}
    if issubclass(kind, forms.CharField):
        lines = {"widget": forms.Textarea} if isinstance(field, models.TextField) else {}
        return {"max_length": field.max_length, **lines}
    return {}


def _kind(field: Any) -> type[forms.Field]:
    for ancestor in type(field).__mro__:
        if ancestor in KINDS:
            return KINDS[ancestor]
    raise ValueError(f"nobody can say how a {type(field).__name__} is asked for: declare the field")
