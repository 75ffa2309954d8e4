"""How often a person's token may ask: bounded over all processes, refused with the time to wait, free again after it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from guanjia.domains.repairs.tests.taking import take
from guanjia.kernel.models import Event
from guanjia.people.models import ApiToken
from guanjia.people.tests.cast import Community
from guanjia.shells.api import pace
from guanjia.shells.api.problems import Problem
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 18, 2, 24, 40, tzinfo=UTC)


def granted(token: ApiToken, asked: int, limit: int, at: datetime = AT) -> int:
    """How many of so many requests go through."""
    rows, through = ApiToken.objects.filter(pk=token.pk), 0
    for _request in range(asked):
        try:
            pace.count(rows, token.digest, limit, at)
            through += 1
        except Problem as refusal:
            assert (refusal.status, refusal.headers) == (429, {"Retry-After": "20"})
    return through


def test_more_than_its_limit_a_minute_is_refused_and_nothing_is_done(north: Community, settings: Any) -> None:
    case, caller = take(north), Caller(north, "receptionist")
    settings.API_PER_MINUTE = 0
    before = Event.objects.count()
    answer = caller.post(f"/cases/{case.pk}/note", {"words": "in a hurry"})
    assert answer.status_code == 429 and answer.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60 and "0 requests a minute" in answer.json()["detail"]
    assert Event.objects.count() == before
    settings.API_PER_MINUTE = 100
    assert caller.post(f"/cases/{case.pk}/note", {"words": "in a hurry"}).status_code == 200


def test_the_limit_holds_over_processes_and_ends_with_the_minute(north: Community) -> None:
    Caller(north, "receptionist")
    token = ApiToken.objects.get()
    assert granted(token, 70, 100) == 70
    pace._left.clear()  # another process of the same company
    assert granted(token, 50, 100) == 30
    assert granted(token, 5, 100, AT + timedelta(minutes=1)) == 5


def test_most_requests_write_nothing(north: Community, django_assert_num_queries: Any) -> None:
    Caller(north, "receptionist")
    token = ApiToken.objects.get()
    with django_assert_num_queries(1):
        assert granted(token, 60, 1200) == 60


def test_the_description_tells_of_it() -> None:
    document = Client().get("/api/openapi.json").json()
    told = document["paths"]["/p/{project}/cases"]["get"]["responses"]["429"]
    assert told == {"$ref": "#/components/responses/TooMany"}
    assert "Retry-After" in document["components"]["responses"]["TooMany"]["headers"]
