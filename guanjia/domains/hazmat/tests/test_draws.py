"""Handed out in person by who approves, used, and the remainder back before the shift ends."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.hazmat import operations, queries
from guanjia.domains.hazmat.models import Draw, DrawState, Lot
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

from .store import Goods, balance, goods, received

__all__ = ["goods"]
pytestmark = pytest.mark.django_db


@pytest.mark.clause("HAZ-05", "HAZ-03")
def test_who_approves_hands_out_and_both_names_stand_in_the_register(goods: Goods) -> None:
    draw, north = goods.hand_out("2"), goods.north
    assert (draw.issuer, draw.drawer) == (north.staff["lead"], north.staff["steward"])
    event = Event.objects.get(name="hazmat.hand_out")
    assert event.actor_name == north.staff["lead"].name
    assert event.given["$present"][0]["name"] == north.staff["steward"].name
    line = next(queries.of_days(north.project, north.by("lead"), timezone.localdate(), timezone.localdate()))
    assert line["approved_by"] == line["issued_by"] == north.staff["lead"].name and line["drawn_qty"] == "2"


@pytest.mark.clause("HAZ-05")
@pytest.mark.parametrize("who", ["steward", "receptionist", "technician", "guard", "cleaner", "manager"])
def test_who_is_no_service_lead_hands_nothing_out(goods: Goods, who: str) -> None:
    with pytest.raises(Forbidden):
        goods.hand_out("1", by=who, to="officer")
    assert balance(goods.bottle) == 10


@pytest.mark.clause("HAZ-05")
def test_alone_or_to_oneself_nothing_is_handed_out(goods: Goods) -> None:
    said: dict[str, Any] = {"lot": goods.bottle, "planned": 1, "quantity": 1, "purpose": "消毒", "place": "大堂"}
    for by in (goods.north.by("lead"), goods.pair("lead", "lead")):
        with pytest.raises(Refused):
            operations.hand_out(goods.north.project, by=by, **said)
    draw = goods.hand_out("1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(drawer=draw.issuer)


@pytest.mark.clause("HAZ-02")
def test_from_the_warehouse_draws_a_lead_or_above_only(goods: Goods) -> None:
    for who in ("steward", "cleaner"):
        with pytest.raises(Refused) as refusal:
            goods.hand_out("1", to=who, lot=goods.bulk)
        assert refusal.value.clause == "HAZ-02" and balance(goods.bulk) == 40
    goods.hand_out("1", to="other_lead", lot=goods.bulk)
    assert balance(goods.bulk) == 39


@pytest.mark.clause("HAZ-06")
def test_no_more_than_the_task_needs_and_no_task_beyond_the_limit(goods: Goods) -> None:
    with pytest.raises(Refused) as refusal:
        goods.hand_out("2", planned="1.5")
    assert (set(refusal.value.errors), refusal.value.clause) == ({"quantity"}, "HAZ-06")
    with pytest.raises(Refused) as refusal:
        goods.hand_out("5", planned="6")
    assert (set(refusal.value.errors), refusal.value.clause) == ({"planned"}, "HAZ-06")
    draw = goods.hand_out("2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(planned=1)


@pytest.mark.clause("HAZ-09")
def test_without_a_permit_nothing_leaves_the_department(goods: Goods) -> None:
    north = goods.north
    with pytest.raises(Refused) as refusal:
        goods.hand_out("1", to="technician")
    assert refusal.value.clause == "HAZ-09" and balance(goods.bottle) == 10
    said: dict[str, Any] = {
        "substance": goods.alcohol, "to": north.staff["technician"], "most": 1, "purpose": "清洗滤网",
        "valid_until": timezone.localdate(),
    }  # fmt: skip
    with pytest.raises(Forbidden):
        operations.permit(north.project, by=north.by("lead"), **said)
    permit = operations.permit(north.project, by=north.by("supervisor"), **said)
    with pytest.raises(Refused):
        goods.hand_out("1.5", to="technician")
    assert goods.hand_out("1", to="technician").permit == permit
    with pytest.raises(Refused):
        goods.hand_out("1", to="technician")  # one permit, one draw


def test_nobody_permits_themself_nor_without_end(goods: Goods) -> None:
    north = goods.north
    day = timezone.localdate()
    for to, until, wrong in (("supervisor", day, "to"), ("guard", day + timedelta(days=31), "valid_until")):
        with pytest.raises(Refused) as refusal:
            operations.permit(
                north.project, by=north.by("supervisor"), substance=goods.alcohol, to=north.staff[to], most=1,
                purpose="用", valid_until=until,
            )  # fmt: skip
        assert set(refusal.value.errors) == {wrong}


@pytest.mark.clause("HAZ-07")
def test_the_remainder_comes_back_before_the_shift_ends_and_the_sum_is_right(goods: Goods) -> None:
    draw, north = goods.hand_out("2"), goods.north
    operations.finish(draw, by=north.by("steward"), used="1.2")
    clock = Clock.objects.get(clause_id="HAZ-07")
    assert clock.due_at == Duty.objects.get(employee=north.staff["steward"]).to_at
    with pytest.raises(Refused) as refusal:
        operations.take_back(draw, by=north.by("cleaner"), returned="0.7")
    assert refusal.value.clause == "HAZ-07" and "0.8" in str(refusal.value)
    operations.take_back(draw, by=north.by("cleaner"), returned="0.8")
    clock.refresh_from_db()
    assert (draw.state, clock.state, balance(goods.bottle)) == (DrawState.SETTLED, "met", Decimal("8.8"))


@pytest.mark.clause("HAZ-07")
def test_with_nothing_left_it_is_settled_and_no_clock_runs(goods: Goods) -> None:
    draw = goods.hand_out("2")
    operations.finish(draw, by=goods.north.by("steward"), used="2")
    assert (draw.state, draw.returned) == (DrawState.SETTLED, 0) and not Clock.objects.exists()
    with pytest.raises(Conflict):
        operations.take_back(draw, by=goods.north.by("cleaner"), returned="0.1")


@pytest.mark.clause("HAZ-07")
def test_the_database_refuses_a_settled_draw_that_does_not_add_up(goods: Goods) -> None:
    draw = goods.hand_out("2")
    operations.finish(draw, by=goods.north.by("steward"), used="2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(used=1)


def test_a_wrong_figure_is_corrected_by_a_lead_who_did_not_draw(goods: Goods) -> None:
    draw, north = goods.hand_out("2", to="other_lead"), goods.north
    operations.finish(draw, by=north.by("other_lead"), used="1")
    with pytest.raises(Forbidden):
        operations.correct_use(draw, by=north.by("other_lead"), used="1.5", reason="记错")
    operations.correct_use(draw, by=north.by("lead"), used="2", reason="记错")
    assert draw.state == DrawState.SETTLED and Clock.objects.get(clause_id="HAZ-07").state == "cancelled"


def test_more_than_was_drawn_is_not_used_and_nobody_takes_back_their_own(goods: Goods) -> None:
    draw, north = goods.hand_out("2", to="other_lead"), goods.north
    with pytest.raises(Refused):
        operations.finish(draw, by=north.by("other_lead"), used="2.1")
    operations.finish(draw, by=north.by("other_lead"), used="1")
    with pytest.raises(Forbidden):
        operations.take_back(draw, by=north.by("other_lead"), returned="1")
    with pytest.raises(Forbidden):
        operations.take_back(draw, by=north.by("steward"), returned="1")


def test_another_colleague_does_not_finish_it(goods: Goods) -> None:
    draw = goods.hand_out("2")
    with pytest.raises(Forbidden):
        operations.finish(draw, by=goods.north.by("receptionist"), used="1")
    operations.finish(draw, by=goods.north.by("lead"), used="1")


def test_lots_and_draws_of_another_project_are_strangers(goods: Goods, south: Community) -> None:
    draw = goods.hand_out("1")
    with pytest.raises(Unknown):
        operations.finish(draw, by=south.by("supervisor"), used="1")
    with pytest.raises(Refused) as refusal:
        operations.hand_out(
            south.project, by=south.by("supervisor"), lot=goods.bottle, planned=1, quantity=1, purpose="用", place="处"
        )
    assert "lot" in refusal.value.errors


def test_what_is_out_is_seen_with_who_has_it(goods: Goods) -> None:
    draw, north = goods.hand_out("2"), goods.north
    received(north, goods.alcohol, goods.cabinet, "1", batch="NEAR", expires=timezone.localdate() + timedelta(days=3))
    by = north.by("lead")
    assert list(queries.out(north.project, by)) == [draw] == list(queries.mine(north.project, north.by("steward")))
    row = queries.stock(north.project, by)[0]
    assert (row.balance, row.out) == (49, 2)
    assert [lot.batch for lot in queries.expiring(north.project, by, timezone.localdate())] == ["NEAR"]
    assert not queries.out(north.project, north.by("owner")).exists()
    assert Lot.visible_to(north.by("owner")).count() == 0
