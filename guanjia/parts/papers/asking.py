"""The days of a register that is printed: how they are asked for, and what is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.places.models import Project


class DayForm(OperationForm):
    """One day."""

    day = forms.DateField(label=_("Day"))


class SpanForm(OperationForm):
    """From a day to a day, both included."""

    longest: ClassVar[int] = 366  # days

    since = forms.DateField(label=pgettext_lazy("span", "From"))
    until = forms.DateField(label=pgettext_lazy("span", "To"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("since"), said.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("This day lies before the first one."))
        elif first and last and (last - first).days > self.longest:
            self.add_error("until", gettext("Choose a span of at most %(n)s days.") % {"n": self.longest})
        return said


def span_of(since: date, until: date) -> str:
    """How a register says whose days it holds."""
    return f"{since:%Y-%m-%d} – {until:%Y-%m-%d}"


def today(project: Project, by: Actor) -> dict[str, Any]:
    """Proposed: the day itself, however the form asks for it."""
    day = timezone.localdate(by.at)
    return {"day": day, "since": day, "until": day}


def this_month(project: Project, by: Actor) -> dict[str, Any]:
    """Proposed: this month so far."""
    day = timezone.localdate(by.at)
    return {"since": day.replace(day=1), "until": day}
