"""Handing out, and coming back: the bookkeeping that every kind shares. Called inside operations, never alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.subjects import label_of
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee, Resident

from . import kinds
from .models import Condition, Handout, HandoutState, Kept


def hand_out(
    thing: Kept, *, by: Actor, to: Employee | Resident | str, purpose: str = "", due_at: datetime | None = None,
    quantity: int | None = None, contact: str = "", condition: str = Condition.WHOLE, approved_by: str = "",
    photos: Iterable[Any] = (), signature: Any = None,
) -> Handout:  # fmt: skip
    """A line of the ledger for a thing that leaves our hands; without `due_at` it leaves them for good.

    The thing is locked by the operation that calls this, and its state moves by that operation's `FLOW`.
    Raises Refused under `quantity` when there are not that many.
    """
    pieces = thing.quantity if quantity is None else quantity
    if not 0 < pieces <= thing.quantity:
        raise Refused("quantity", _("There are %(n)s of them.") % {"n": thing.quantity})
    handout = Handout.objects.create(
        project_id=thing.project_id, subject_label=label_of(thing), subject_id=thing.pk,
        title=thing.handout_title[:120],
        quantity=pieces, purpose=purpose, out_at=by.at, due_at=due_at, handed_by_id=by.id if by.is_staff else None,
        witness_id=next((other.id for other in by.present), None), contact=contact or None, condition_out=condition,
        approved_by=(approved_by or str(by.memo.get("approved_by", "")))[:120], moved_at=by.at,
        state=HandoutState.OUT if due_at else HandoutState.GIVEN, **_holder(to),
    )  # fmt: skip
    files.keep(handout, photos, "before", by=by)
    files.keep(handout, [signature], "signature", by=by, field="signature")
    return handout


def _holder(to: Employee | Resident | str) -> dict[str, Any]:
    if isinstance(to, Employee):
        return {"employee": to}
    return {"resident": to} if isinstance(to, Resident) else {"outsider": to}


def thing_of(handout: Handout) -> Kept:
    """The thing of a line of the ledger, locked until the transaction ends."""
    kind = kinds.of(handout.subject_label)
    rows = kind.model._base_manager.filter(project_id=handout.project_id, pk=handout.subject_id)
    thing: Kept = rows.select_for_update(of=("self",), no_key=True).get()
    return thing


def settle(handout: Handout, *, by: Actor, back: int = 0, lost: int = 0) -> None:
    """So many pieces came back, so many never will; with the last one the thing is in the store again, or lost.

    Raises Refused under `returned` or `missing` when that is more than is out.
    """
    if not 0 < back + lost <= handout.out:
        raise Refused("missing" if lost else "returned", _("%(n)s of them are out.") % {"n": handout.out})
    handout.returned += back
    handout.missing += lost
    if handout.out:
        return
    kind, thing = kinds.of(handout.subject_label), thing_of(handout)
    handout.state = HandoutState.SHORT if handout.missing else HandoutState.BACK
    handout.back_at, handout.taken_by_id = by.at, by.id
    thing.quantity = max(1, thing.quantity - handout.missing)
    thing.state = kind.lost_to if handout.returned == 0 else kind.back_to  # type: ignore[attr-defined]
    thing.moved_at = max(thing.moved_at, by.at)
    thing.came_back(handout)
    thing.save()
