"""Fields that several forms of this room share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from guanjia.kernel.forms import OperationForm
from guanjia.people import queries

LINES = forms.Textarea(attrs={"rows": 3})


def moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class ColleagueForm(OperationForm):
    """Names colleagues who hold a post at the project; `others`: never oneself."""

    colleagues: ClassVar[tuple[str, ...]] = ()
    others: ClassVar[tuple[str, ...]] = ()

    def narrow(self) -> None:
        super().narrow()
        staff = queries.staff_of(self.subject.project_id, self.by.at)
        for name in self.colleagues:
            self.fields[name].queryset = staff  # type: ignore[attr-defined]  # a choice has them
        for name in self.others:
            self.fields[name].queryset = staff.exclude(pk=self.by.id)  # type: ignore[attr-defined]  # a choice has them
