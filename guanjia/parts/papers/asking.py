"""The register of some days: they are asked for, the printing is put on record, the sheet handed out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.web.doors import perform, refused_form
from guanjia.web.export import pdf


class SpanForm(OperationForm):
    """From a day to a day, both included."""

    longest: ClassVar[int] = 366  # days

    since = forms.DateField(label=pgettext_lazy("span", "From"))
    until = forms.DateField(label=pgettext_lazy("span", "To"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("since"), said.get("until")
        if first and last and last < first:
            self.add_error("until", _("This day lies before the first one."))
        elif first and last and (last - first).days > self.longest:
            self.add_error("until", _("Choose a span of at most %(n)s days.") % {"n": self.longest})
        return said


def span_of(since: date, until: date) -> str:
    """How a register says whose days it holds."""
    return f"{since:%Y-%m-%d} – {until:%Y-%m-%d}"


def register_of(
    request: Any, operation: Operation, make: Callable[..., bytes], *, back: str, name: str, **proposed: Any
) -> HttpResponse:
    """The form with what is `proposed`; sent, the act on record and the sheet, made of what the form asked for.

    `name` is the file's: a form's id or a number, never a person's. Raises Forbidden.
    """
    project, by = request.project, request.actor
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    form: Any = operation.new_form(project, by, initial=proposed)
    status = 200
    if request.method == "POST":
        try:
            perform(request, operation, project)
        except Refused as outcome:
            form, status = refused_form(request, operation, project, outcome), outcome.status
        else:
            form = operation.new_form(project, by, request.POST)
            form.is_valid()
            return pdf(name, make(**form.cleaned_data))
    context = {"operation": operation, "label": operation.label, "form": form, "back_url": back}
    return render(request, "papers/print.html", context, status=status)
