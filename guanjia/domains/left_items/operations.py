"""Take in (with approval), collect, collect a part, pass on (with approval), ask after what was not fetched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.approvals import queries as approvals
from guanjia.parts.custody.handing import hand_out
from guanjia.parts.files import queries as files
from guanjia.places.models import Project

from .forms import ChaseForm, CollectForm, LaterForm, PartForm, PassOnForm, TakeInForm
from .models import LeftItem


@need(
    sentence=_("Things are kept or passed on only with a lead's approval, and that rule is switched off here."),
    clause="DESK-14", owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def keeping_is_signed(project: Project) -> bool:
    return approvals.is_signed_here("left_items.take_in", project)


@need(
    sentence=_("Things are kept or passed on only with a lead's approval, and that rule is switched off here."),
    clause="DESK-14", owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def passing_on_is_signed(item: LeftItem) -> bool:
    return approvals.is_signed_here("left_items.pass_on", item.project)


@operation(
    Project, label=_("Take something into keeping"), form=TakeInForm, creates=LeftItem, needs=[keeping_is_signed],
    clauses=["DESK-14", "DESK-15"], icon="archive",
)  # fmt: skip
def take_in(
    project: Project, *, by: Actor, depositor: str, recipient: str, pieces: int, reason: str, photos: list[Any],
    **given: Any,
) -> LeftItem:  # fmt: skip
    """Never on one's own: the rule `keeping-things` keeps the call until a lead has signed (DESK-14)."""
    item = LeftItem.objects.create(
        project=project, number=f"JC{numbering.next_in(project.pk, 'left_item'):05d}", depositor=depositor,
        recipient=recipient or depositor, deposited=pieces, quantity=pieces, keeper_id=by.id, deposited_at=by.at,
        moved_at=by.at, approved_by=str(by.memo.get("approved_by", ""))[:120], **given,
    )  # fmt: skip
    files.keep(item, photos, "reported", by=by)
    return item


def _give(item: LeftItem, pieces: int, by: Actor, proof: str, signature: Any) -> None:
    """To whom it was left for. What is still here becomes less by as much as goes."""
    said = str(dict(CollectForm.base_fields["proof"].choices).get(proof, proof))  # type: ignore[attr-defined]
    hand_out(
        item, by=by, to=item.recipient, contact=str(item.recipient_phone or ""), purpose=said, quantity=pieces,
        approved_by=item.approved_by, signature=signature,
    )  # fmt: skip
    item.quantity -= pieces


@operation(
    LeftItem, label=pgettext_lazy("left_items", "Collect"), form=CollectForm, clauses=["DESK-15"], icon="signature"
)
def collect(item: LeftItem, *, by: Actor, proof: str, signature: Any) -> None:
    """All that is still here goes, against a signature."""
    _give(item, item.quantity, by, proof, signature)
    item.collected_at = by.at


def is_several(item: LeftItem) -> bool:
    """More than one piece is still here."""
    return item.quantity > 1


@operation(
    LeftItem, label=_("Collected in part"), form=PartForm, clauses=["DESK-15"], when=is_several, icon="hand-grab"
)
def collect_part(item: LeftItem, *, by: Actor, pieces: int, proof: str, signature: Any) -> None:
    """Some pieces go, the rest stays. Raises Refused when nothing would stay."""
    if pieces >= item.quantity:
        raise Refused("pieces", _("That would be all of it: choose “Collect”."))
    _give(item, pieces, by, proof, signature)


@operation(
    LeftItem, label=_("Pass on to somebody else"), form=PassOnForm, needs=[passing_on_is_signed], clauses=["DESK-14"],
    icon="arrows-exchange",
)  # fmt: skip
def pass_on(item: LeftItem, *, by: Actor, recipient: str, recipient_phone: str, asked_by: str) -> None:
    """Another person may collect it, as who left it asked: signed by a lead like the taking in."""
    item.recipient, item.recipient_phone = recipient, recipient_phone
    item.approved_by = str(by.memo.get("approved_by", ""))[:120] or item.approved_by


@operation(LeftItem, label=_("Ask after it"), form=ChaseForm, icon="phone-outgoing")
def chase(item: LeftItem, *, by: Actor, answer: str) -> None:
    """Who left it was rung, and said when it will be fetched. Raises Refused before the time that was agreed."""
    if by.at < item.due_at:
        raise Refused("", _("It is not due yet."))
    item.asked_at, item.answer = by.at, answer


@operation(LeftItem, label=_("Agree on a later time"), form=LaterForm, icon="calendar")
def agree_later(item: LeftItem, *, by: Actor, due_at: datetime, answer: str) -> None:
    """The time of collection moves, with why."""
    item.due_at, item.answer = due_at, answer
