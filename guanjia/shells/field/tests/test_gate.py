"""The gate on a phone: a code opens its pass, the house's word is read, one tap lets in and out."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.visitors.models import Pass, Visitor
from guanjia.domains.visitors.operations import issue
from guanjia.parts.instructions.operations import note
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
CARD = {"id_type": "id_card", "id_number": "330106199003074517"}


def gate(name: str = "gate", *args: Any) -> str:
    return reverse(f"field:{name}", args=["north", *args])


def given(north: Community) -> Pass:
    return issue(
        north.project, by=north.by("owner"), house=north.house.code, visitor="陶访客", purpose="探亲"
    )  # fmt: skip


def test_a_guard_lands_at_the_gate(phone: Any, north: Community) -> None:
    answer = phone(north, "guard").get(reverse("field:home", args=["north"]))
    assert answer.status_code == 302 and answer.headers["Location"] == gate()


@pytest.mark.clause("VIS-01")
def test_a_code_opens_its_pass_and_the_visitor_goes_in_and_out(phone: Any, north: Community) -> None:
    one, client = given(north), phone(north, "guard")
    note(north.project, by=north.by("owner"), house=north.house.code, kind="ring_first", words="先打电话再上来")
    page = client.post(gate(), {"code": str(one.code).lower()}).content.decode()
    assert "陶访客" in page and "先打电话再上来" in page and str(one.code) not in page
    assert client.post(gate("gate-pass", one.pk), CARD).status_code == 302
    visitor = Visitor.objects.get()
    assert visitor.state == "inside" and "陶访客" in client.get(gate()).content.decode()
    assert client.post(gate("gate-act", visitor.pk, "leave")).status_code == 302
    visitor.refresh_from_db()
    assert visitor.state == "left"


def test_a_wrong_or_used_code_lets_nobody_in(phone: Any, north: Community) -> None:
    one, client = given(north), phone(north, "guard")
    assert client.post(gate(), {"code": "ABCDEFGH"}).status_code == 422
    client.post(gate("gate-pass", one.pk), CARD)
    assert "已经用过" in client.post(gate(), {"code": str(one.code)}).content.decode()
    assert client.post(gate("gate-pass", one.pk), CARD).status_code == 409
    assert Visitor.objects.count() == 1


@pytest.mark.clause("VIS-01")
def test_without_a_pass_the_household_is_asked_first(phone: Any, north: Community) -> None:
    client = phone(north, "guard")
    said = {"house": "3幢2单元1201", "name": "陶访客", "purpose": "送货", "headcount": "1", **CARD}
    assert client.post(gate("gate-arrive"), said).status_code == 302
    visitor = Visitor.objects.get()
    assert "住户还没有确认" in client.get(gate("gate-visitor", visitor.pk)).content.decode()
    assert client.post(gate("gate-act", visitor.pk, "admit")).status_code == 422
    client.post(gate("gate-act", visitor.pk, "confirm"), {"who": north.owner.pk, "how": "intercom"})
    assert client.post(gate("gate-act", visitor.pk, "admit")).status_code == 302
    visitor.refresh_from_db()
    assert visitor.state == "inside"


def test_an_unknown_house_keeps_what_was_typed(phone: Any, north: Community) -> None:
    said = {"house": "9-9-9999", "name": "陶访客", "purpose": "送货"}
    answer = phone(north, "guard").post(gate("gate-arrive"), said)
    assert answer.status_code == 422 and "陶访客" in answer.content.decode() and not Visitor.objects.exists()


def test_the_gate_is_no_ones_who_does_not_stand_there(phone: Any, north: Community) -> None:
    client, one = phone(north, "technician"), given(north)
    assert client.get(gate()).status_code == 404
    assert client.get(gate("gate-pass", one.pk)).status_code == 404
    assert client.post(gate("gate-arrive"), {"name": "陶访客"}).status_code == 403
