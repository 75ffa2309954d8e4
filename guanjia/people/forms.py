"""Colleagues as a form names them."""

from __future__ import annotations

from typing import ClassVar

from guanjia.kernel.forms import OperationForm

from . import queries


class ColleagueForm(OperationForm):
    """Names colleagues who hold a post at the project of its subject; `others`: never oneself."""

    colleagues: ClassVar[tuple[str, ...]] = ()
    others: ClassVar[tuple[str, ...]] = ()

    def narrow(self) -> None:
        super().narrow()
        for name in (*self.colleagues, *self.others):
            staff = queries.staff_of(self.subject.project_id, self.by.at)
            rows = staff.exclude(pk=self.by.id) if name in self.others else staff
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice has them
