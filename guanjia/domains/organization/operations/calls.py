"""Call a steward to the spot; be there; call it off."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts, queries
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee
from guanjia.places.forms import AtHouse, said_house
from guanjia.places.models import House, Project

from ..models import SiteCall

LINES = forms.Textarea(attrs={"rows": 2})


class CallForm(AtHouse, ColleagueForm):
    """A house finds its steward by itself; for any other place one is named."""

    of = SiteCall
    others = ("steward",)

    house = said_house(required=False)
    place = asked(label=_("Or another place"))
    steward = asked(required=False, help_text=_("Empty: whoever answers for the house now."))
    reason = asked(min_length=2, widget=LINES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("house") and not cleaned.get("place") and not self.errors:
            self.add_error("place", _("Say where: a house, or another place."))
        if not cleaned.get("house") and not cleaned.get("steward") and not self.errors:
            self.add_error("steward", _("Without a house, name who is called."))
        return cleaned


class OutcomeForm(OperationForm):
    outcome = asked(SiteCall.outcome, widget=LINES)


class OffForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"outcome"})
    outcome = forms.CharField(label=_("Why it is called off"), max_length=200, min_length=2, widget=LINES)


@operation(
    Project, label=_("Call the steward"), form=CallForm, creates=SiteCall, clauses=["ORG-08"], icon="map-pin"
)  # fmt: skip
def call_steward(
    project: Project, *, by: Actor, house: House | None, place: str, steward: Employee | None, reason: str
) -> SiteCall:
    """Somebody is needed on the spot: whoever answers for the house now, the stand-in where the steward is off."""
    called = steward or (queries.responsible_for(house, by.at) if house is not None else None)
    if called is None:
        raise Refused("steward", _("Nobody answers for this house now. Name who is called."), "ORG-08")
    return SiteCall.objects.create(
        project=project, house=house, place=place, reason=reason, steward=called, called_by_id=by.id, called_at=by.at,
        moved_at=by.at,
    )  # fmt: skip


def is_called(call: SiteCall, by: Actor) -> bool:
    return call.steward_id == by.id


def is_callers(call: SiteCall, by: Actor) -> bool:
    return call.called_by_id == by.id or by.holds(call.project_id, *posts.SUPERVISORS)


@operation(
    SiteCall, label=_("I am on site"), form=OutcomeForm, whose=is_called, clauses=["ORG-08"], icon="map-pin-check"
)
def arrive_on_site(call: SiteCall, *, by: Actor, outcome: str) -> None:
    """Who was called is there; it counts from the call, in working hours."""
    call.arrived_at, call.outcome = by.at, outcome


@operation(SiteCall, label=_("Call it off"), form=OffForm, whose=is_callers, danger=True, icon="x")
def call_off_steward(call: SiteCall, *, by: Actor, outcome: str) -> None:
    """Nobody has to come any more."""
    call.outcome = outcome
