"""Somebody of the cast at a counter: a client that is logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

PASSWORD = "a long enough word 7"


@pytest.fixture
def seat() -> Any:
    """`seat(north, "receptionist")` logs in for real and gives the client."""

    def sit(community: Community, who: str) -> Client:
        account = Account.objects.get(username=f"{community.project.code}.{who}")
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
        client = Client()
        answer = client.post("/login", {"username": account.username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sit
