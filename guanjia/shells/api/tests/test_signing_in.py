"""Tokens: who gets one, how long it lives, what ends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guanjia.people.models import Account, ApiToken, Posting
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet long password"


def login(client: Client, username: str, password: str) -> Any:
    sent = {"username": username, "password": password}
    return client.post("/api/login", sent, content_type="application/json", headers={"Accept-Language": "en"})


def test_the_token_is_kept_as_a_hash_for_twelve_hours(north: Community) -> None:
    account = Account.objects.get(username="north.guard")
    account.set_password(PASSWORD)
    account.save()
    answer = login(Client(), "north.guard", PASSWORD).json()
    row = ApiToken.objects.get()
    assert answer["token_type"] == "Bearer" and answer["token"] not in str(row.__dict__) and len(row.digest) == 64
    assert 11.9 < (row.expires_at - row.created_at).total_seconds() / 3600 <= 12.1


def test_me_says_who_and_where(desk: Caller, north: Community) -> None:
    answer = desk.client.get("/api/me", headers={"Authorization": f"Bearer {desk.token}"}).json()
    assert answer["name"] == north.staff["receptionist"].name
    assert answer["projects"] == [{"code": "north", "name": north.project.name, "posts": ["receptionist"]}]


def test_a_wrong_name_and_a_wrong_password_answer_alike(north: Community) -> None:
    wrong, unknown = login(Client(), "north.receptionist", "x" * 12), login(Client(), "nobody.at.all", "x" * 12)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer " + "é" * 43, "Basic " + "a" * 43, "Bearer " + "a" * 43]
)
def test_without_a_living_token_everything_is_401(north: Community, header: str) -> None:
    for path in ("/api/me", "/api/p/north/tickets", "/api/p/none/tickets/1"):
        answer = Client().get(path, headers={"Authorization": header})
        assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"


def test_logout_ends_the_token(desk: Caller) -> None:
    headers = {"Authorization": f"Bearer {desk.token}"}
    assert desk.client.post("/api/logout", headers=headers).status_code == 204
    assert desk.get("/tickets").status_code == 401


def test_a_raised_generation_and_an_ended_account_end_the_token(north: Community, desk: Caller) -> None:
    accounts = Account.objects.filter(username="north.receptionist")
    accounts.update(generation=1)
    assert desk.get("/tickets").status_code == 401
    accounts.update(generation=0, is_active=False)
    assert desk.get("/tickets").status_code == 401


def test_a_right_that_ends_ends_at_the_next_request(north: Community, desk: Caller) -> None:
    from guanjia.people.models import RightOverride

    assert desk.post("/tickets/open_ticket", {"words": "灯"}).status_code == 201
    RightOverride.objects.create(
        project=north.project, post="receptionist", right="tests.open_ticket", is_allowed=False
    )
    assert desk.post("/tickets/open_ticket", {"words": "门"}).status_code == 403
    Posting.objects.filter(employee=north.staff["receptionist"]).update(to_on="2024-02-01")
    assert desk.get("/tickets").status_code == 401


def test_a_password_to_be_changed_opens_nothing(north: Community) -> None:
    account = Account.objects.get(username="north.receptionist")
    account.set_password(PASSWORD)
    account.must_change_password = True
    account.save()
    assert login(Client(), account.username, PASSWORD).status_code == 403


def test_the_eleventh_attempt_is_429_even_with_the_right_password(north: Community) -> None:
    account = Account.objects.get(username="north.guard")
    account.set_password(PASSWORD)
    account.save()
    for _ in range(10):
        assert login(Client(), "north.guard", "wrong password").status_code == 401
    answer = login(Client(), "NORTH.guard ", PASSWORD)
    assert answer.status_code == 429 and answer["Retry-After"] == "900"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"username": 1, "password": "x"},
        {"username": "x" * 61, "password": "x"},
        {"username": "a", "password": "x" * 201},
        {"username": "a", "password": "b", "admin": True},
    ],
)
def test_a_login_of_the_wrong_shape_is_refused(db: None, sent: Any) -> None:
    assert Client().post("/api/login", sent, content_type="application/json").status_code == 422


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_405(desk: Caller, method: str) -> None:
    answer = getattr(desk.client, method)(f"{desk.base}/tickets", headers={"Authorization": f"Bearer {desk.token}"})
    assert answer.status_code == 405 and answer["Allow"] == "GET"


@pytest.mark.django_db(transaction=True)
def test_sixteen_parallel_attempts_get_ten_tries_and_six_refusals(north: Community) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def attempt(_n: int) -> int:
        try:
            return login(Client(), "north.guard", "wrong password").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(16)))
    assert (answers.count(401), answers.count(429)) == (10, 6)
