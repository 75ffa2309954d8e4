"""The ledger adds up, and the database sees to it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from guanjia.domains.hazmat import ledger, operations
from guanjia.domains.hazmat.models import Kind, Lot, Movement, Substance
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

from .store import Goods, balance, goods, received

__all__ = ["goods"]
pytestmark = pytest.mark.django_db


@pytest.mark.clause("HAZ-01")
def test_the_five_controlled_kinds_and_no_other_are_put_under_control(north: Community, goods: Goods) -> None:
    said: dict[str, Any] = {"name": "灭蟑胶饵", "unit": "g", "by": north.by("supervisor")}
    assert operations.define(north.project, goods="cockroach_poison", **said).bulk == Decimal("0.001")
    with pytest.raises(Refused) as refusal:
        operations.define(north.project, goods="bleach", **said)
    assert set(refusal.value.errors) == {"goods"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Substance.objects.filter(pk=goods.alcohol.pk).update(goods="bleach")


def test_a_bottle_says_how_much_it_holds(north: Community, goods: Goods) -> None:
    with pytest.raises(Refused) as refusal:
        operations.define(north.project, by=north.by("lead"), goods="thinner", name="稀料", unit="bottle")
    assert set(refusal.value.errors) == {"bulk"}


def test_every_line_continues_the_one_before_and_the_balance_is_their_sum(goods: Goods) -> None:
    draw = goods.hand_out("2.5")
    operations.finish(draw, by=goods.north.by("steward"), used="1.75")
    operations.take_back(draw, by=goods.north.by("cleaner"), returned="0.75")
    operations.count(Lot.objects.get(pk=goods.bottle.pk), by=goods.north.by("lead"), counted="8.2", reason="挥发")
    lines = list(Movement.objects.filter(lot=goods.bottle).order_by("number"))
    assert [line.kind for line in lines] == [Kind.RECEIVED, Kind.DRAWN, Kind.RETURNED, Kind.COUNTED]
    assert [line.before for line in lines[1:]] == [line.after for line in lines[:-1]]
    total = Movement.objects.filter(lot=goods.bottle).aggregate(all=Sum("change"))["all"]
    assert balance(goods.bottle) == total == Decimal("8.2")


@pytest.mark.parametrize(
    "changed",
    [
        {"balance": Decimal("9.999")},  # more than its last line says
        {"balance": Decimal(-1)},
        {"last": 7},
        {"last": None},
    ],
)
def test_the_database_refuses_a_lot_that_says_other_than_its_ledger(goods: Goods, changed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=goods.bottle.pk).update(**changed)


@pytest.mark.parametrize(
    "line",
    [
        {"number": 2, "previous": 1, "before": 9, "change": 1, "after": 10},  # continues nothing
        {"number": 2, "previous": 1, "before": 10, "change": 1, "after": 12},  # does not add up
        {"number": 2, "previous": 1, "before": 10, "change": -11, "after": -1},  # below zero
        {"number": 1, "previous": None, "before": 0, "change": 3, "after": 3},  # a second beginning
        {"number": 3, "previous": 1, "before": 10, "change": 1, "after": 11},  # leaves one out
    ],
)
def test_the_database_refuses_a_line_that_does_not_continue(goods: Goods, line: dict[str, Any]) -> None:
    kind = Kind.RECEIVED if line["change"] > 0 else Kind.WRITTEN_OFF
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(project=goods.north.project, lot=goods.bottle, kind=kind, at=timezone.now(), **line)


def test_the_programs_own_role_cannot_change_or_remove_a_line(goods: Goods) -> None:
    for sql in ("UPDATE hazmat_movement SET change = 1", "DELETE FROM hazmat_movement"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_what_is_not_there_does_not_go_out(goods: Goods) -> None:
    small = received(goods.north, goods.alcohol, goods.cabinet, "1", batch="B2")
    with pytest.raises(Refused) as refusal:
        goods.hand_out("1.001", lot=small)
    assert set(refusal.value.errors) == {"quantity"} and balance(small) == 1


@pytest.mark.clause("HAZ-04")
def test_a_store_without_its_own_lock_is_no_store(north: Community, goods: Goods) -> None:
    with pytest.raises(Refused) as refusal:
        operations.add_store(north.project, by=north.by("lead"), kind="cabinet", name="敞口架", position="B1")
    assert set(refusal.value.errors) == {"is_locked"}


def test_a_full_cabinet_takes_no_more_but_what_comes_back(goods: Goods) -> None:
    draw = goods.hand_out("4")
    received(goods.north, goods.alcohol, goods.cabinet, "14", batch="B2")
    with pytest.raises(Refused):
        received(goods.north, goods.alcohol, goods.cabinet, "0.001", batch="C3")
    operations.finish(draw, by=goods.north.by("steward"), used="0")
    operations.take_back(draw, by=goods.north.by("cleaner"), returned="4")
    assert balance(goods.bottle) == 10


def test_what_moves_to_the_cabinet_leaves_the_warehouse_in_the_same_act(goods: Goods) -> None:
    by = goods.north.by("lead")
    operations.transfer(goods.north.project, by=by, lot=goods.bulk, store=goods.cabinet, quantity="10")
    assert (balance(goods.bulk), balance(goods.bottle)) == (30, 20)
    with pytest.raises(Refused):
        operations.transfer(goods.north.project, by=by, lot=goods.bulk, store=goods.cabinet, quantity="1")
    assert (balance(goods.bulk), balance(goods.bottle)) == (30, 20)


def test_a_difference_that_is_not_explained_is_not_counted(goods: Goods) -> None:
    lot, by = Lot.objects.get(pk=goods.bottle.pk), goods.north.by("lead")
    with pytest.raises(Refused) as refusal:
        operations.count(lot, by=by, counted="9")
    assert set(refusal.value.errors) == {"reason"} and balance(lot) == 10
    operations.count(lot, by=by, counted="10")
    assert Event.objects.filter(name="hazmat.count").count() == 1


def test_expired_goods_are_not_taken_in_not_handed_out_but_written_off_before_a_witness(goods: Goods) -> None:
    north = goods.north
    with pytest.raises(Refused):
        received(
            north, goods.alcohol, goods.cabinet, "1", batch="OLD", expires=timezone.localdate() - timedelta(days=1)
        )
    Lot.objects.filter(pk=goods.bottle.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        goods.hand_out("1")
    assert set(refusal.value.errors) == {"lot"}
    lot = Lot.objects.get(pk=goods.bottle.pk)
    with pytest.raises(Refused):
        operations.write_off(lot, by=north.by("supervisor"), quantity="10", reason="过期，交处置单位")
    witnessed = beside(north.by("supervisor"), north.staff["cleaner"])
    operations.write_off(lot, by=witnessed, quantity="10", reason="过期，交处置单位")
    assert balance(lot) == 0


@pytest.mark.parametrize("who", ["receptionist", "steward", "technician", "guard", "cleaner"])
def test_who_is_no_lead_does_not_count_or_move(goods: Goods, who: str) -> None:
    lot = Lot.objects.get(pk=goods.bottle.pk)
    with pytest.raises(Forbidden):
        operations.count(lot, by=goods.north.by(who), counted="10")
    with pytest.raises(Forbidden):
        operations.transfer(goods.north.project, by=goods.north.by(who), lot=lot, store=goods.warehouse, quantity="1")


def test_the_ledger_of_another_project_is_unknown(goods: Goods, south: Community) -> None:
    with pytest.raises(Unknown):
        operations.count(goods.bottle, by=south.by("supervisor"), counted="10")


def test_quantities_are_written_without_idle_zeros() -> None:
    assert [ledger.shown(Decimal(q)) for q in ("2.500", "10.000", "0.000", "100")] == ["2.5", "10", "0", "100"]
