"""The only definition of an operation's input: web, phone, API, import and Python calls all pass through one form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .asked import Asking
from .asked import asked as asked
from .choosing import LongSelect
from .when import When

# What a browser sends beside the fields; never an argument.
META = frozenset(
    {
        "csrfmiddlewaretoken", "idempotency_key", "at", "next", "_", "present_username", "present_pin",
        "present_username_2", "present_pin_2",
    }
)  # fmt: skip


REQUIRED = forms.Field.default_error_messages["required"]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotoInput(forms.ClearableFileInput):
    """Its own kind, so that pages draw it as a picture to take."""


class PhotoField(forms.FileField):
    """One picture."""

    widget = PhotoInput
    most = 1


class SignatureInput(forms.ClearableFileInput):
    """Its own kind, so that pages draw a field to sign in."""


class SignatureField(forms.FileField):
    """A signature, as the picture that the pad makes of it."""

    widget = SignatureInput


class FilesField(forms.FileField):
    """Several files at once; cleans to a list. `most` bounds their number."""

    widget = FilesInput

    def __init__(self, *, most: int = 9, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        items = [item for item in (data if isinstance(data, list | tuple) else [data]) if item]
        if self.required and not items:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(items) > self.most:
            raise forms.ValidationError(_("At most %(most)d files.") % {"most": self.most})
        return [super(FilesField, self).clean(item, None) for item in items]


class RowsField(forms.JSONField):
    """Rows that a program sends at once, where a page has a field for each: a page leaves it empty."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)


class FenField(forms.Field):
    """Money: people type yuan ("12.50"), code and JSON give whole fen as an integer; it cleans to fen."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, most_fen: int = 10_000_000, **kwargs: Any) -> None:
        self.most_fen = most_fen
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        fen = value if isinstance(value, int) and not isinstance(value, bool) else _fen(str(value))
        if fen is None or fen < 0:
            raise forms.ValidationError(_("Write an amount in yuan with at most two decimals, for example 36.50."))
        if fen > self.most_fen:
            raise forms.ValidationError(_("At most ¥ %(most)s.") % {"most": f"{self.most_fen // 100:,}"})
        return fen

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


def _fen(text: str) -> int | None:
    match = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?", text.strip().replace(",", ""), re.ASCII)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else None


class OperationForm(forms.Form, metaclass=Asking):
    """Knows who asks and about which thing; `narrow` limits choices to what this actor may name there.

    `of` is the model whose fields it `asks` for (see `asked`). `personal` lists fields whose values are a person's and
    enter the journal sealed; `secret` ones never enter it: what the model and the bases say, and these beside.
    With `as_it_stands` the form of a verb that changes a thing opens with what holds now.
    """

    of: ClassVar[Any] = None
    asks: tuple[str, ...] = ()
    personal: ClassVar[frozenset[str]] = frozenset()
    secret: ClassVar[frozenset[str]] = frozenset()
    as_it_stands: ClassVar[bool] = False
    given: dict[str, Any]  # the JSON side of cleaned_data, for the event; set when an operation found it valid

    def __init__(self, *args: Any, by: Actor, subject: Any, **kwargs: Any) -> None:
        self.by = by
        self.subject = subject
        super().__init__(*args, **kwargs)
        declared = set(self.fields)
        self._treat(declared)
        self.narrow()
        self._treat(set(self.fields) - declared)  # what narrowing added: a field for each row of the subject

    @classmethod
    def standing(cls, subject: Any) -> dict[str, Any]:
        """What holds now of the thing that is changed: each field that it has. A form adds what it has elsewhere."""
        fields = cls.base_fields.items() if cls.as_it_stands else ()
        names = {name for name, field in fields if not isinstance(field, forms.FileField)} - cls.secret
        return {name: getattr(subject, name) for name in names if hasattr(subject, name)}

    def looked_up(self, of: str) -> None:
        """Long references of this form are looked up for this verb of its subject."""
        for field in self.fields.values():
            if isinstance(field.widget, LongSelect):
                field.widget.of = of

    def _treat(self, names: set[str]) -> None:
        for name in names:
            _bound(self.fields[name])
            self._tell(self.fields[name])
            _drawn(self.fields[name])
            _asked(self.fields[name])

    def _tell(self, field: forms.Field) -> None:
        """What is judged by now is judged by the moment of this act."""
        told = [v.told(self.by.at, self.subject) if isinstance(v, When) else v for v in field.validators]
        field.validators = told

    def narrow(self) -> None:
        """Limit querysets to the project. Every reference field is narrowed by default to its project and reach."""
        project_id = getattr(self.subject, "project_id", None) or getattr(self.subject, "pk", None)
        for field in self.fields.values():
            choices: Any = getattr(field, "queryset", None)
            if choices is None or not hasattr(choices.model, "visible_to"):
                continue
            rows = choices.model.visible_to(self.by)
            if any(f.name == "project" for f in choices.model._meta.fields):
                rows = rows.filter(project_id=project_id)
            field.queryset = rows & choices.all() if choices.query.where else rows  # type: ignore[attr-defined]


def _asked(field: forms.Field) -> None:
    """What is missing is said as a person would say it; a field's own words stay."""
    if field.error_messages.get("required") is not REQUIRED:
        return
    if isinstance(field, forms.BooleanField):
        said = _("Not ticked yet.")
    elif isinstance(field, SignatureField):
        said = _("Not signed yet.")
    elif isinstance(field, forms.FileField):
        said = _("Nothing is attached yet.")
    elif isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        said = _("Nothing is chosen yet.")
    else:
        said = _("Not filled in yet.")
    field.error_messages["required"] = said


