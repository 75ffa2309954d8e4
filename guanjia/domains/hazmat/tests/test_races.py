"""Many drawers of the last of it: exactly what is there goes out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Sum
from django.utils import timezone

from guanjia.domains.hazmat import operations
from guanjia.domains.hazmat.models import Draw, Lot, Movement
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.tests.together import at_once

from .store import Goods, balance, goods, received

__all__ = ["goods"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("drawers", [24, pytest.param(200, marks=pytest.mark.drill)])
def test_of_many_who_draw_the_last_of_it_exactly_what_is_there_goes_out(goods: Goods, drawers: int) -> None:
    """Seven litres, many people who want one each: seven get it, the rest get a sentence."""
    last = received(goods.north, goods.alcohol, goods.cabinet, "7", batch="LAST")
    pair = goods.pair("lead", "steward")
    said: dict[str, Any] = {"lot": last, "planned": 1, "quantity": 1, "purpose": "消毒", "place": "大堂"}
    results = at_once(*[lambda: operations.hand_out(goods.north.project, by=pair, **said)] * drawers)
    won = [r for r in results if isinstance(r, Draw)]
    assert len(won) == 7 and all(isinstance(r, Refused) for r in results if not isinstance(r, Draw))
    assert balance(last) == 0 and Draw.objects.filter(lot=last).aggregate(all=Sum("drawn"))["all"] == 7
    assert Movement.objects.filter(lot=last).aggregate(all=Sum("change"))["all"] == 0


def test_drawing_returning_and_counting_at_once_keep_the_sum(goods: Goods) -> None:
    north, out = goods.north, [goods.hand_out("1") for _ in range(4)]
    for draw in out:
        operations.finish(draw, by=north.by("steward"), used="0.5")
    acts: list[Callable[[], Any]] = [
        lambda draw=draw: operations.take_back(draw, by=north.by("cleaner"), returned="0.5") for draw in out
    ]
    acts += [lambda: goods.hand_out("0.25")] * 4
    results = at_once(*acts)
    assert all(isinstance(r, Draw) for r in results)
    assert (
        balance(goods.bottle)
        == Decimal("7")
        == (Movement.objects.filter(lot=goods.bottle).aggregate(all=Sum("change"))["all"])
    )


def test_one_permit_is_one_draw_also_from_two_lots_at_once(goods: Goods) -> None:
    north, other = goods.north, received(goods.north, goods.alcohol, goods.cabinet, "3", batch="B2")
    operations.permit(
        north.project, by=north.by("supervisor"), substance=goods.alcohol, to=north.staff["technician"], most=1,
        purpose="清洗", valid_until=timezone.localdate(),
    )  # fmt: skip
    results = at_once(*[lambda lot=lot: goods.hand_out("1", to="technician", lot=lot) for lot in (goods.bottle, other)])
    assert sorted(type(r).__name__ for r in results) == ["Draw", "Refused"]


def test_two_stores_that_exchange_at_once_end_with_the_same_sum(goods: Goods) -> None:
    by = goods.north.by("lead")

    def there() -> Any:
        return operations.transfer(goods.north.project, by=by, lot=goods.bulk, store=goods.cabinet, quantity="1")

    def back() -> Any:
        return operations.transfer(goods.north.project, by=by, lot=goods.bottle, store=goods.warehouse, quantity="1")

    results = at_once(*[there, back] * 3)
    assert all(isinstance(r, Lot | Refused) for r in results), results
    assert balance(goods.bulk) + balance(goods.bottle) == 50


def test_without_the_lock_two_would_have_drawn_the_last(goods: Goods) -> None:
    """The control: on stale objects both pass the check; then the ledger itself refuses the second line."""
    seen = [Lot.objects.get(pk=goods.bottle.pk) for _ in range(2)]
    assert all(lot.balance - 10 >= 0 for lot in seen)
    said: dict[str, Any] = {"project": goods.north.project, "kind": "written_off", "change": -10, "at": timezone.now()}
    made = []
    for lot in seen:
        line = Movement(lot=lot, number=2, previous=lot.last, before=lot.balance, after=lot.balance - 10, **said)
        try:
            line.save(force_insert=True)
            made.append(line)
        except IntegrityError:
            continue
    assert len(made) == 1
