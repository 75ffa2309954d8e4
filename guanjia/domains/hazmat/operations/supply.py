"""What is controlled, where it lies, and what moves it without being used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.places.models import Project

from .. import forms, ledger
from ..models import Kind, Lot, Store, Substance


@operation(
    Project, label=_("Add a substance"), form=forms.DefineForm, creates=Substance, clauses=["HAZ-01"], icon="plus"
)
def define(project: Project, *, by: Actor, unit: str, bulk: Decimal | None, **given: Any) -> Substance:
    """A product of one of the five controlled kinds is put under control; there is no sixth kind."""
    taken = Substance.objects.filter(project=project, goods=given["goods"], name=given["name"], unit=unit)
    if taken.exists():
        raise Refused("name", _("This product is on the list already."))
    room = ledger.bulk_of(unit, bulk)
    assert room is not None, "the form asks for it"
    return Substance.objects.create(project=project, unit=unit, bulk=room, **given)


@operation(Substance, label=_("Change the substance"), form=forms.SubstanceFields, icon="pencil")
def revise_substance(substance: Substance, *, by: Actor, **given: Any) -> None:
    """Its name, its limit, when it warns; kind and unit stay, since the ledger is written in them."""
    for name, value in given.items():
        setattr(substance, name, value)


@operation(Project, label=_("Add a store"), form=forms.AddStoreForm, creates=Store, clauses=["HAZ-04"], icon="box")
def add_store(project: Project, *, by: Actor, is_locked: bool, **given: Any) -> Store:
    """The warehouse or a cabinet, apart from other goods and under its own lock, with who keeps the key."""
    if Store.objects.filter(project=project, name=given["name"]).exists():
        raise Refused("name", _("A store of this name stands already."))
    return Store.objects.create(project=project, **given)


@operation(Store, label=_("Change the store"), form=forms.StoreForm, clauses=["HAZ-04"], icon="pencil")
def revise_store(store: Store, *, by: Actor, **given: Any) -> None:
    """Where it stands, how much it holds, who keeps its key now."""
    for name, value in given.items():
        setattr(store, name, value)


@operation(Project, label=_("Receive into store"), form=forms.ReceiveForm, creates=Lot, icon="package")
def receive(
    project: Project, *, by: Actor, substance: Substance, store: Store, batch: str, expires_on: Any, quantity: Decimal,
    note: str,
) -> Lot:  # fmt: skip
    """What was delivered of a batch is written into the ledger of its lot."""
    ledger.make_room(store, substance, quantity)
    lot = ledger.lot_of(store, substance, batch, expires_on)
    ledger.move(lot, Kind.RECEIVED, quantity, by=by, note=note)
    return lot


@operation(
    Project, label=_("Move to another store"), form=forms.TransferForm, creates=Lot, clauses=["HAZ-02", "HAZ-04"],
    icon="arrows-exchange",
)  # fmt: skip
def transfer(project: Project, *, by: Actor, lot: Lot, store: Store, quantity: Decimal) -> Lot:
    """From the warehouse into a locked cabinet, or back: out here and in there, in one act."""
    if store.pk == lot.store_id:
        raise Refused("store", _("It lies there already."))
    ledger.make_room(store, lot.substance, quantity)
    there = ledger.lot_of(store, lot.substance, lot.batch, lot.expires_on)
    # Both are held in one order, so that two who move against each other wait instead of blocking each other.
    for one in sorted((lot, there), key=lambda one: one.pk):
        ledger.locked(one)
    ledger.move(lot, Kind.MOVED_OUT, -quantity, by=by, note=store.name)
    ledger.move(there, Kind.MOVED_IN, quantity, by=by, note=lot.store.name)
    return there


@operation(Lot, label=_("Count the stock"), form=forms.CountForm, clauses=["HAZ-03"], icon="checklist")
def count(lot: Lot, *, by: Actor, counted: Decimal, reason: str) -> None:
    """What really lies there becomes the balance; a difference is explained and stands in the ledger."""
    difference = counted - lot.balance
    if difference and not reason:
        raise Refused("reason", _("It differs from the ledger: say why."))
    ledger.move(lot, Kind.COUNTED, difference, by=by, note=reason)


@operation(
    Lot, label=_("Write off"), form=forms.WriteOffForm, second=posts.EVERYONE, danger=True, icon="trash",
    when=lambda lot: lot.balance > 0,
)  # fmt: skip
def write_off(lot: Lot, *, by: Actor, quantity: Decimal, reason: str) -> None:
    """Expired or spoilt goods leave the ledger, disposed of before a witness."""
    ledger.move(lot, Kind.WRITTEN_OFF, -quantity, by=by, note=reason)
