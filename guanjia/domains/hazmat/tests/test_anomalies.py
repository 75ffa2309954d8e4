"""What goes wrong reaches a superior within ten minutes of being noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.hazmat import operations
from guanjia.domains.hazmat.models import Anomaly
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.clocks.models import Clock
from guanjia.parts.outreach import telling
from guanjia.parts.outreach.models import Notice

from .store import Goods, goods

__all__ = ["goods"]
pytestmark = pytest.mark.django_db


def reported(goods: Goods, **more: Any) -> Anomaly:
    said = {"substance": goods.alcohol, "words": "瓶口渗漏，已通风", "place": "一号柜", **more}
    made: Anomaly = operations.report(goods.north.project, by=goods.north.by("steward"), **said)
    return made


@pytest.mark.clause("HAZ-08")
def test_the_clock_runs_from_when_it_was_noticed_until_a_lead_takes_note(goods: Goods) -> None:
    noticed = timezone.now() - timedelta(minutes=4)
    anomaly = reported(goods, noticed_at=noticed)
    clock = Clock.objects.get(clause_id="HAZ-08")
    assert clock.due_at - clock.started_at == timedelta(minutes=10) and clock.started_at == noticed
    operations.acknowledge(anomaly, by=goods.north.by("lead"))
    clock.refresh_from_db()
    assert clock.state == "met" and anomaly.leader == goods.north.staff["lead"]


@pytest.mark.clause("HAZ-08")
def test_lead_and_supervisor_are_told_at_once(goods: Goods) -> None:
    from guanjia.config.telling import TABLE

    reported(goods)
    telling.tell(Event.objects.get(name="hazmat.report"), TABLE["hazmat.report"])
    told = set(Notice.objects.values_list("employee_id", flat=True))
    assert {goods.north.staff[who].pk for who in ("lead", "supervisor")} <= told


def test_telling_oneself_is_not_telling_and_a_steward_takes_no_note(goods: Goods) -> None:
    mine = operations.report(
        goods.north.project, by=goods.north.by("lead"), substance=goods.alcohol, words="渗漏", place="柜"
    )
    for who in ("lead", "steward"):
        with pytest.raises(Forbidden):
            operations.acknowledge(mine, by=goods.north.by(who))
    operations.acknowledge(mine, by=goods.north.by("other_lead"))
    operations.close(mine, by=goods.north.by("lead"), measures="换瓶")
    assert mine.state == "closed"


def test_what_is_noticed_tomorrow_or_of_another_draw_is_refused(goods: Goods) -> None:
    with pytest.raises(Refused) as refusal:
        reported(goods, noticed_at=timezone.now() + timedelta(hours=1))
    assert set(refusal.value.errors) == {"noticed_at"}
    poison = operations.define(
        goods.north.project, by=goods.north.by("lead"), goods="rat_poison", name="鼠药", unit="g"
    )
    with pytest.raises(Refused) as refusal:
        reported(goods, draw=goods.hand_out("1"), substance=poison)
    assert set(refusal.value.errors) == {"substance"}


def test_what_was_wrong_with_a_draw_stands_in_its_line(goods: Goods) -> None:
    from guanjia.domains.hazmat import queries

    reported(goods, draw=goods.hand_out("1"))
    day = timezone.localdate()
    line = next(queries.of_days(goods.north.project, goods.north.by("lead"), day, day))
    assert line["anomaly"] == "瓶口渗漏，已通风"
