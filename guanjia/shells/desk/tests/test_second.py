"""The second factor at the front door."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from guanjia.domains.privacy.operations import override_right
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people import second
from guanjia.people.models import Account, RecoveryCode, RightOverride, SecondFactor
from guanjia.people.operations import reset_second_factor
from guanjia.people.tests.cast import Community

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def account_of(north: Community, who: str) -> Account:
    return Account.objects.get(username=f"{north.project.code}.{who}")


def code_of(secret: str, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30 * ahead))


def ticket_on(page: Any) -> tuple[str, str]:
    """The ticket in the form and the secret as it is shown for typing."""
    text = page.content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', text)
    secret = re.search(r'class="secret-text"[^>]*>([A-Z2-7 ]+)<', text)
    assert ticket and secret, text
    return ticket[1], secret[1].replace(" ", "")


def enrolled(client: Client) -> tuple[str, list[str]]:
    """Set the second factor up on the page; returns the secret and the recovery codes."""
    ticket, secret = ticket_on(client.get("/account/second"))
    answer = client.post("/account/second", {"ticket": ticket, "code": code_of(secret, -1), "password": PASSWORD})
    codes = re.findall(r"<li>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</li>", answer.content.decode())
    assert answer.status_code == 200 and len(codes) == 10, answer.content.decode()
    return secret, codes


def first_step(north: Community, who: str) -> Client:
    client = Client()
    data = {"username": f"north.{who}", "password": PASSWORD, "next": "/account"}
    assert client.post("/login", data)["Location"] == "/login/code"
    return client


def test_a_post_that_exports_is_led_to_the_second_factor_before_anything_else(north: Community, log_in: Any) -> None:
    client = log_in(north, "supervisor")
    for page in ("/", "/account", "/p/north/today", "/p/north/cases"):
        assert client.get(page)["Location"].startswith("/account/second"), page
    assert client.get("/p/north/today", headers={"HX-Request": "true"}).status_code == 401
    enrolled(client)
    assert client.get("/p/north/today").status_code == 200


@pytest.mark.parametrize("who", ["receptionist", "technician", "owner"])
def test_a_post_without_such_a_right_is_not_asked(north: Community, log_in: Any, who: str) -> None:
    assert log_in(north, who).get("/account").status_code == 200


def test_which_posts_must_follows_from_the_rights(north: Community, log_in: Any) -> None:
    assert {"administrator", "service_supervisor", "hr_officer"} <= second.demanding_posts()
    assert not {"receptionist", "technician", "steward", "resident"} & second.demanding_posts()
    RightOverride.objects.create(project=north.project, right="cases.export", post="receptionist", is_allowed=True)
    assert log_in(north, "receptionist").get("/account")["Location"].startswith("/account/second")


def test_a_guarded_right_does_not_count_without_the_second_factor(north: Community) -> None:
    weak = north.by("manager", is_strong=False)
    with pytest.raises(Forbidden):
        override_right(north.project, by=weak, post="steward", right="cases.export", is_allowed="give", reason="x")
    assert not RightOverride.objects.exists()


def test_after_the_password_comes_the_code_and_only_then_the_page(north: Community, log_in: Any) -> None:
    secret, _codes = enrolled(log_in(north, "supervisor"))
    client = first_step(north, "supervisor")
    assert client.get("/account")["Location"].startswith("/login")
    assert client.post("/login/code", {"code": "000000"}).status_code == 422
    assert client.post("/login/code", {"code": code_of(secret)})["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_a_code_counts_once(north: Community, log_in: Any) -> None:
    secret, _codes = enrolled(log_in(north, "supervisor"))
    code = code_of(secret)
    assert first_step(north, "supervisor").post("/login/code", {"code": code}).status_code == 302
    assert first_step(north, "supervisor").post("/login/code", {"code": code}).status_code == 422


def test_a_recovery_code_opens_once_and_says_how_many_are_left(north: Community, log_in: Any) -> None:
    _secret, codes = enrolled(log_in(north, "supervisor"))
    client = first_step(north, "supervisor")
    assert client.post("/login/code", {"code": codes[0].lower()}).status_code == 302
    assert "9" in client.get("/account").content.decode()
    assert first_step(north, "supervisor").post("/login/code", {"code": codes[0]}).status_code == 422


def test_the_secret_is_sealed_and_the_codes_are_hashed(north: Community, log_in: Any) -> None:
    secret, codes = enrolled(log_in(north, "supervisor"))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_secondfactor")
        stored = bytes(cursor.fetchone()[0])
    assert secret.encode() not in stored and SecondFactor.objects.get().secret == secret
    assert not {c.replace("-", "") for c in codes} & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert secret not in str(list(Event.objects.values_list("given", "changes")))


def test_the_eleventh_code_waits_and_the_password_does_not_give_the_tries_back(north: Community, log_in: Any) -> None:
    secret, _codes = enrolled(log_in(north, "supervisor"))
    answers = [first_step(north, "supervisor").post("/login/code", {"code": f"{n:06}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert first_step(north, "supervisor").post("/login/code", {"code": code_of(secret)}).status_code == 429


def test_the_second_step_without_the_first_is_the_login(north: Community) -> None:
    assert Client().get("/login/code")["Location"] == "/login"
    assert Client().post("/login/code", {"code": "123456"})["Location"] == "/login"


@pytest.mark.parametrize("wrong", [{"password": "not it"}, {"code": "000000"}, {"ticket": "forged"}])
def test_a_wrong_password_code_or_ticket_sets_nothing_up(north: Community, log_in: Any, wrong: dict[str, str]) -> None:
    client = log_in(north, "supervisor")
    ticket, secret = ticket_on(client.get("/account/second"))
    sent = {"ticket": ticket, "code": code_of(secret), "password": PASSWORD, **wrong}
    assert client.post("/account/second", sent).status_code == 422 and not SecondFactor.objects.exists()
    assert client.get("/account")["Location"].startswith("/account/second")


def test_a_ticket_of_another_account_is_worth_nothing(north: Community, log_in: Any) -> None:
    ticket, secret = ticket_on(log_in(north, "manager").get("/account/second"))
    sent = {"ticket": ticket, "code": code_of(secret), "password": PASSWORD}
    assert log_in(north, "supervisor").post("/account/second", sent).status_code == 422


def test_new_recovery_codes_end_the_old_ones(north: Community, log_in: Any) -> None:
    client = log_in(north, "supervisor")
    _secret, codes = enrolled(client)
    assert client.post("/account/second", {"password": "wrong"}).status_code == 422
    assert client.post("/account/second", {"password": PASSWORD}).status_code == 200
    assert first_step(north, "supervisor").post("/login/code", {"code": codes[0]}).status_code == 422


def test_the_administrator_takes_it_off_and_every_session_ends(office: Any, north: Community, log_in: Any) -> None:
    client = log_in(north, "supervisor")
    enrolled(client)
    person, chief = north.staff["supervisor"], chief_of(office, north)
    reset_second_factor(person, by=chief, reason="手机丢失")
    assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()
    assert client.get("/account")["Location"].startswith("/login")
    assert Event.objects.filter(name="people.reset_second_factor", subject_id=person.pk).count() == 1
    with pytest.raises(Refused):
        reset_second_factor(person, by=chief, reason="手机丢失")


def chief_of(office: Any, north: Community) -> Any:
    """The administrator of the head office."""
    from guanjia.people.login import staff_actor
    from guanjia.people.tests.cast import hire

    return staff_actor(hire(office, office, "HQ-1", "顾同事", "administrator"), timezone.now())


def test_nobody_takes_off_their_own(office: Any, north: Community) -> None:
    from guanjia.people.models import Employee

    chief = chief_of(office, north)
    own = Employee.objects.get(pk=chief.id)
    SecondFactor.objects.create(account_id=own.account_id, secret="A" * 32, confirmed_at=timezone.now())
    with pytest.raises(Forbidden):
        reset_second_factor(own, by=chief, reason="x")
    assert SecondFactor.objects.exists()


def test_the_demo_says_that_it_does_without(north: Community, settings: Any) -> None:
    north.project.is_demo = True
    north.project.save()
    settings.DEMO, settings.SECOND_FACTOR = True, False
    assert "两步验证" in Client().get("/login").content.decode()
    settings.SECOND_FACTOR = True
    assert "不要求两步验证" not in Client().get("/login").content.decode()
