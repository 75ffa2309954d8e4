"""Somebody of the cast at a counter: a client that is logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guanjia.domains.repairs.operations import record
from guanjia.parts.casework.models import Case
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

PASSWORD = "a long enough word 7"


BACKEND = "guanjia.people.login.AccountBackend"


def _account(community: Community, who: str) -> Account:
    return Account.objects.get(username=f"{community.project.code}.{who}")


@pytest.fixture
def seat() -> Any:
    """`seat(north, "receptionist")` gives a client that is logged in, without the work of the password."""

    def sit(community: Community, who: str) -> Client:
        account, client = _account(community, who), Client()
        client.force_login(account, backend=BACKEND)
        session = client.session
        session["generation"] = account.generation
        session.save()
        return client

    return sit


@pytest.fixture
def log_in() -> Any:
    """The same by the front door, with the password."""

    def enter(community: Community, who: str) -> Client:
        account, client = _account(community, who), Client()
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
        answer = client.post("/login", {"username": account.username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter


@pytest.fixture
def screen(windows: Any) -> Any:
    """A page of Chromium at the counter."""
    return windows(1366)


def repair(community: Community, words: str = "厨房水管漏水", who: str = "receptionist", **more: Any) -> Case:
    given = {"content": words, "place": "home", "house": community.house, "resident": community.owner, "category": "plumbing", "problem": "leak", "urgency": "ordinary", "channel": "phone", "apart": True}  # fmt: skip
    return record(community.project, by=community.by(who), **{**given, **more})


def written(**more: str) -> dict[str, str]:
    return {"take": "repair", "place": "home", "content": "洗手盆下面滴水", "urgency": "ordinary", "sort": "plumbing:leak", "channel": "phone", "idempotency_key": "k-1", **more}  # fmt: skip
