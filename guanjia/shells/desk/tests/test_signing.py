"""The front door."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guanjia.kernel.models import Event
from guanjia.people.models import Account, Posting
from guanjia.people.tests.cast import Community

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def _try(client: Client, username: str, password: str) -> Any:
    return client.post("/login", {"username": username, "password": password})


def test_a_wrong_password_is_refused_without_saying_whether_the_account_exists(north: Community) -> None:
    known = _try(Client(), "north.receptionist", "wrong word here")
    stranger = _try(Client(), "nobody.at.all", "wrong word here")
    assert known.status_code == stranger.status_code == 422
    assert known.content.count(b"refusal") == stranger.content.count(b"refusal") > 0


def test_the_eleventh_try_waits_by_job_number_and_by_phone_alike(north: Community) -> None:
    phone = north.owner.phone
    answers = [_try(Client(), phone if i % 2 else "north.owner", "wrong") for i in range(11)]
    assert [a.status_code for a in answers] == [422] * 10 + [429]


def test_a_right_password_gives_the_tries_back(north: Community, log_in: Any) -> None:
    for _ in range(9):
        _try(Client(), "north.receptionist", "wrong")
    log_in(north, "receptionist")
    assert _try(Client(), "north.receptionist", "wrong").status_code == 422


def test_logging_in_changes_the_session_key(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    assert client.session["generation"] == 0 and client.get("/").status_code == 302


def test_an_address_of_another_house_is_not_followed_after_login(north: Community) -> None:
    account = Account.objects.get(username="north.receptionist")
    account.set_password(PASSWORD)
    account.save()
    data = {"username": "north.receptionist", "password": PASSWORD, "next": "https://elsewhere.example/x"}
    assert Client().post("/login", data).headers["Location"] == "/"


def test_who_has_no_post_any_more_is_out_at_the_next_request(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    Posting.objects.filter(employee=north.staff["receptionist"]).delete()
    assert client.get(f"/p/{north.project.code}/today").headers["Location"].startswith("/login")


def test_a_raised_generation_ends_the_session(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    Account.objects.filter(username="north.receptionist").update(generation=5)
    assert client.get("/account").headers["Location"].startswith("/login")


def test_a_locked_screen_shows_nothing_until_the_password_is_given(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    client.post("/lock", {"next": "/account"})
    assert client.get("/account").headers["Location"].startswith("/lock")
    assert client.post("/unlock", {"password": "wrong"}).status_code == 422
    assert client.post("/unlock", {"password": PASSWORD, "next": "/account"}).headers["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_a_counter_locks_after_five_idle_minutes_and_a_fragment_gets_401(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    session = client.session
    session["seen"] -= 301
    session.save()
    assert client.get("/account", headers={"HX-Request": "true"}).status_code == 401
    assert client.get("/account").headers["Location"].startswith("/lock")


def test_nobody_meets_the_login_page_and_a_fragment_401(north: Community) -> None:
    assert Client().get("/account").headers["Location"] == "/login?next=%2Faccount"
    assert Client().get("/account", headers={"HX-Request": "true"}).status_code == 401


def test_a_password_set_by_somebody_else_must_be_changed_first(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    Account.objects.filter(username="north.receptionist").update(must_change_password=True)
    assert client.get("/").headers["Location"] == "/account/password"
    short = client.post("/account/password", {"old": PASSWORD, "new": "short", "again": "short"})
    assert short.status_code == 422
    good = "another long word 8"
    done = client.post("/account/password", {"old": PASSWORD, "new": good, "again": good})
    assert done.status_code == 302 and client.get("/account").status_code == 200
    event = Event.objects.get(name="people.change_password")
    assert event.given == {} and event.actor_id == north.staff["receptionist"].pk


def test_the_old_password_must_be_right(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    data = {"old": "not this one", "new": "another long word 8", "again": "another long word 8"}
    assert client.post("/account/password", data).status_code == 422
    assert not Event.objects.filter(name="people.change_password").exists()


def test_outside_the_demo_nobody_takes_a_role_without_a_password(north: Community, settings: Any) -> None:
    assert Client().post("/login/as", {"username": "north.receptionist"}).status_code == 404
    settings.DEMO = True
    assert Client().post("/login/as", {"username": "north.receptionist"}).status_code == 404


def test_the_demo_opens_a_role_of_demo_projects_only(north: Community, settings: Any) -> None:
    settings.DEMO = True
    north.project.is_demo = True
    north.project.save()
    assert Client().post("/login/as", {"username": "north.receptionist"}).status_code == 302
    page = Client().get("/login").content.decode()
    assert "north.receptionist" in page and north.staff["receptionist"].name in page


def test_a_pin_unlocks_and_an_easy_one_is_refused(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    assert client.post("/account/pin", {"password": PASSWORD, "pin": "123456"}).status_code == 422
    assert client.post("/account/pin", {"password": "wrong", "pin": "304917"}).status_code == 422
    assert client.post("/account/pin", {"password": PASSWORD, "pin": "304917"}).status_code == 302
    client.post("/lock")
    assert client.post("/unlock", {"password": "304918"}).status_code == 422
    assert client.post("/unlock", {"password": "304917"}).status_code == 302


def test_wrong_pins_are_throttled_like_passwords(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    client.post("/lock")
    answers = [client.post("/unlock", {"password": "111112"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_the_language_is_kept_on_the_account(north: Community, log_in: Any) -> None:
    client = log_in(north, "receptionist")
    client.post("/look/language", {"language": "en", "next": "/account"})
    assert Account.objects.get(username="north.receptionist").language == "en"
    client.post("/look/language", {"language": "klingon", "next": "/account"})
    assert Account.objects.get(username="north.receptionist").language == "en"
