"""A form as JSON Schema: what an operation takes, as its own form says it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise

from guanjia.kernel.forms import FenField, FilesField, OperationForm

ID = {"type": "string", "pattern": "^[0-9]{1,18}$"}
TEXT_MOST = 500


def form_schema(form: type[OperationForm]) -> dict[str, Any]:
    """A form as JSON Schema."""
    fields = form.base_fields
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: field_schema(field) for name, field in fields.items()},
    }
    required = [n for n, f in fields.items() if f.required and not isinstance(f, forms.BooleanField)]
    return schema | ({"required": required} if required else {})


def field_schema(field: forms.Field) -> dict[str, Any]:
    """One field: type, length, choices; what it is called for people."""
    schema = _typed(field)
    if field.label:
        schema["title"] = str(field.label)
    if field.help_text:
        schema["description"] = str(field.help_text)
    return schema


def _typed(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, FilesField):
        return {"type": "array", "maxItems": field.most, "items": {"type": "string", "format": "binary"}}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": dict(ID)}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": _chosen(field)}
    if isinstance(field, forms.ModelChoiceField):
        return dict(ID)
    if isinstance(field, FenField):
        return {"type": "integer", "minimum": 0, "maximum": field.most_fen}
    for kind, schema in _PLAIN:
        if isinstance(field, kind):
            return dict(schema)
    if isinstance(field, forms.ChoiceField):
        return _chosen(field)
    if isinstance(field, forms.IntegerField):
        most = field.max_value if field.max_value is not None else 2_147_483_647
        low = {"minimum": field.min_value} if field.min_value is not None else {}
        return {"type": "integer", "maximum": most, **low}
    if isinstance(field, forms.CharField):
        low = {"minLength": field.min_length or 1} if field.required or field.min_length else {}
        return {"type": "string", "maxLength": field.max_length or TEXT_MOST, **low}
    return {}  # a room's own field: its form says what is wrong


_PLAIN: tuple[tuple[Any, dict[str, Any]], ...] = (
    (forms.FileField, {"type": "string", "format": "binary"}),
    (forms.NullBooleanField, {"type": ["boolean", "null"]}),
    (forms.BooleanField, {"type": "boolean"}),
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.TimeField, {"type": "string", "format": "time"}),
    (forms.DecimalField, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
    (forms.FloatField, {"type": "number"}),
    (forms.JSONField, {}),
    (forms.EmailField, {"type": "string", "format": "email", "maxLength": 320}),
)


def _chosen(field: Any) -> dict[str, Any]:
    values = _choices(field)
    return {"type": "string", "enum": values} if any(values) else {"type": "string", "maxLength": TEXT_MOST}


def _choices(field: Any) -> list[str]:
    """Values, groups opened. A list that only the thing itself can tell is left to the form."""
    found: list[str] = []
    for value, word in field.choices:
        inner = word if isinstance(word, list | tuple) and not isinstance(word, Promise) else [(value, word)]
        found += [str(v) for v, _w in inner]
    return found if field.required else ["", *(v for v in found if v)]
