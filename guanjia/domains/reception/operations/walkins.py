"""Somebody comes to the counter: received, seen off, written down within ten minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.places.models import Project

from ..forms import CompleteForm, ReceiveForm, ReplyForm, SeeOffForm
from ..models import WalkIn
from .calls import is_new_to_the_supervisor


@operation(Project, label=_("Somebody comes in"), form=ReceiveForm, creates=WalkIn, clauses=["DESK-09"], icon="user")
def receive(project: Project, *, by: Actor, **given: Any) -> WalkIn:
    """Listen, and write down while they speak."""
    return WalkIn.objects.create(
        project=project, number=numbering.daily(project, "LF", by.at), arrived_at=by.at, received_by_id=by.id,
        moved_at=by.at, **given,
    )  # fmt: skip


@operation(WalkIn, label=_("See off"), form=SeeOffForm, clauses=["DESK-11"], icon="logout")
def see_off(walk_in: WalkIn, *, by: Actor, is_settled: bool, reply_by: datetime | None) -> None:
    """Settled at once, or a time for the reply is agreed: only then does the reception end."""
    walk_in.is_settled, walk_in.reply_by, walk_in.left_at = is_settled, reply_by, by.at


@operation(
    WalkIn, label=_("Complete the register"), form=CompleteForm, clauses=["DESK-09", "DESK-10"], icon="clipboard-check"
)
def complete(walk_in: WalkIn, *, by: Actor, phone: str, handling: str) -> None:
    """The rest of the register, within ten minutes after they left."""
    walk_in.handling, walk_in.completed_at = handling, by.at
    if phone:
        walk_in.phone = phone


def owes_reply(walk_in: WalkIn) -> bool:
    return walk_in.owes_reply


@operation(WalkIn, label=_("Reply given"), form=ReplyForm, clauses=["DESK-12"], when=owes_reply, icon="message-reply")
def reply_walk_in(walk_in: WalkIn, *, by: Actor, reply: str) -> None:
    """What was promised is kept."""
    walk_in.reply, walk_in.replied_at = reply, by.at


@operation(WalkIn, label=_("Noted"), clauses=["DESK-18"], when=is_new_to_the_supervisor, icon="check")
def note_walk_in(walk_in: WalkIn, *, by: Actor) -> None:
    """The supervisor knows what the customer said."""
    walk_in.noted_by_id = by.id
