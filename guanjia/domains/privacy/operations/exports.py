"""A list leaves the system."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.places.models import Project


class ExportForm(OperationForm):
    register = forms.SlugField(label=_("List"), max_length=40)
    rows = forms.IntegerField(label=_("Rows"), min_value=0)


@operation(Project, label=_("Export a list"), form=ExportForm, clauses=["PRIV-02"], guarded=True, icon="download")
def export(project: Project, *, by: Actor, register: str, rows: int) -> None:
    """A list is taken out as a workbook: who, which, how many rows."""
