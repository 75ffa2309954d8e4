"""How many statements a request of the main job sends: the gate of speed that noise cannot move."""

from __future__ import annotations

from typing import Any

import pytest

from bench.counting import Seen, statements
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db


def reported(north: Community, words: str = "厨房水管漏水") -> dict[str, Any]:
    return {
        "place": "home", "house": str(north.house.pk), "resident": str(north.owner.pk), "content": words, "apart": True,
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak",
    }  # fmt: skip


@pytest.fixture
def desk(north: Community) -> Caller:
    caller = Caller(north, "receptionist")
    answer = caller.post("/cases/record", reported(north))  # what is read once a process is read now
    assert answer.status_code == 201, answer.json()
    return caller


def within(most: int, seen: Seen) -> None:
    assert len(seen) <= most, f"{len(seen)} statements, {most} allowed:\n{seen}"


def test_recording_a_repair(north: Community, desk: Caller) -> None:
    with statements() as seen:
        answer = desk.post("/cases/record", reported(north, "卧室灯不亮"))
    assert answer.status_code == 201
    within(12, seen)


def test_dispatching_a_repair(north: Community, desk: Caller) -> None:
    number = desk.post("/cases/record", reported(north, "卧室灯不亮")).json()["id"]
    with statements() as seen:
        answer = desk.post(f"/cases/{number}/dispatch", {"executor": str(north.staff["technician"].pk)})
    assert answer.status_code == 200
    within(9, seen)


@pytest.mark.parametrize("limit", [5, 100])
def test_a_list_whatever_its_length(north: Community, desk: Caller, limit: int) -> None:
    for number in range(8):
        desk.post("/cases/record", reported(north, f"第 {number} 件"))
    with statements() as seen:
        answer = desk.get("/cases", limit=limit)
    assert len(answer.json()["items"]) == min(limit, 9)
    within(2, seen)


def test_a_search(desk: Caller) -> None:
    with statements() as seen:
        assert desk.get("/cases", q="漏水").json()["items"]
    within(3, seen)


def test_one_case(desk: Caller) -> None:
    number = desk.get("/cases").json()["items"][0]["id"]
    with statements() as seen:
        desk.get(f"/cases/{number}")
    within(2, seen)
