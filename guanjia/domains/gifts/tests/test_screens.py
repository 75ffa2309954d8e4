"""The register of gifts, as its users open it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guanjia.domains.gifts.models import Gift
from guanjia.domains.gifts.operations import receive
from guanjia.domains.gifts.screens import pages
from guanjia.kernel.models import Event
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def signed_in(community: Community, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"{community.project.code}.{who}"))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


@pytest.fixture
def gift(north: Community) -> Gift:
    said: dict[str, Any] = {"giver": "沈住客", "description": "茶叶一盒", "declined": True, "house": north.house}
    return receive(north.project, by=north.by("steward"), **said)


@pytest.mark.clause("GFT-03")
def test_the_register_lists_what_was_received_and_finds_it(north: Community, gift: Gift) -> None:
    client, url = signed_in(north, "supervisor"), reverse("gifts:list", args=["north"])
    assert "茶叶一盒" in client.get(url).content.decode()
    assert "茶叶一盒" in client.post(url, {"q": "沈住"}).content.decode()
    assert "茶叶一盒" not in client.post(url, {"q": "月饼"}).content.decode()
    assert "茶叶一盒" not in client.get(url, {"state": "disposed"}).content.decode()


def test_what_the_facts_refer_to_comes_with_the_gift(
    north: Community, gift: Gift, django_assert_num_queries: Any
) -> None:
    found = pages.rows(north.project, north.by("supervisor")).get()
    with django_assert_num_queries(0):
        assert [str(found.house), str(found.received_by), found.receiver] == [
            north.house.code,
            gift.received_by.name,
            None,
        ]


def test_a_gift_is_registered_on_the_page_and_once(north: Community) -> None:
    client, url = signed_in(north, "steward"), reverse("gifts:new", args=["north"])
    page = client.get(url)
    assert page.status_code == 200 and page.content.decode().count("登记礼品") >= 2
    sent = {"giver": "卢住客", "description": "水果", "declined": "on", "idempotency_key": "k-1"}
    answers = [client.post(url, sent) for _ in "ab"]
    made = Gift.objects.get()
    assert {a["Location"] for a in answers} == {reverse("gifts:page", args=["north", made.pk])}


def test_what_is_missing_is_said_and_what_was_typed_stays(north: Community) -> None:
    answer = signed_in(north, "steward").post(
        reverse("gifts:new", args=["north"]), {"giver": "卢住客", "description": ""}
    )
    assert answer.status_code == 422 and "卢住客" in answer.content.decode() and not Gift.objects.exists()


def test_the_superior_takes_it_over_from_its_page(north: Community, gift: Gift) -> None:
    page = reverse("gifts:page", args=["north", gift.pk])
    act = reverse("acts:do", args=["north", "gift", gift.pk, "hand_over"])
    assert act not in signed_in(north, "steward").get(page).content.decode()
    client = signed_in(north, "supervisor")
    shown = client.get(page).content.decode()
    assert act in shown and "GFT-02" in shown
    account = Account.objects.get(username="north.steward")
    account.set_pin("402917")
    account.save()
    sent = {"present_username": account.username, "present_pin": "402917"}
    assert client.post(act, sent).status_code == 302
    gift.refresh_from_db()
    assert gift.receiver == north.staff["supervisor"]


@pytest.mark.clause("GFT-03")
def test_the_line_of_the_register_is_printed_from_the_record(north: Community, gift: Gift) -> None:
    url = reverse("papers:sheet", args=["north", "gift", gift.pk, "gifts", "print_record"])
    assert signed_in(north, "supervisor").post(url).content.startswith(b"%PDF")
    assert Event.objects.filter(name="gifts.print_record").count() == 1
    assert signed_in(north, "technician").post(url).status_code == 403


def test_who_received_it_may_not_take_it_over(north: Community, gift: Gift) -> None:
    act = reverse("acts:do", args=["north", "gift", gift.pk, "hand_over"])
    assert signed_in(north, "steward").post(act).status_code == 403


@pytest.mark.parametrize("name", ["list", "new", "page"])
def test_strangers_and_residents_meet_nothing(north: Community, south: Community, gift: Gift, name: str) -> None:
    url = reverse(f"gifts:{name}", args=["north", *([gift.pk] if name == "page" else [])])
    assert signed_in(south, "supervisor").get(url).status_code == 404
    assert signed_in(north, "owner").get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_gift_of_another_project_is_not_found_under_this_one(north: Community, south: Community, gift: Gift) -> None:
    assert signed_in(south, "manager").get(reverse("gifts:page", args=["south", gift.pk])).status_code == 404
