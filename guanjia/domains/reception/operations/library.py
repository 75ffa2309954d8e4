"""Standard replies, help at the counter, the telephone bill and private calls with their limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from .. import queries
from ..forms import HelpForm, PhoneCostForm, PrivateCallForm, ReviseReplyForm, WriteReplyForm
from ..models import Assistance, PhoneCost, PrivateCall, StandardReply


@operation(
    Project, label=_("Write a standard reply"), form=WriteReplyForm, creates=StandardReply, clauses=["DESK-19"],
    icon="pencil",
)  # fmt: skip
def write_reply(project: Project, *, by: Actor, **given: Any) -> StandardReply:
    """What everybody at the counter is to answer; used once somebody else has released it."""
    rows = StandardReply.objects.filter(project=project, question=given["question"])
    if rows.exclude(state=StandardReply.State.RETIRED).exists():
        raise Refused("question", _("This question is answered already: revise that reply."), "DESK-19")
    return StandardReply.objects.create(project=project, written_by_id=by.id, moved_at=by.at, **given)


@operation(StandardReply, label=_("Revise"), form=ReviseReplyForm, clauses=["DESK-19"], icon="edit")
def revise_reply(one: StandardReply, *, by: Actor, words: str, also: str) -> None:
    """Another wording: a draft again until it is released."""
    one.words, one.also, one.written_by_id, one.released_at = words, also, by.id, None


def is_anothers(one: StandardReply, by: Actor) -> bool:
    """Four eyes: nobody releases what they wrote."""
    return one.written_by_id != by.id


@operation(StandardReply, label=_("Release"), clauses=["DESK-19"], whose=is_anothers, icon="check")
def release_reply(one: StandardReply, *, by: Actor) -> None:
    """From now on this is what the centre answers."""
    one.released_at = by.at


@operation(StandardReply, label=_("Retire"), clauses=["DESK-19"], danger=True, icon="archive")
def retire_reply(one: StandardReply, *, by: Actor) -> None:
    """It is not answered like this any more."""


@operation(
    Project, label=_("Write help down"), form=HelpForm, creates=Assistance, clauses=["DESK-13"], icon="wheelchair"
)
def help_out(project: Project, *, by: Actor, **given: Any) -> Assistance:
    """A taxi called, something carried, somebody accompanied."""
    return Assistance.objects.create(project=project, given_by_id=by.id, given_at=by.at, **given)


@operation(
    Project, label=_("Enter the telephone bill"), form=PhoneCostForm, creates=PhoneCost, clauses=["DESK-16"],
    icon="receipt-yuan",
)  # fmt: skip
def enter_phone_cost(project: Project, *, by: Actor, month_on: date, amount_fen: int, why: str) -> PhoneCost:
    """A month's bill against the quota; over the quota only with a reason."""
    quota = queries.quota_fen(project, month_on)
    if quota is not None and amount_fen > quota and not why:
        raise Refused("why", _("The quota is ¥ %(quota)s: say why it is over.") % {"quota": quota // 100}, "DESK-16")
    if PhoneCost.objects.filter(project=project, month_on=month_on).exists():
        raise Refused("month_on", _("This month's bill is entered already."))
    return PhoneCost.objects.create(
        project=project, month_on=month_on, amount_fen=amount_fen, quota_fen=quota, why=why, entered_by_id=by.id
    )


@operation(
    Project, label=_("Note a private call"), form=PrivateCallForm, creates=PrivateCall, clauses=["DESK-17"],
    icon="phone-outgoing",
)  # fmt: skip
def note_private_call(project: Project, *, by: Actor, minutes: int, why: str, why_longer: str) -> PrivateCall:
    """An emergency of one's own; longer than the limit only with a reason."""
    most = queries.most_minutes(project, by.at)
    if minutes > most and not why_longer:
        raise Refused(
            "why_longer", _("At most %(n)d minutes: say why it took longer.") % {"n": most}, "DESK-17"
        )  # fmt: skip
    return PrivateCall.objects.create(
        project=project, employee_id=by.id, called_at=by.at, minutes=minutes, why=why, why_longer=why_longer
    )
