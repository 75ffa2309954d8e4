"""Fields that several forms of this room share."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from guanjia.kernel.forms import OperationForm
from guanjia.people import queries

LINES = forms.Textarea(attrs={"rows": 3})


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