def _bound(field: forms.Field) -> None:
    """Every text has a bounded length and every integer fits its column, said or not."""
    if isinstance(field, forms.CharField) and not isinstance(field, forms.URLField) and field.max_length is None:
        from django.core.validators import MaxLengthValidator

        field.max_length = 500
        field.validators.append(MaxLengthValidator(500))
    if type(field) is forms.IntegerField and field.max_value is None:
        from django.core.validators import MaxValueValidator

        field.max_value = 2_147_483_647
        field.validators.append(MaxValueValidator(2_147_483_647))


def _drawn(field: forms.Field) -> None:
    """Days and times are picked, not spelled; several lines begin with three; of many each is ticked, so that no
    key need be held; nothing chosen is said in words.

    A form that chose otherwise stays so.
    """
    widget, plain = field.widget, "type" not in field.widget.attrs
    if type(widget) is forms.DateTimeInput:
        field.widget = forms.DateTimeInput({"type": "datetime-local", **widget.attrs}, "%Y-%m-%dT%H:%M")
    elif type(widget) is forms.DateInput and plain:
        field.widget = forms.DateInput({"type": "date", **widget.attrs}, "%Y-%m-%d")
    elif isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
        widget.attrs["rows"] = "3"
    elif type(widget) is forms.SelectMultiple:
        field.widget = forms.CheckboxSelectMultiple()
        field.widget.choices = field.choices  # type: ignore[attr-defined]  # only fields of choices have this widget
    if type(field) is forms.ModelChoiceField and type(widget) is forms.Select and field.empty_label is not None:
        field.widget = LongSelect(widget.attrs)
        field.widget.choices = field.choices
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = _("Choose") if field.required else "–"


class NoInput(OperationForm):
    """For verbs that need nothing but the thing itself."""


def as_data(given: Mapping[str, Any]) -> tuple[dict[str, Any], MultiValueDict[str, Any]]:
    """Python arguments as form data and files."""
    data: dict[str, Any] = {}
    files: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in given.items():
        if isinstance(value, UploadedFile):
            files[name] = value
        elif isinstance(value, list | tuple) and value and all(isinstance(v, UploadedFile) for v in value):
            files.setlist(name, list(value))
        elif isinstance(value, models.Model):
            data[name] = value.pk
        elif isinstance(value, list | tuple | models.QuerySet):
            data[name] = [v.pk if isinstance(v, models.Model) else v for v in value]
        elif value is not None:
            data[name] = value
    return data, files


def as_json(value: Any) -> Any:
    """A cleaned value as the journal keeps it: ids for things, digests for files, text for times."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, UploadedFile):
        return {"file": digest_of(value), "size": value.size}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.QuerySet | list | tuple | set | frozenset):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(k): as_json(v) for k, v in value.items()}
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def digest_of(upload: UploadedFile) -> str:
    """SHA-256 of an upload, read in pieces and rewound."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def unknown_names(form: forms.Form, names: Iterable[str]) -> list[str]:
    """Arguments that the form does not know."""
    return sorted(set(names) - set(form.fields) - META)
