"""Stock at a glance, the ledger, the phone and the printed register, as their users open them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia import book
from guanjia.domains.hazmat import operations
from guanjia.domains.hazmat.models import Draw
from guanjia.domains.hazmat.papers import print_register
from guanjia.kernel.models import Event
from guanjia.parts import papers
from guanjia.parts.entries import keepers
from guanjia.parts.papers.press import Press
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project
from guanjia.web.sheets import address_of, made

from .store import Goods, balance, goods

__all__ = ["goods"]
pytestmark = pytest.mark.django_db
PIN = "402917"


def signed_in(community: Community, who: str) -> Client:
    client = Client()
    account = Account.objects.get(username=f"{community.project.code}.{who}")
    account.set_pin(PIN)
    account.save(update_fields=["pin"])
    client.force_login(account)
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def shown(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"hazmat:{name}", args=["north", *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_glance_says_what_lies_where_and_what_is_out_with_whom(goods: Goods) -> None:
    goods.hand_out("2")
    page = shown(signed_in(goods.north, "lead"), "stock")
    steward = goods.north.staff["steward"].name
    assert "75% 酒精" in page and "48" in page and f"75% 酒精 2 升　{steward}" in page and "一号柜" in page


def test_the_glance_costs_the_same_whatever_lies_there(goods: Goods, django_assert_max_num_queries: Any) -> None:
    client = signed_in(goods.north, "lead")
    shown(client, "stock")
    for _ in range(5):
        goods.hand_out("0.5")
    with django_assert_max_num_queries(16):
        shown(client, "stock")


def test_the_ledger_of_a_substance_is_read_line_by_line(goods: Goods) -> None:
    goods.hand_out("2")
    page = shown(signed_in(goods.north, "officer"), "substances:page", goods.alcohol.pk)
    assert "−2" in page and "<strong>8</strong>" in page and "+10" in page


@pytest.mark.clause("HAZ-05", "HAZ-07")
def test_hand_out_finish_and_take_back_on_the_phone(goods: Goods) -> None:
    north = goods.north
    signed_in(north, "steward")
    lead, steward, cleaner = (signed_in(north, who) for who in ("lead", "steward", "cleaner"))
    new = reverse("hazmat:phone-new", args=["north", "hand_out"])
    sent = {"lot": goods.bottle.pk, "planned": "2", "quantity": "2", "purpose": "消毒", "place": "大堂"}
    assert lead.post(new, sent).status_code == 422 and not Draw.objects.exists()
    assert lead.post(new, {**sent, "present_username": "north.steward", "present_pin": "0"}).status_code == 422
    assert lead.post(new, {**sent, "present_username": "north.steward", "present_pin": PIN}).status_code == 302
    draw = Draw.objects.get()
    act = reverse("hazmat:phone-act", args=["north", draw.pk, "finish"])
    assert act in shown(steward, "phone") and act not in shown(cleaner, "phone")
    assert steward.post(act, {"used": "1.5"}).status_code == 302
    back = reverse("hazmat:phone-act", args=["north", draw.pk, "take_back"])
    assert steward.post(back, {"returned": "0.5"}).status_code == 403
    assert cleaner.post(back, {"returned": "0.4"}).status_code == 422
    assert cleaner.post(back, {"returned": "0.5"}).status_code == 302 and balance(goods.bottle) == 8.5


def test_on_the_desk_the_same_and_the_register_lists_it(goods: Goods) -> None:
    signed_in(goods.north, "steward")
    client = signed_in(goods.north, "supervisor")
    new = reverse("hazmat:draws:new", args=["north"])
    assert f'value="{goods.bottle.pk}" selected' in client.get(f"{new}?lot={goods.bottle.pk}").content.decode()
    sent = {
        "lot": goods.bottle.pk, "planned": "1", "quantity": "1", "purpose": "除胶", "place": "电梯厅",
        "present_username": "north.steward", "present_pin": PIN,
    }  # fmt: skip
    assert client.post(new, sent).status_code == 302
    found = client.post(reverse("hazmat:draws:list", args=["north"]), {"q": "电梯厅"}).content.decode()
    assert "除胶" in found
    assert "除胶" in shown(client, "draws:page", Draw.objects.get().pk)


@pytest.mark.clause("HAZ-03")
def test_the_register_prints_in_the_form_of_the_book_from_the_records(goods: Goods) -> None:
    from guanjia.domains.hazmat import queries

    draw, north = goods.hand_out("2"), goods.north
    operations.finish(draw, by=north.by("steward"), used="1.5")
    operations.take_back(draw, by=north.by("cleaner"), returned="0.5")
    day, by = timezone.localdate(), north.by("lead")
    (line,) = queries.of_days(north.project, by, day, day)
    assert set(line) == {field.key for field in book.form("F-HAZ").fields}
    assert (line["drawn_qty"], line["used_qty"], line["returned_qty"], line["goods"]) == ("2", "1.5", "0.5", "alcohol")
    assert made(print_register, north.project, Press(by), since=day, until=day).startswith(b"%PDF")
    assert papers.render("F-HAZ", blank=True, printed_by="-", at=by.at).startswith(b"%PDF")


def test_printing_is_on_record_and_only_for_who_keeps_the_register(goods: Goods) -> None:
    url, day = address_of(print_register, goods.north.project), timezone.localdate().isoformat()
    assert signed_in(goods.north, "guard").get(url).status_code == 403
    client = signed_in(goods.north, "lead")
    assert client.get(url).status_code == 200
    assert client.post(url, {"since": day, "until": "2020-01-01"}).status_code == 422
    answer = client.post(url, {"since": day, "until": day})
    assert answer["Content-Type"] == "application/pdf"
    assert Event.objects.filter(name="hazmat.print_register").count() == 1


def test_the_form_has_left_the_entries() -> None:
    assert "F-HAZ" not in {form.id for form in keepers.kept_forms()}


@pytest.mark.parametrize("name", ["stock", "phone", "draws:list", "lots:list", "anomalies:list", "stores:list"])
def test_strangers_and_residents_meet_nothing(goods: Goods, south: Community, name: str) -> None:
    url = reverse(f"hazmat:{name}", args=["north"])
    assert signed_in(south, "supervisor").get(url).status_code == 404
    assert signed_in(goods.north, "owner").get(url).status_code == 404


def test_every_page_of_the_store_opens(goods: Goods, office: Project) -> None:
    client, draw = signed_in(goods.north, "lead"), goods.hand_out("1")
    anomaly = operations.report(
        goods.north.project, by=goods.north.by("steward"), substance=goods.alcohol, words="渗漏", place="柜"
    )
    for name, pk in (
        ("draws:page", draw.pk), ("lots:page", goods.bottle.pk), ("anomalies:page", anomaly.pk),
        ("stores:page", goods.cabinet.pk), ("substances:page", goods.alcohol.pk),
    ):  # fmt: skip
        shown(client, name, pk)
    for name in ("lots:new", "move", "stores:new", "substances:new", "anomalies:new", "permits:list"):
        shown(client, name)
    assert client.get(reverse("hazmat:permits:new", args=["north"])).status_code == 403
    assert client.get(reverse("hazmat:phone-act", args=["north", draw.pk, "count"])).status_code == 404


def test_a_batch_shows_that_it_expired_its_ledger_and_why_it_was_written_off(goods: Goods) -> None:
    north = goods.north
    goods.bottle.expires_on = timezone.localdate() - timedelta(days=1)
    goods.bottle.save(update_fields=["expires_on"])
    client = signed_in(north, "lead")
    day = goods.bottle.expires_on.isoformat()
    assert f"{day} 已过期" in client.get(reverse("hazmat:draws:new", args=["north"])).content.decode()
    operations.write_off(
        goods.bottle, by=goods.pair("supervisor", "steward"), quantity="1", reason="过期，交 13812345678 回收"
    )
    page = shown(client, "lots:page", goods.bottle.pk)
    assert f"{day} 已过期" in page and "−1" in page and "报废" in page
    assert "过期，交 138****5678 回收" in page  # in the story a number that was written into it is masked
    assert "报废" not in shown(client, "lots:page", goods.bulk.pk).split("经过")[1]
