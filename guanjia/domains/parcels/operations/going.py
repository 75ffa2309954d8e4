"""What waits, and how it leaves: against a signature, on the round, back to the sender."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.custody.handing import hand_out

from ..forms import HandOverForm, PositionForm, ReasonForm
from ..models import UNSIGNED, Parcel, State


def is_signed_for(parcel: Parcel) -> bool:
    """Leaves against a signature."""
    return parcel.sort not in UNSIGNED


def goes_round(parcel: Parcel) -> bool:
    """Goes into the letterbox."""
    return parcel.sort in UNSIGNED


def _opens(parcel: Parcel, code: str, by: Actor) -> bool:
    """One code opens all that waits for the same door: the others of this very act are gone by now."""
    of_the_door = Parcel.objects.filter(project_id=parcel.project_id, house=parcel.house, code=code)
    same_act = Q(state=State.COLLECTED, collected_at=by.at)
    return bool(code) and of_the_door.filter(Q(state=State.WAITING) | same_act).exists()


@operation(
    Parcel, label=_("Hand over"), form=HandOverForm, clauses=["PAR-06"], when=is_signed_for, batch=True,
    icon="signature",
)  # fmt: skip
def hand_over(parcel: Parcel, *, by: Actor, proof: str, pickup_code: str, collector: str, signature: Any) -> None:
    """Given to whoever brings the code or is known to live there, who signs; the moment is on record."""
    if proof == "code" and not _opens(parcel, pickup_code, by):
        raise Refused("pickup_code", _("This code opens nothing that waits here."), "PAR-06")
    signature.seek(0)  # one signature for several parcels is read once for each
    hand_out(parcel, by=by, to=collector or parcel.holder, purpose=str(parcel.number), signature=signature)
    parcel.collected_at = by.at


@operation(Parcel, label=_("Hand round"), clauses=["PAR-08"], when=goes_round, batch=True, icon="walk")
def hand_round(parcel: Parcel, *, by: Actor) -> None:
    """Into the letterbox of the house."""
    hand_out(parcel, by=by, to=parcel.holder)
    parcel.collected_at = by.at


@operation(Parcel, label=_("Put elsewhere"), form=PositionForm, clauses=["PAR-02"], icon="map-pin")
def put_elsewhere(parcel: Parcel, *, by: Actor, position: str) -> None:
    """Another shelf; each thing has its place."""
    parcel.position, parcel.keeper_id = position, by.id or parcel.keeper_id


@need(sentence=_("Not on file as a resident: nobody can be reminded."))
def has_a_resident(parcel: Parcel) -> bool:
    return parcel.resident_id is not None


@operation(Parcel, label=pgettext_lazy("parcels", "Remind"), needs=[has_a_resident], icon="bell-ringing")
def remind(parcel: Parcel, *, by: Actor) -> None:
    """The resident is told once more that it waits."""
    parcel.reminded_at, parcel.reminders = by.at, min(parcel.reminders + 1, 999)


@need(sentence=_("Remind the recipient first; what nobody fetches then goes back."), owes=_("the counter"))
def was_reminded(parcel: Parcel) -> bool:
    return parcel.reminders > 0 or parcel.resident_id is None


@operation(
    Parcel, label=_("Return to sender"), form=ReasonForm, needs=[was_reminded], danger=True, icon="arrow-back-up"
)
def send_back(parcel: Parcel, *, by: Actor, remark: str) -> None:
    """Nobody fetched it: it goes back with the courier."""
    hand_out(parcel, by=by, to=parcel.carrier or str(pgettext_lazy("parcels", "Sender")), purpose=remark)
    parcel.remark = remark


@operation(Parcel, label=_("Report missing"), form=ReasonForm, danger=True, icon="alert-triangle")
def report_missing(parcel: Parcel, *, by: Actor, remark: str) -> None:
    """It is not where it should be."""
    parcel.remark = remark


@operation(Parcel, label=_("Found again"), form=PositionForm, icon="circle-check")
def find_again(parcel: Parcel, *, by: Actor, position: str) -> None:
    """It turned up; its code holds as before."""
    parcel.position = position
