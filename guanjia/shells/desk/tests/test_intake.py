"""A call is taken beside the card: sent, refused with what was typed, joined to what is open, danger heard."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community

from .conftest import repair, written

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.mark.clause("RPR-01")
def test_a_call_is_taken_beside_the_card_and_sent(north: Community, seat: Any) -> None:
    client = seat(north, "receptionist")
    url = f"/p/north/desk/resident/{north.owner.pk}"
    answer = client.post(url, written(house=str(north.house.pk)))
    case = Case.objects.get()
    assert answer.status_code == 302 and case.executor_id == north.staff["technician"].pk
    assert (
        case.state == "dispatched"
        and case.owner_id == north.staff["receptionist"].pk
        and case.resident_id == north.owner.pk
    )


def test_record_only_sends_nobody(north: Community, seat: Any) -> None:
    url = f"/p/north/desk/resident/{north.owner.pk}"
    seat(north, "receptionist").post(url, written(house=str(north.house.pk), then="record"))
    assert Case.objects.get().state == "open"


def test_the_same_post_twice_makes_one_case(north: Community, seat: Any) -> None:
    client, url = seat(north, "receptionist"), f"/p/north/desk/resident/{north.owner.pk}"
    for _ in range(2):
        client.post(url, written(house=str(north.house.pk), then="record"))
    assert Case.objects.count() == 1


def test_a_refused_intake_keeps_what_was_typed(north: Community, seat: Any) -> None:
    url = f"/p/north/desk/resident/{north.owner.pk}"
    data = written(house=str(north.house.pk), caller_phone="12", content="水龙头一直在滴", sort="plumbing:tap")
    answer = seat(north, "receptionist").post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "水龙头一直在滴" in page and 'value="plumbing:tap"' in page
    assert 'value="k-1"' in page and not Case.objects.exists()


def test_an_appointment_in_the_past_is_refused_at_its_field(north: Community, seat: Any) -> None:
    url = f"/p/north/desk/resident/{north.owner.pk}"
    answer = seat(north, "receptionist").post(
        url, written(house=str(north.house.pk), appointment_from="2020-01-01T10:00")
    )
    assert answer.status_code == 422 and "2020-01-01T10:00" in answer.content.decode() and not Case.objects.exists()


def test_a_house_of_another_project_cannot_be_named(north: Community, south: Community, seat: Any) -> None:
    url = f"/p/north/desk/resident/{north.owner.pk}"
    assert seat(north, "receptionist").post(url, written(house=str(south.house.pk))).status_code == 422
    assert not Case.objects.exists()


def test_a_similar_open_case_is_offered_instead_of_a_second_one(north: Community, seat: Any) -> None:
    first = repair(north)
    client, url = seat(north, "receptionist"), f"/p/north/desk/resident/{north.owner.pk}"
    answer = client.post(url, written(house=str(north.house.pk), then="record"))
    assert answer.status_code == 422 and f"/case/{first.pk}/do/join" in answer.content.decode()
    client.post(url, written(house=str(north.house.pk), then="record", apart="on"))
    assert Case.objects.count() == 2


def test_an_unknown_caller_needs_a_number_to_ring_back(north: Community, seat: Any) -> None:
    client = seat(north, "receptionist")
    data = written(house_code="3幢2单元1201", then="record", caller_name="路人")
    assert client.post("/p/north/desk/stranger", data).status_code == 422
    assert client.post("/p/north/desk/stranger", {**data, "caller_phone": "13900001234"}).status_code == 302
    case = Case.objects.get()
    assert case.house_id == north.house.pk and case.resident_id is None and "13900001234" not in str(case.customer)


def test_a_house_nobody_knows_is_refused(north: Community, seat: Any) -> None:
    data = written(house_code="99-9-9999", then="record", caller_phone="13900001234")
    assert seat(north, "receptionist").post("/p/north/desk/stranger", data).status_code == 422


@pytest.mark.parametrize(
    ("words", "sign"), [("电梯里困了两个人", "120"), ("厨房有煤气味，燃气", "119"), ("楼道冒烟着火了", "119")]
)
def test_a_life_safety_call_shows_its_card_at_once(north: Community, seat: Any, words: str, sign: str) -> None:
    page = seat(north, "receptionist").post("/p/north/desk/advice", {"content": words, "place": "common"}, headers=HX)
    assert "notice-danger" in page.content.decode() and sign in page.content.decode()


def test_advice_hears_the_problem_and_suggests_who_has_the_skill(north: Community, seat: Any) -> None:
    data = {"content": "厨房水管爆管了", "place": "home", "house": str(north.house.pk), "urgency": "ordinary"}
    page = seat(north, "receptionist").post("/p/north/desk/advice", data, headers=HX).content.decode()
    assert 'data-heard="plumbing:burst"' in page and north.staff["technician"].name in page and "RPR-03" in page


def test_ordinary_words_show_no_card(north: Community, seat: Any) -> None:
    page = seat(north, "receptionist").post(
        "/p/north/desk/advice", {"content": "问一下停车费", "place": "home"}, headers=HX
    )
    assert "notice-danger" not in page.content.decode()
