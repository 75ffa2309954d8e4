"""A gift that could not be declined: registered, handed over before the shift ends, disposed of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.gifts.models import Gift, State
from guanjia.domains.gifts.operations import dispose, hand_over, receive
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.people.models import Duty
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def given(north: Community, who: str = "steward", **more: Any) -> Gift:
    said = {"giver": "沈住客", "description": "茶叶一盒", "declined": True, **more}
    return receive(north.project, by=north.by(who), **said)


@pytest.mark.clause("GFT-03")
def test_a_gift_is_registered_with_what_the_form_asks(north: Community) -> None:
    gift = given(north, house=north.house, value_fen=38800, is_valuable=True)
    assert (gift.received_by, gift.state, gift.house) == (north.staff["steward"], State.RECEIVED, north.house)
    event = Event.objects.get(name="gifts.receive")
    assert "沈住客" not in str(event.given) and event.given["value_fen"] == 38800


@pytest.mark.clause("GFT-01")
def test_a_gift_that_was_not_declined_first_is_refused(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        given(north, declined=False)
    assert set(refusal.value.errors) == {"declined"} and not Gift.objects.exists()


@pytest.mark.clause("GFT-02")
def test_the_clock_runs_to_the_end_of_the_shift_and_stops_on_handing_over(north: Community) -> None:
    gift = given(north)
    clock = Clock.objects.get(clause_id="GFT-02")
    assert clock.due_at == Duty.objects.get(employee=north.staff["steward"]).to_at
    hand_over(gift, by=beside(north.by("supervisor"), gift.received_by))
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET and gift.receiver == north.staff["supervisor"]


@pytest.mark.clause("GFT-02")
def test_off_shift_it_is_due_by_the_end_of_the_day(north: Community) -> None:
    Duty.objects.filter(employee=north.staff["steward"]).update(ended_at=timezone.now() - timedelta(hours=1))
    given(north)
    due = timezone.localtime(Clock.objects.get(clause_id="GFT-02").due_at)
    assert due - timezone.localtime() <= timedelta(days=1) and (due.hour, due.minute) in {(0, 0), (23, 59)}


def test_nobody_takes_over_what_they_received(north: Community) -> None:
    gift = given(north, "supervisor")
    with pytest.raises(Forbidden):
        hand_over(gift, by=beside(north.by("supervisor"), gift.received_by))
    hand_over(gift, by=beside(north.by("service_manager"), gift.received_by))
    with pytest.raises(Forbidden):
        dispose(gift, by=north.by("supervisor"), disposal="自用")
    gift.refresh_from_db()
    assert gift.state == State.HANDED_OVER


def test_the_database_itself_refuses_a_gift_taken_over_by_who_received_it(north: Community) -> None:
    gift = given(north)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gift.objects.filter(pk=gift.pk).update(receiver=gift.received_by, handed_at=timezone.now())


def test_it_is_disposed_of_only_after_it_was_handed_over(north: Community) -> None:
    gift = given(north)
    with pytest.raises(Conflict):
        dispose(gift, by=north.by("supervisor"), disposal="退还")
    hand_over(gift, by=beside(north.by("manager"), gift.received_by))
    dispose(gift, by=north.by("supervisor"), disposal="退还业主")
    assert (gift.state, gift.disposal) == (State.DISPOSED, "退还业主")


@pytest.mark.parametrize("who", ["receptionist", "technician", "guard", "cashier"])
def test_the_wrong_post_takes_nothing_over(north: Community, who: str) -> None:
    with pytest.raises(Forbidden):
        hand_over(given(north), by=north.by(who))


def test_a_gift_of_another_project_is_unknown(north: Community, south: Community) -> None:
    with pytest.raises(Unknown):
        hand_over(given(north), by=south.by("supervisor"))


def test_a_house_of_another_project_is_a_stranger_to_the_form(north: Community, south: Community) -> None:
    with pytest.raises(Refused) as refusal:
        given(north, house=south.house)
    assert set(refusal.value.errors) == {"house"}


def test_residents_see_no_register_of_gifts(north: Community) -> None:
    given(north)
    assert not Gift.visible_to(north.by("owner")).exists()
