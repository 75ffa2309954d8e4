"""Handing a gift over takes two: the superior acts, who received it identifies beside, at the same act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.gifts.models import Gift, State
from guanjia.domains.gifts.operations import hand_over, receive
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Account, Employee, Posting, SecondFactor
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

from .test_screens import signed_in

pytestmark = pytest.mark.django_db
PIN = "402917"


def with_pin(community: Community, *who: str) -> None:
    for one in who:
        account = Account.objects.get(username=f"{community.project.code}.{one}")
        account.set_pin(PIN)
        account.save(update_fields=["pin"])


@pytest.fixture
def gift(north: Community) -> Gift:
    with_pin(north, "steward", "supervisor", "guard")
    said: dict[str, Any] = {"giver": "沈住客", "description": "茶叶一盒", "declined": True}
    return receive(north.project, by=north.by("steward"), **said)


def handed(gift: Gift, client: Client, username: str, pin: str = PIN) -> Any:
    act = reverse("acts:do", args=["north", "gift", gift.pk, "hand_over"])
    return client.post(act, {"present_username": username, "present_pin": pin})


def is_still_there(gift: Gift) -> bool:
    gift.refresh_from_db()
    return gift.state == State.RECEIVED and not Event.objects.filter(name="gifts.hand_over").exists()


@pytest.mark.clause("GFT-02")
def test_both_names_stand_in_the_record(north: Community, gift: Gift) -> None:
    client = signed_in(north, "supervisor")
    page = client.get(reverse("acts:do", args=["north", "gift", gift.pk, "hand_over"])).content.decode()
    assert 'name="present_username"' in page and 'name="present_pin"' in page
    assert handed(gift, client, "north.steward").status_code == 302
    event = Event.objects.get(name="gifts.hand_over")
    steward = north.staff["steward"]
    assert event.given["$present"] == [{"id": steward.pk, "name": steward.name, "how": "pin"}]
    assert PIN not in str(event.given)
    assert steward.name in client.get(reverse("gifts:page", args=["north", gift.pk])).content.decode()


def test_alone_it_is_refused(north: Community, gift: Gift) -> None:
    answer = handed(gift, signed_in(north, "supervisor"), "", "")
    assert answer.status_code == 422 and is_still_there(gift)
    with pytest.raises(Refused):
        hand_over(gift, by=north.by("supervisor"))
    assert is_still_there(gift)


@pytest.mark.parametrize(
    ("username", "pin"),
    [
        ("north.supervisor", PIN),  # oneself
        ("north.steward", "402918"),  # wrong PIN
        ("north.guard", PIN),  # not who received it
        ("north.receptionist", PIN),  # has no PIN
        ("south.steward", PIN),  # of another project
        ("nobody.at.all", PIN),
        ("north.owner", PIN),  # a resident
    ],
)
def test_who_may_not_stand_beside_is_refused(
    north: Community, south: Community, gift: Gift, username: str, pin: str
) -> None:
    with_pin(south, "steward")
    with_pin(north, "owner")
    assert handed(gift, signed_in(north, "supervisor"), username, pin).status_code == 422
    assert is_still_there(gift)


def test_who_left_the_company_stands_beside_nothing_and_a_colleague_takes_the_place(
    north: Community, gift: Gift
) -> None:
    steward = north.staff["steward"]
    Employee.objects.filter(pk=steward.pk).update(state=Employee.State.LEFT)
    Posting.objects.filter(employee=steward).update(to_on=timezone.localdate() - timedelta(days=1))
    client = signed_in(north, "supervisor")
    assert handed(gift, client, "north.steward").status_code == 422 and is_still_there(gift)
    assert handed(gift, client, "north.guard").status_code == 302


def test_the_eleventh_wrong_pin_waits_although_each_act_was_refused(north: Community, gift: Gift) -> None:
    client = signed_in(north, "supervisor")
    for number in range(10):
        assert handed(gift, client, "north.steward", f"40291{number}" if number != 7 else "402910").status_code == 422
    answer = handed(gift, client, "north.steward")
    assert answer.status_code == 422 and "一刻钟" in answer.content.decode() and is_still_there(gift)


def test_the_code_of_the_phone_proves_too_and_once(north: Community, gift: Gift) -> None:
    account = Account.objects.get(username="north.steward")
    secret = pyotp.random_base32()
    SecondFactor.objects.create(account_id=account.pk, secret=secret, confirmed_at=timezone.now())
    client, code = signed_in(north, "supervisor"), pyotp.TOTP(secret).now()
    assert handed(gift, client, "north.steward", code).status_code == 302
    assert Event.objects.get(name="gifts.hand_over").given["$present"][0]["how"] == "code"
    other = receive(north.project, by=north.by("steward"), giver="卢住客", description="水果", declined=True)
    assert handed(other, client, "north.steward", code).status_code == 422


def test_the_api_takes_the_same_proof(north: Community, gift: Gift) -> None:
    caller = Caller(north, "supervisor")
    assert caller.post(f"/gifts/{gift.pk}/hand_over").status_code == 422
    wrong = {"present_username": "north.steward", "present_pin": ["402917"]}
    assert caller.post(f"/gifts/{gift.pk}/hand_over", wrong).status_code == 422
    right = {"present_username": "north.steward", "present_pin": PIN}
    assert caller.post(f"/gifts/{gift.pk}/hand_over", right).status_code == 200
    gift.refresh_from_db()
    assert gift.state == State.HANDED_OVER


def test_code_that_knows_both_says_who_was_beside(north: Community, gift: Gift) -> None:
    hand_over(gift, by=beside(north.by("supervisor"), north.staff["steward"]))
    assert gift.state == State.HANDED_OVER
