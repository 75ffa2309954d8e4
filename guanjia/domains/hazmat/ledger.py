"""Writing the ledger: the one place where a quantity moves. Called by operations, inside their transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused

from .models import Draw, Lot, Movement, Store, Substance
from .models.stores import BULK, ZERO, shown

__all__ = ["bulk_of", "locked", "lot_of", "make_room", "move", "shown", "unit"]


def move(lot: Lot, kind: str, change: Decimal, *, by: Actor, draw: Draw | None = None, note: str = "") -> Movement:
    """Add a line to a lot's ledger and let the lot say so. The lot is locked first: who draws next sees this line.

    Raises Refused under `quantity` where less lies there than goes out.
    """
    kept = locked(lot)
    if kept.balance + change < 0:
        left = {"left": shown(kept.balance), "unit": unit(kept)}
        raise Refused("quantity", _("Only %(left)s %(unit)s are left of it here.") % left)
    line = Movement.objects.create(
        project_id=kept.project_id, lot=kept, number=(kept.last or 0) + 1, previous=kept.last, kind=kind,
        before=kept.balance, change=change, after=kept.balance + change, draw=draw, note=note[:200],
        employee_id=by.id or None, at=by.at,
    )  # fmt: skip
    kept.balance, kept.last = line.after, line.number
    kept.save(update_fields=["balance", "last"])
    lot.balance, lot.last = kept.balance, kept.last
    return line


def locked(lot: Lot) -> Lot:
    """The lot as it is now, held until the act is done."""
    rows = Lot.objects.select_for_update(of=("self",), no_key=True).select_related("substance")
    return rows.get(project_id=lot.project_id, pk=lot.pk)


def lot_of(store: Store, substance: Substance, batch: str, expires_on: Any) -> Lot:
    """Where this batch lies in a store; a place for it, where none of it lay yet. Raises Refused for another expiry."""
    lot, _made = Lot.objects.get_or_create(
        project_id=store.project_id, store=store, substance=substance, batch=batch,
        defaults={"expires_on": expires_on},
    )  # fmt: skip
    if lot.expires_on != expires_on:
        raise Refused("expires_on", _("This batch is on record with another day of expiry. Look at the label again."))
    return lot


def make_room(store: Store, substance: Substance, quantity: Decimal) -> None:
    """Hold the store and see that it takes so much more. Raises Refused. What comes back is never turned away."""
    kept = Store.objects.select_for_update(no_key=True).get(project_id=store.project_id, pk=store.pk)
    if kept.capacity is None:
        return
    lots = Lot.objects.filter(project_id=kept.project_id, store=kept)
    filled = lots.aggregate(all=Sum(F("balance") * F("substance__bulk")))["all"] or ZERO
    if filled + quantity * substance.bulk > kept.capacity:
        left = max(kept.capacity - filled, ZERO) / substance.bulk
        raise Refused(
            "quantity", _("The store has room for %(left)s %(unit)s more. Choose another one.")
            % {"left": shown(left.quantize(Decimal("0.001"))), "unit": substance.get_unit_display()},
        )  # fmt: skip


def bulk_of(unit_id: str, said: Decimal | None) -> Decimal | None:
    """What a unit takes up: litres and grams by themselves, pieces as it is said."""
    return BULK.get(unit_id, said)  # type: ignore[call-overload]  # a unit is its own text


def unit(lot: Lot) -> Any:
    return lot.substance.get_unit_display()
