"""Going round the district: one visit, one record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.people import queries as people
from guanjia.people import reach
from guanjia.people.models import Resident
from guanjia.places.models import Project

from ..length import check_length, minutes_field, why_field
from ..models import CARERS, Mode, Mood, Visit, VisitKind


class VisitForm(OperationForm):
    """What the visit and revisit record asks (F-REV)."""

    of = Visit
    asks = (
        "house", "resident", "kind", "mode", "satisfaction", "mood", "feedback", "suggestion", "minutes",
        "why_length",
    )  # fmt: skip

    resident = asked(widget=forms.HiddenInput)
    kind = asked(initial=VisitKind.ROUND)
    mode = asked(initial=Mode.HOME)
    satisfaction = asked(choices=[("", "–"), *Satisfaction.choices])
    mood = asked(choices=[("", "–"), *Mood.choices])
    feedback = asked(required=True, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = minutes_field()
    why_length = why_field()

    def narrow(self) -> None:
        """Who pays no care visits is not offered one."""
        super().narrow()
        if not self.by.is_system and not self.by.holds(self.subject.pk, *CARERS):
            field: Any = self.fields["kind"]
            field.choices = [one for one in VisitKind.choices if one[0] != VisitKind.CARE]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == VisitKind.CARE:
            self._check_care(cleaned.get("resident"))
        house, resident = cleaned.get("house"), cleaned.get("resident")
        if house and resident and resident.pk not in [o.resident_id for o in people.household(house, self.by.at)]:
            self.add_error("resident", _("This resident does not live in the house."))
        check_length(self, cleaned)
        return cleaned

    def _check_care(self, resident: Resident | None) -> None:
        """It is paid to a person, by the steward of the district or who leads."""
        if resident is None:
            self.add_error("kind", _("Say who was visited: begin from the care list."))
        elif not reach.reaches(self.by, resident):
            self.add_error("kind", _("This household is not in your district."))


@operation(
    Project, label=_("Record visit"), form=VisitForm, creates=Visit, clauses=["REV-01", "REV-02", "REV-04", "REV-07"],
    icon="walk",
)  # fmt: skip
def record_visit(project: Project, *, by: Actor, why_length: str, **given: Any) -> Visit:
    """A household was visited: what they said, how they felt, what they wish for."""
    if given["kind"] == VisitKind.CARE:
        given |= {"care_words": given["feedback"], "care_wish": given["suggestion"], "feedback": "", "suggestion": ""}
    return Visit.objects.create(project=project, at=by.at, employee_id=by.id, **given)
