"""Taking the sums out as a workbook leaves an event that says who took what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.places.models import Project


class ExportForm(OperationForm):
    month = forms.CharField(label=_("Month"), max_length=7)
    rows = forms.IntegerField(label=_("Rows"), min_value=0, max_value=100_000)


@operation(Project, label=_("Export compliance"), form=ExportForm, icon="download")
def export(project: Project, *, by: Actor, month: str, rows: int) -> None:
    """The clauses of a month with their rates, as a workbook."""
