"""The doors of the API, through a client that speaks JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guanjia.kernel.models import Event
from guanjia.kernel.tests.models import Ticket
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db


def opened(caller: Caller, words: str = "灯不亮") -> str:
    return str(caller.post("/tickets/open_ticket", {"words": words}).json()["id"])


def test_a_creating_operation_answers_201_with_the_address_of_the_new_thing(desk: Caller) -> None:
    answer = desk.post("/tickets/open_ticket", {"words": "灯不亮"})
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/p/north/tickets/{answer.json()['id']}"
    assert answer.json()["state"] == "open" and Event.objects.get().channel == "api"


def test_a_verb_moves_the_thing(desk: Caller, steward: Caller) -> None:
    answer = steward.post(f"/tickets/{opened(desk)}/take")
    assert (answer.status_code, answer.json()["state"]) == (200, "taken")


def test_a_write_without_a_key_is_400(desk: Caller) -> None:
    for key in (None, "two words", "k" * 81):
        answer = desk.post("/tickets/open_ticket", {"words": "灯"}, key=key)
        assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert not Ticket.objects.exists()


def test_a_retried_write_gives_the_same_answer_and_one_effect(desk: Caller) -> None:
    first, again = (desk.post("/tickets/open_ticket", {"words": "灯"}, key="once") for _ in "ab")
    assert first.json() == again.json() and Ticket.objects.count() == 1
    other = desk.post("/tickets/open_ticket", {"words": "门"}, key="once")
    assert other.status_code == 422 and "idempotency_key" in other.json()["errors"]


def test_a_refusal_names_the_field_in_the_callers_language(north: Community, desk: Caller) -> None:
    english = desk.post("/tickets/open_ticket", {"words": "", "colour": "red"})
    assert english.status_code == 422 and set(english.json()["errors"]) >= {"colour"}
    chinese = Caller(north, "receptionist", "zh-CN").post("/tickets/open_ticket", {})
    assert chinese.json()["title"] == "没有通过" and chinese["Content-Language"] == "zh-hans"


def test_a_missing_need_is_refused_with_its_sentence(desk: Caller, steward: Caller) -> None:
    number = opened(desk)
    steward.post(f"/tickets/{number}/take")
    answer = steward.post(f"/tickets/{number}/close")
    assert answer.status_code == 422 and "phone" in answer.json()["detail"]


def test_the_wrong_state_is_409(desk: Caller, steward: Caller) -> None:
    number = opened(desk)
    steward.post(f"/tickets/{number}/take")
    assert steward.post(f"/tickets/{number}/take").status_code == 409


def test_a_missing_right_on_a_visible_thing_is_403(desk: Caller) -> None:
    answer = desk.post(f"/tickets/{opened(desk)}/take")
    assert (answer.status_code, answer.json()["right"]) == (403, "tests.take")


def test_a_missing_right_says_nothing_about_what_is_not_yours(desk: Caller, south: Community) -> None:
    elsewhere = opened(Caller(south, "receptionist"))
    for number in (elsewhere, "999999999999"):
        assert desk.post(f"/tickets/{number}/take").status_code == 404


def test_what_is_not_yours_is_as_unknown_as_what_does_not_exist(desk: Caller, south: Community) -> None:
    number = opened(desk)
    other = Caller(south, "receptionist")
    foreign = other.client.get(f"/api/p/north/tickets/{number}", headers={"Authorization": f"Bearer {other.token}"})
    missing = other.get(f"/tickets/{number}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["detail"] == missing.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/tickets/" + "9" * 40, "/tickets/x", "/tickets/-1", "/nothings", "/tickets/1/events", "/tickets/%00",
        "/nothings/%00/x", "/tickets/1/%F0%9F%92%A5", "/tickets/", "/tickets/1/2/3",
    ],
)  # fmt: skip
def test_an_address_of_nothing_is_404(desk: Caller, path: str) -> None:
    for answer in (desk.get(path), desk.post(path + ("" if path.endswith("/") else "/take"))):
        assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"


def test_an_internal_operation_has_no_address(desk: Caller) -> None:
    assert desk.post("/tickets/nothing_such").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400), ("[]", 400), ('{"words": "\\u0000"}', 400), ('{"words": "\\ud800"}', 400), ("\xff".encode("latin1"), 400),
        ('{"words": ["a"]}', 422), ('{"words": {"a": 1}}', 422), ('{"words": null}', 422), ("{\"words\": \"" + "长" * 51 + '"}', 422),
        ('{"words": "a", "house": "' + "9" * 40 + '"}', 422), ('{"words": "a", "house": 1e300}', 422), ('{"words":' + "[" * 2000, 400),
        ('{"words": "a", "at": "yesterday"}', 422), ('{"words": "a", "at": "2026-02-30T00:00:00Z"}', 422), ('{"words": "a", "at": {}}', 422),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(desk: Caller, body: Any, status: int) -> None:
    answer = desk.post("/tickets/open_ticket", body)
    assert answer.status_code == status and not Ticket.objects.exists()


def test_a_body_that_is_too_large_is_413_and_another_type_415(desk: Caller) -> None:
    assert desk.post("/tickets/open_ticket", {"words": "x" * 5_000_000}).status_code == 413
    headers = {"Authorization": f"Bearer {desk.token}", "Idempotency-Key": "k"}
    path = f"{desk.base}/tickets/open_ticket"
    assert desk.client.post(path, "<a/>", content_type="text/xml", headers=headers).status_code == 415
    broken = desk.client.post(path, b"--x", content_type="multipart/form-data; boundary=", headers=headers)
    assert broken.status_code == 400


def test_a_multipart_form_is_the_same_as_json(desk: Caller) -> None:
    headers = {"Authorization": f"Bearer {desk.token}", "Idempotency-Key": "k"}
    answer = desk.client.post(f"{desk.base}/tickets/open_ticket", {"words": "灯"}, headers=headers)
    assert answer.status_code == 201


def test_a_late_entry_says_when_it_happened(desk: Caller) -> None:
    from django.utils import timezone

    at = (timezone.now() - timezone.timedelta(hours=3)).isoformat()
    assert desk.post("/tickets/open_ticket", {"words": "灯", "at": at}).status_code == 201
    assert Event.objects.get().is_late


def test_a_list_goes_page_by_page_newest_first(desk: Caller) -> None:
    numbers = [opened(desk, f"第{i}件") for i in range(5)]
    first = desk.get("/tickets", limit=2).json()
    second = desk.get("/tickets", limit=2, after=first["next"]).json()
    last = desk.get("/tickets", limit=2, after=second["next"]).json()
    read = [item["id"] for page in (first, second, last) for item in page["items"]]
    assert read == numbers[::-1] and last["next"] is None


def test_a_list_filters_and_searches_by_names_from_a_list(desk: Caller, steward: Caller, north: Community) -> None:
    taken, _other = opened(desk, "楼道灯坏"), opened(desk, "水管漏水")
    steward.post(f"/tickets/{taken}/take")
    assert [t["id"] for t in desk.get("/tickets", state="taken").json()["items"]] == [taken]
    assert [t["words"] for t in desk.get("/tickets", q="漏水").json()["items"]] == ["水管漏水"]
    assert desk.get("/tickets", house=str(north.house.pk)).json()["items"] == []


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "101"}, {"limit": "٣"}, {"after": "9" * 40}, {"after": "x"}, {"order": "words"},
     {"house": "9" * 40}, {"house": "x"}, {"state": "x" * 11}, {"q": ""}, {"q": "\x00"}, {"state": "\x00"}],
)  # fmt: skip
def test_a_query_that_is_not_understood_is_refused(desk: Caller, query: dict[str, str]) -> None:
    answer = desk.get("/tickets", **query)
    assert answer.status_code == 422 and set(answer.json()["errors"]) == set(query)


def test_personal_values_are_masked(north: Community, desk: Caller) -> None:
    person = desk.get(f"/residents/{north.owner.pk}").json()
    assert person["phone"] == f"{north.owner.phone[:3]}****{north.owner.phone[-4:]}"
    assert person["name"] == f"{north.owner.name[0]}**" and "id_number" not in person and "id_hash" not in person
    assert north.owner.phone not in json.dumps(desk.get("/residents").json())


def test_events_are_told_without_personal_values(desk: Caller) -> None:
    number = opened(desk)
    desk.post(f"/tickets/{number}/note_phone", {"phone": "13900001234"})
    answer = desk.get(f"/tickets/{number}/events")
    assert [e["name"] for e in answer.json()["items"]] == ["tests.note_phone", "tests.open_ticket"]
    assert "13900001234" not in answer.content.decode()


def test_offers_say_what_is_missing(desk: Caller, steward: Caller) -> None:
    number = opened(desk)
    steward.post(f"/tickets/{number}/take")
    offer = steward.get(f"/tickets/{number}/operations").json()["items"]
    assert [o["operation"] for o in offer] == ["close"] and "phone" in offer[0]["missing"][0]["sentence"]


def test_a_resident_sees_no_events_and_no_other_homes(north: Community, desk: Caller) -> None:
    owner = Caller(north, "owner")
    seen = {r["id"] for r in owner.get("/residents").json()["items"]}
    assert seen == {str(north.owner.pk), str(north.tenant.pk)}
    assert owner.get(f"/residents/{north.stranger.pk}").status_code == 404
    assert owner.get(f"/residents/{north.owner.pk}/events").status_code == 404
    assert owner.get(f"/tickets/{opened(desk)}").status_code == 404


# -- many at once, and what waits ------------------------------------------------------------------------------------


def test_a_batch_is_sent_as_rows_and_answered_with_ids(north: Community) -> None:
    desk = Caller(north, "receptionist")
    answer = desk.post("/tickets/bring_in", {"rows": [{"words": "灯"}, {"words": "门", "house": str(north.house.pk)}]})
    assert answer.status_code == 201 and answer.json()["made"] == 2 and len(answer.json()["ids"]) == 2


def test_what_is_wrong_in_a_batch_names_its_rows(north: Community, south: Community) -> None:
    desk = Caller(north, "receptionist")
    rows = [{"words": "灯"}, {"words": ""}, {"words": "门", "house": str(south.house.pk)}]
    answer = desk.post("/tickets/bring_in", {"rows": rows})
    assert answer.status_code == 422 and set(answer.json()["rows"]) == {"2", "3"}
    assert set(answer.json()["rows"]["2"]) == {"words"} and set(answer.json()["rows"]["3"]) == {"house"}
    for wrong in ({}, {"rows": "x"}, {"rows": [1]}, {"rows": []}, {"rows": [{"words": ["灯"]}]}, {"rows": [], "x": 1}):
        assert desk.post("/tickets/bring_in", wrong).status_code == 422


def test_what_a_guard_keeps_is_answered_as_waiting(north: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    from guanjia.kernel.operations import Call, Stored, guards

    def keep(call: Call) -> Stored:
        return Stored(north.project, "It waits.")

    monkeypatch.setattr(guards, "_guards", [keep])
    answer = Caller(north, "receptionist").post("/tickets/open_ticket", {"words": "灯"})
    assert answer.status_code == 202
    assert answer.json()["id"] == str(north.project.pk)
