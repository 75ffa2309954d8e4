"""A house as it is said, for forms that are typed while somebody waits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import OperationForm

from . import queries
from .models import House


def said_house(*, required: bool = True) -> forms.CharField:
    """3-2-1201, or however it is said; `AtHouse` finds the house."""
    return forms.CharField(
        label=_("House"), max_length=40, required=required,
        widget=forms.TextInput(attrs={"placeholder": "3-2-1201", "autocomplete": "off"}),
    )  # fmt: skip


class AtHouse(OperationForm):
    """Asks for a house of the project by the way it is said; cleans to the house."""

    house = said_house()

    def clean_house(self) -> House | None:
        spoken = self.cleaned_data["house"]
        if not spoken:
            return None
        project: Any = getattr(self.subject, "project", self.subject)
        found = queries.house_by_code(project, spoken)
        if found is None:
            raise forms.ValidationError(_("No house is called this here. Say it like 3-2-1201."))
        return found
