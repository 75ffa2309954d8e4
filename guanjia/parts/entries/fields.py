"""From a field of the Book to a field on the screen, and from what was typed to what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.forms import FenField, FilesField, OperationForm
from guanjia.kernel.languages import said
from guanjia.kernel.when import HAPPENED
from guanjia.people import queries as people
from guanjia.people.fields import PhoneField
from guanjia.people.models import Department, Employee, Resident
from guanjia.places.models import District, House

_said = lazy(said, str)
MOST_LINES = 40
# Where the place and the person of an entry come from; the other references are kept in words.
HOUSE, RESIDENTS = "ref:house", ("ref:resident", "ref:owner")
TAKEN = frozenset({"at", "by", "key", "data", "files", "subject", "present", "next", "rows"})
# What has happened does not lie ahead; dues, plans and appointments do.
PAST = frozenset({"at", "recorded_at", "reported_at", "found_at", "received_at"})
PICTURED = ("photo", "file")
PICTURES = "pictures"


class LinesField(forms.CharField):
    """Several things, one a line; kept as a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, help_text=_("One a line."), **kwargs)

    def clean(self, value: Any) -> list[str]:
        text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else value
        lines = [line.strip() for line in str(super().clean(text) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)d lines.") % {"most": MOST_LINES})
        return lines


def name_of(field: book.Field) -> str:
    """The argument for a field: its key, but for names that a call itself uses."""
    return (
        f"{field.key}_"
        if field.key in {"at", "by", "key", "data", "files", "subject", "present", "next"}
        else field.key
    )


def label_of(field: book.Field) -> Any:
    """The name of the field in the reader's language; the form's own “NO” is said in words."""
    return _said("编号" if field.name == "NO" else field.name, field.key.replace("_", " ").capitalize())


def _choice(field: book.Field, **common: Any) -> forms.Field:
    values = [(key, _said(zh, en)) for key, zh, en in book.enum(field.enum)]
    return forms.ChoiceField(choices=values if common["required"] else [("", "–"), *values], **common)


def _moment(**common: Any) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **common)


MAKERS: Mapping[str, Callable[..., forms.Field]] = {
    "text": lambda **c: forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **c),
    "datetime": _moment,
    "date": lambda **c: forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **c),
    "time": lambda **c: forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **c),
    "int": lambda **c: forms.IntegerField(min_value=0, max_value=10_000_000, **c),
    "decimal": lambda **c: forms.DecimalField(min_value=0, max_digits=12, decimal_places=3, **c),
    "money": lambda **c: FenField(most_fen=10_000_000_000, **c),
    "bool": lambda **c: forms.BooleanField(**{**c, "required": False}),
    "phone": PhoneField,
    "list": LinesField,
    HOUSE: lambda **c: forms.ModelChoiceField(House.objects.all(), **c),
    "ref:resident": lambda **c: forms.ModelChoiceField(Resident.objects.all(), **c),
    "ref:owner": lambda **c: forms.ModelChoiceField(Resident.objects.all(), **c),
    "ref:employee": lambda **c: forms.ModelChoiceField(Employee.objects.all(), **c),
    "ref:department": lambda **c: forms.ModelChoiceField(Department.objects.all(), **c),
    "ref:district": lambda **c: forms.ModelChoiceField(District.objects.all(), **c),
}


def field_for(field: book.Field) -> forms.Field | None:
    """The field on the screen; None for what is signed or pictured."""
    if field.type == "signature" or field.type in PICTURED:
        return None
    common: dict[str, Any] = {"label": label_of(field), "required": field.is_required}
    if field.type == "datetime" and field.key in PAST:
        common["validators"] = [HAPPENED]
    if field.enum:
        return _choice(field, **common)
    make = MAKERS.get(field.type)
    return make(**common) if make else forms.CharField(max_length=100, **common)


class EntryForm(OperationForm):
    """Made from the Book for each form; employees are those of the project."""

    def narrow(self) -> None:
        super().narrow()
        for one in self.fields.values():
            if isinstance(one, forms.ModelChoiceField) and one.queryset is not None and one.queryset.model is Employee:
                one.queryset = people.staff_of(self.subject, self.by.at)


def form_class(form: book.Form) -> type[EntryForm]:
    """The form of the operation that keeps this form of the Book. Everything on it may be a person's."""
    made = {name_of(f): shown for f in form.fields if (shown := field_for(f)) is not None}
    pictured = [f for f in form.fields if f.type in PICTURED]
    if pictured:
        names = "、".join(f.name for f in pictured)
        made[PICTURES] = FilesField(label=_said(names, "Pictures"), required=any(f.is_required for f in pictured))
    made["replaces"] = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    members = {**made, "personal": frozenset(made) - {PICTURES, "replaces"}, "__doc__": form.purpose}
    return type(f"Form{form.id.removeprefix('F-').replace('-', '').title()}", (EntryForm,), members)


# -- what is kept ----------------------------------------------------------------------------------------------------


def packed(form: book.Form, cleaned: Mapping[str, Any]) -> str:
    """The values as JSON by the keys of the form: moments in ISO, things in the words they had then."""
    kept = {f.key: _plain(cleaned[name_of(f)]) for f in form.fields if cleaned.get(name_of(f)) not in (None, "", [])}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | list) else str(value)


def unpacked(form: book.Form, content: Any) -> dict[str, Any]:
    """What was kept, as values of the form: moments are moments again."""
    kept = json.loads(content or "{}")
    return {f.key: _read(f, kept[f.key]) for f in form.fields if f.key in kept}


def _read(field: book.Field, value: Any) -> Any:
    readers = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}
    read = readers.get(field.type)
    return read(value) if read and isinstance(value, str) else value


def words_of(form: book.Form, content: Any) -> str:
    """The text of an entry by which it is found: phones and dates are not words."""
    kept = json.loads(content or "{}")
    told = [kept[f.key] for f in form.fields if f.key in kept and f.type in {"string", "text", "list"} | {HOUSE}]
    return " ".join(" ".join(one) if isinstance(one, list) else str(one) for one in told)[:2000]
