"""The second factor for programs: a code with the login, a token that says it was shown."""

from __future__ import annotations

import json
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from guanjia.people.models import Account, ApiToken, SecondFactor
from guanjia.people.tests.cast import Community

from .caller import Caller

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word 7"


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def login(who: str, **more: Any) -> Any:
    account = Account.objects.get(username=f"north.{who}")
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    sent = {"username": account.username, "password": PASSWORD, **more}
    return Client().post("/api/login", json.dumps(sent), content_type="application/json")


def app_of(who: str) -> str:
    """The secret of an authenticator that is set up."""
    secret = pyotp.random_base32()
    account = Account.objects.get(username=f"north.{who}")
    SecondFactor.objects.create(account_id=account.pk, secret=secret, confirmed_at=timezone.now())
    return secret


def test_a_post_that_must_and_has_none_is_sent_to_the_page(north: Community) -> None:
    answer = login("supervisor")
    assert answer.status_code == 403 and answer.json()["second_factor"] == "enrol" and not ApiToken.objects.exists()


def test_a_post_that_need_not_logs_in_as_ever(north: Community) -> None:
    assert login("receptionist").status_code == 200


def test_the_code_is_asked_for_and_taken_once(north: Community) -> None:
    code = pyotp.TOTP(app_of("supervisor")).now()
    missing = login("supervisor")
    assert missing.status_code == 401 and missing.json()["second_factor"] == "code"
    answer = login("supervisor", code=code)
    assert answer.status_code == 200 and ApiToken.objects.get().is_strong
    head = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert Client().get("/api/me", headers=head).status_code == 200
    again = login("supervisor", code=code)
    assert again.status_code == 401 and again.json()["second_factor"] == "code"


def test_the_eleventh_code_waits(north: Community) -> None:
    app_of("supervisor")
    answers = [login("supervisor", code=f"{n:06}").status_code for n in range(11)]
    assert answers == [401] * 10 + [429]


@pytest.mark.parametrize("code", [123456, "", "1" * 21, None])
def test_a_code_of_the_wrong_shape_is_refused(north: Community, code: Any) -> None:
    assert login("receptionist", code=code).status_code == 422


def test_a_token_without_it_ends_for_a_post_that_must(north: Community) -> None:
    weak, other = Caller(north, "supervisor"), Caller(north, "receptionist")
    refused = weak.get("/cases")
    assert refused.status_code == 403 and refused.json()["second_factor"] == "enrol"
    assert other.get("/cases").status_code == 200


def test_one_s_own_keys_are_not_set_over_the_api(north: Community) -> None:
    sent = {"password": PASSWORD, "pin": "402917"}
    assert Caller(north, "receptionist").post(f"/projects/{north.project.pk}/set_pin", sent).status_code == 404


def test_the_description_tells_of_it(north: Community) -> None:
    document = Client().get("/api/openapi.json").json()
    sent = document["paths"]["/login"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert (
        "code" in sent["properties"] and "second_factor" in document["components"]["schemas"]["Problem"]["properties"]
    )
    handed = document["paths"]["/p/{project}/gifts/{id}/hand_over"]["post"]["requestBody"]
    schema = handed["content"]["application/json"]["schema"]
    assert {"present_username", "present_pin"} <= set(schema["required"])
