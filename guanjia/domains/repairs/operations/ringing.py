"""Ringing the one who reported: whoever works on a repair gets the number on its order, with a reason, on record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING

from ..models import RepairOrder

REASONS = [
    ("visit", _("Arrange a visit")),
    ("door", _("I am at the door")),
    ("progress", _("Say how it goes")),
    ("after", _("Ask how it was")),
]


class RingForm(OperationForm):
    """What the call is for."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS)


def is_theirs_to_ring(order: RepairOrder, by: Actor) -> bool:
    """Contacts by assignment, own district or the counter (PRIV-02), as casework says."""
    return casework.may_see_contact(order.case, by)


@need(sentence=_("The matter is closed: its number is no longer shown."), clause="PRIV-02")
def is_ongoing(order: RepairOrder) -> bool:
    return order.case.state in ONGOING


@operation(
    RepairOrder, label=_("Ring"), form=RingForm, needs=[is_ongoing], clauses=["PRIV-01", "PRIV-02"],
    whose=is_theirs_to_ring, icon="phone",
)  # fmt: skip
def ring(order: RepairOrder, *, by: Actor, reason: str) -> None:
    """Show the number that was left for this repair. The page then reads the case's frozen customer."""
