"""What the verbs of imports take."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import OperationForm

from .kinds import of, registry
from .models import Import


class UploadForm(OperationForm):
    kind = forms.ChoiceField(label=_("What is in it"))
    file = forms.FileField(label=_("File"))

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["kind"]
        field.choices = (
            [(kind.id, kind.label) for kind in of(self.subject, self.by)] if hasattr(self.subject, "is_office") else []
        )


class MapForm(OperationForm):
    """What each column holds: {"<sheet>:<column>": "<key>"}; an empty key leaves the column out."""

    columns = forms.JSONField(label=_("Columns"))

    def clean_columns(self) -> dict[str, str]:
        given = self.cleaned_data["columns"]
        one = self.subject
        kind = registry.get(one.kind) if isinstance(one, Import) else None
        if not isinstance(given, dict) or kind is None or len(given) > 2000:
            raise forms.ValidationError(_("Say for each column what it holds."))
        known = {column.key for column in kind.columns} | {""}
        if any(not isinstance(k, str) or v not in known for k, v in given.items()):
            raise forms.ValidationError(_("Say for each column what it holds."))
        return given


class CheckedForm(OperationForm):
    """What a look at the file found; only the program fills it in."""

    secret: ClassVar[frozenset[str]] = frozenset({"preview", "report"})
    mapping = forms.JSONField(label=_("Columns"), required=False)
    counts = forms.JSONField(label=_("Totals"))
    preview = forms.JSONField(label=_("First rows"))
    report = forms.CharField(label=_("Wrong rows"), max_length=100, required=False)


class SentenceForm(OperationForm):
    sentence = forms.CharField(label=_("Why"), max_length=400)


class RefusedForm(SentenceForm):
    """Why, and the headings that were found where a person can still say what they hold."""

    mapping = forms.JSONField(label=_("Columns"), required=False)
