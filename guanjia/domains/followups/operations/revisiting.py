"""The revisit that closes the loop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.casework.satisfaction import Satisfaction

from ..length import check_length, minutes_field, why_field
from ..models import Revisit, Visit


class RevisitForm(OperationForm):
    """What the visit and revisit record asks (F-REV)."""

    of = Visit
    asks = ("mode", "satisfaction", "mood", "feedback", "suggestion", "minutes", "why_length")

    satisfaction = asked(required=True)
    mood = asked(required=True)
    feedback = asked(required=True, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = minutes_field()
    why_length = why_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_length(self, cleaned)
        return cleaned


def did_not_do_it(case: Case, by: Actor) -> bool:
    """Nobody revisits their own work."""
    return by.is_staff and case.executor_id != by.id


@operation(
    Case,
    label=_("Revisit"),
    form=RevisitForm,
    clauses=["REV-04", "REV-07", "REV-08", "RPR-10", "CASE-03"],
    whose=did_not_do_it,
    icon="phone-check",
)
def revisit(case: Case, *, by: Actor, why_length: str, **given: Any) -> None:
    """Ask how it was; the case is closed. One who is unhappy gets a rework instead."""
    if given["satisfaction"] == Satisfaction.VERY_UNSATISFIED:
        raise Refused(
            "satisfaction", _("Very unsatisfied: do not close it. Choose “Not fixed” and send somebody."), "RPR-09"
        )
    Revisit.objects.create(
        project_id=case.project_id, case=case, round=case.round, at=by.at, employee_id=by.id, **given
    )
    case.closed_at = by.at
