"""Going round the district: one visit, one record."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.people import queries as people
from guanjia.people.models import Resident
from guanjia.places.models import House, Project

from ..length import check_length, minutes_field, why_field
from ..models import Mode, Mood, Visit, VisitKind


class VisitForm(OperationForm):
    """What the visit and revisit record asks (F-REV)."""

    personal: ClassVar[frozenset[str]] = frozenset({"feedback", "suggestion"})

    house = forms.ModelChoiceField(House.objects.all(), label=_("House"))
    resident = forms.ModelChoiceField(
        Resident.objects.all(), label=_("Resident"), required=False, widget=forms.HiddenInput
    )
    kind = forms.ChoiceField(label=_("Kind of visit"), choices=VisitKind.choices, initial=VisitKind.ROUND)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, initial=Mode.HOME)
    satisfaction = forms.ChoiceField(
        label=_("Satisfaction"), choices=[("", "–"), *Satisfaction.choices], required=False
    )
    mood = forms.ChoiceField(label=_("Mood"), choices=[("", "–"), *Mood.choices], required=False)
    feedback = forms.CharField(label=_("Feedback"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    suggestion = forms.CharField(label=_("Suggestion"), max_length=300, required=False)
    minutes = minutes_field()
    why_length = why_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        house, resident = cleaned.get("house"), cleaned.get("resident")
        if house and resident and resident.pk not in [o.resident_id for o in people.household(house, self.by.at)]:
            self.add_error("resident", _("This resident does not live in the house."))
        check_length(self, cleaned)
        return cleaned


@operation(
    Project, label=_("Record visit"), form=VisitForm, creates=Visit, clauses=["REV-01", "REV-02", "REV-04", "REV-07"],
    icon="walk",
)  # fmt: skip
def record_visit(project: Project, *, by: Actor, why_length: str, **given: Any) -> Visit:
    """A household was visited: what they said, how they felt, what they wish for."""
    return Visit.objects.create(project=project, at=by.at, employee_id=by.id, **given)
