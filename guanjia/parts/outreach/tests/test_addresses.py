"""Where a message may go: to public addresses alone, looked up once; residents' quiet hours hold back what can wait."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.utils import timezone

from guanjia.parts.outreach import calling, routes
from guanjia.parts.outreach.models import Message
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com", "https://127.0.0.1", "https://10.1.2.3", "https://169.254.169.254/latest", "https://[::1]",
        "https://[::ffff:10.0.0.1]", "https://[64:ff9b::a00:1]", "https://localhost", "https://printer.local",
        "https://intranet", "https://u:p@example.com", "ftp://example.com", "https://", "https://example.com#x",
        "https://0.0.0.0", "https://224.0.0.1", "https://100.64.0.1", "https://192.168.1.1:8443", "https://[fe80::1]",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    assert calling.problem_of(url)
    with pytest.raises(calling.NotAllowed):
        calling.call("POST", url)


def test_a_name_that_leads_inside_is_refused_when_it_is_called(monkeypatch: Any) -> None:
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("10.0.0.7", 443))])
    with pytest.raises(calling.NotAllowed):
        calling.call("POST", "https://hooks.example.com/x")


def test_one_bad_address_among_good_ones_is_enough(monkeypatch: Any) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_a, **_k: both)
    with pytest.raises(calling.NotAllowed):
        calling.call("POST", "https://hooks.example.com/x")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: Any) -> None:
    """A name that answers otherwise the second time (rebinding) is asked once."""
    asked: list[str] = []

    def answers(host: str, *_a: Any, **_k: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", 443))]

    went: list[str] = []

    def connect(_self: Any, host: str, *_a: Any, **_k: Any) -> Any:
        went.append(host)
        raise calling.httpcore.ConnectError("stop here")

    monkeypatch.setattr(calling.socket, "getaddrinfo", answers)
    monkeypatch.setattr(calling.httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(calling.Unreachable):
        calling.call("POST", "https://hooks.example.com/x")
    assert (asked, went) == (["hooks.example.com"], ["93.184.216.34"])


def test_a_name_that_does_not_answer_ends_in_time(monkeypatch: Any) -> None:
    monkeypatch.setattr(calling, "TIMEOUT", 0.3)
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_a, **_k: time.sleep(2))
    begun = time.monotonic()
    with pytest.raises(calling.Unreachable):
        calling.call("POST", "https://hooks.example.com/x")
    assert time.monotonic() - begun < 1.5


def test_plain_http_goes_only_where_the_operator_said_so(settings: Any) -> None:
    settings.OUTSIDE_ALLOW = ["10.20.0.0/16"]
    assert not calling.problem_of("http://10.20.3.4:8080") and calling.problem_of("http://10.21.3.4")
    assert calling.problem_of("http://example.com")


def test_quiet_hours_of_residents_hold_back_what_can_wait(north: Community) -> None:
    at = timezone.now().replace(hour=15, minute=0)  # 23:00 in Shanghai
    message = Message(project=north.project, resident=north.owner, purpose="service", created_at=at, next_at=at)
    woken = routes.wakes_at(message, at)
    assert woken is not None and timezone.localtime(woken).hour == 8
    message.is_urgent = True
    assert routes.wakes_at(message, at) is None
