"""Reading the rows of a batch: the form of the operation for each, references looked up a field at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ..actors import Actor
from ..forms import OperationForm, as_data, as_json, unknown_names
from ..outcomes import RefusedRows
from . import checking
from .verbs import Verb

Row = Mapping[str, Any]
PIECE = 1000


class Reader:
    """One form for all rows (they have one subject, so one narrowing), bound to each in turn."""

    def __init__(self, verb: Verb, subject: Any, by: Actor, rows: Sequence[Row]) -> None:
        self.rows = [as_data(row)[0] for row in rows]
        self.form = verb.form({}, {}, by=by, subject=subject)
        for name, field in self.form.fields.items():
            if isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
                field.to_python = Lookup(field, [row.get(name) for row in self.rows])  # type: ignore[method-assign]

    def read(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What the body gets and the JSON side of it, row by row. Raises RefusedRows."""
        cleaned: list[dict[str, Any]] = []
        given: list[dict[str, Any]] = []
        refused: dict[int, Any] = {}
        for number, row in enumerate(self.rows):
            if errors := self._errors(row):
                refused[number] = errors
                continue
            cleaned.append(self.form.cleaned_data)
            given.append({name: as_json(value) for name, value in self.form.cleaned_data.items()})
        if refused:
            raise RefusedRows(refused)
        return cleaned, given

    def _errors(self, row: Row) -> Mapping[str, Any]:
        if strangers := unknown_names(self.form, row):
            return {name: [_("This is not known here.")] for name in strangers}
        self.form.data = dict(row)
        self.form.full_clean()
        return checking.sentences(self.form)


def labels_of(form: OperationForm) -> dict[str, Any]:
    """What each field is called by people."""
    return {name: form[name].label for name in form.fields}


class Lookup:
    """Stands for `ModelChoiceField.to_python`: the things that all rows name were fetched at once."""

    def __init__(self, field: Any, values: Sequence[Any]) -> None:
        self.field = field
        self.key = field.to_field_name or "pk"
        self.found: dict[str, Model] = {}
        for piece in _pieces(sorted({text for value in values if (text := self._text(value))})):
            for thing in field.queryset.filter(**{f"{self.key}__in": piece}):
                self.found[str(getattr(thing, self.key))] = thing

    def __call__(self, value: Any) -> Any:
        if value in self.field.empty_values:
            return None
        thing = self.found.get(self._text(value) or "")
        if thing is None:
            raise ValidationError(
                self.field.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return thing

    def _text(self, value: Any) -> str | None:
        """A value as the key is written; None for what cannot be one."""
        text = str(getattr(value, self.key) if isinstance(value, Model) else "" if value is None else value).strip()
        column: Any = self.field.queryset.model._meta.pk if self.key == "pk" else None
        if column is not None and not (text.isascii() and text.isdigit() and len(text) <= 18):
            return None
        return text if text and len(text) <= 200 and "\x00" not in text else None


def _pieces(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), PIECE):
        yield values[start : start + PIECE]
