"""A call is written down; a missed one is rung back; what was promised is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.telephone.models import PhoneCall
from guanjia.places.models import House, Project

from ..forms import LogForm, ReplyForm, RingBackForm
from ..models import Call, CallBack

MOST_TRIES = 5


@operation(
    Project, label=_("Write a call down"), form=LogForm, creates=Call, clauses=["DESK-02", "DESK-03", "DESK-06"],
    icon="phone",
)  # fmt: skip
def log(
    project: Project, *, by: Actor, caller: str, house: House | None, phone: str, topic: str, content: str,
    handling: str, reply_by: datetime | None, phone_call: PhoneCall | None, case: Case | None,
) -> Call:  # fmt: skip
    """Who called about what, what was done, by when they hear again. One call is written once."""
    if phone_call is not None and Call.objects.filter(project=project, phone_call=phone_call).exists():
        raise Conflict("", _("This call is written down already."))
    said = {} if case is not None else {"caller": caller, "content": content, "handling": handling}
    number = phone or (str(phone_call.number) if phone_call is not None and phone_call.number else "")
    return Call.objects.create(
        project=project, number=numbering.daily(project, "LD", by.at), answered_by_id=by.id, topic=topic,
        called_at=phone_call.rang_at if phone_call else by.at,
        answered_at=phone_call.answered_at if phone_call else by.at,
        house=(house or case.house) if case is not None else house, phone="" if case is not None else number,
        reply_by=reply_by, phone_call=phone_call, case=case, moved_at=by.at,
        state=Call.State.PROMISED if reply_by else Call.State.SETTLED, **said,
    )  # fmt: skip


@operation(Call, label=_("Reply given"), form=ReplyForm, clauses=["DESK-12"], icon="message-reply")
def reply_call(call: Call, *, by: Actor, reply: str) -> None:
    """What was promised is kept."""
    call.reply, call.replied_at = reply, by.at


def is_new_to_the_supervisor(thing: Any) -> bool:
    """Something the supervisor has to know of, and has not noted yet."""
    return bool(thing.is_input and thing.noted_by_id is None)


@operation(Call, label=_("Noted"), clauses=["DESK-18"], when=is_new_to_the_supervisor, icon="check")
def note_call(call: Call, *, by: Actor) -> None:
    """The supervisor knows what the customer said."""
    call.noted_by_id = by.id


# -- missed calls ----------------------------------------------------------------------------------------------------


@operation(
    PhoneCall, label=_("A call back is owed"), creates=CallBack, internal=True, clauses=["DESK-04"], icon="phone-off"
)
def owe_call_back(call: PhoneCall, *, by: Actor) -> CallBack:
    """Nobody is lost: whoever was missed is rung back."""
    return CallBack.objects.create(
        project_id=call.project_id, phone_call=call, number_hash=call.number_hash, masked=call.masked,
        first_at=by.at, last_at=by.at, moved_at=by.at,
    )  # fmt: skip


@operation(CallBack, label=_("Missed again"), internal=True, clauses=["DESK-04"], icon="phone-off")
def miss_again(back: CallBack, *, by: Actor) -> None:
    """The same number rang and was missed once more: one call back, however often."""
    back.missed += 1
    back.last_at = by.at


@operation(CallBack, label=_("Show the number"), clauses=["PRIV-01"], icon="eye")
def show_number(back: CallBack, *, by: Actor) -> None:
    """The whole number, to ring it. The page then reads it from the call."""


@operation(CallBack, label=_("Rang back"), form=RingBackForm, clauses=["DESK-04", "HOUSE-07"], icon="phone-outgoing")
def ring_back(back: CallBack, *, by: Actor, outcome: str, words: str) -> None:
    """Somebody was rung back: reached, to be tried again, or given up after several tries."""
    Outcome = CallBack.Outcome
    back.tries += 1
    if outcome == Outcome.NOBODY and back.tries < 2:
        raise Refused("outcome", _("Try once more before you give it up."), "DESK-04")
    back.words = words
    if outcome != Outcome.NOT_REACHED or back.tries >= MOST_TRIES:
        back.outcome = outcome if outcome != Outcome.NOT_REACHED else Outcome.NOBODY
        back.state, back.done_by_id, back.done_at = CallBack.State.DONE, by.id, by.at


@operation(CallBack, label=_("They called again"), internal=True, icon="phone-check")
def settle_call_back(back: CallBack, *, by: Actor) -> None:
    """Who was missed has rung again and was answered."""
    back.outcome, back.done_at = CallBack.Outcome.CALLED_AGAIN, by.at
