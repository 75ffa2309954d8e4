"""Without a database, or room on its disk: told apart from a fault of ours, and that it will pass."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from guanjia.kernel.outages import is_outage


def fails(*_: Any) -> None:
    raise OperationalError("could not extend file: No space left on device")


@pytest.mark.django_db
def test_a_page_without_a_database_says_that_it_will_pass() -> None:
    with connection.execute_wrapper(fails):
        answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
    assert "纸质登记" in answer.content.decode()


@pytest.mark.django_db
def test_a_program_is_told_to_send_the_same_request_again() -> None:
    with connection.execute_wrapper(fails):
        answer = Client().post("/api/login", {"username": "x", "password": "y"}, content_type="application/json")
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["detail"]


def test_a_fault_of_ours_is_none() -> None:
    assert is_outage(OSError(errno.ENOSPC, "full"))
    assert not is_outage(OSError(errno.ENOENT, "gone")) and not is_outage(ValueError()) and not is_outage(None)
