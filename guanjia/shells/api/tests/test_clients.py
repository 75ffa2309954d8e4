"""Programs with a token of their own: bounded by their list and by the colleague, counted, ended at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people.models import Employee, Posting
from guanjia.people.tests.cast import Community
from guanjia.shells.api import operations
from guanjia.shells.api.models import ApiClient

pytestmark = pytest.mark.django_db


def made(north: Community, who: str = "receptionist", **more: Any) -> ApiClient:
    given: dict[str, Any] = {
        "name": "BI", "employee": north.staff[who], "reads": ["cases", "houses"], "acts": ["cases.note"],
        "per_minute": 100, "until": (timezone.localdate() + timedelta(days=30)).isoformat(), **more,
    }  # fmt: skip
    client: ApiClient = operations.create_client(north.project, by=north.by("administrator"), **given)
    return client


def ask(token: str, path: str, method: str = "get", content: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
    call = getattr(Client(), method)
    more = {"data": content or {}, "content_type": "application/json"} if method == "post" else {}
    return call(f"/api/p/north{path}", headers=headers, **more)


def report(north: Community) -> Any:
    from guanjia.domains.repairs.tests.taking import take

    return take(north)


def test_it_reads_and_does_what_stands_on_its_list(north: Community) -> None:
    case, client = report(north), made(north)
    token = client.shown_once
    assert ask(token, "/cases").status_code == 200
    done = ask(token, f"/cases/{case.pk}/note", "post", {"words": "来自 BI"})
    assert done.status_code == 200, done.content
    event = Event.objects.get(name="cases.note")
    assert (event.actor_kind, event.actor_id) == ("client", north.staff["receptionist"].pk)
    assert event.actor_name == f"BI ({north.staff['receptionist'].name})"


def test_what_is_not_on_its_list_is_refused_although_the_colleague_may(north: Community) -> None:
    case = report(north)
    token = made(north).shown_once
    assert ask(token, "/residents").status_code == 403
    assert ask(token, f"/cases/{case.pk}/chase", "post").status_code == 403
    assert ask(token, f"/cases/{case.pk}/events").status_code == 200


def test_its_list_gives_no_more_than_the_colleague_has(north: Community) -> None:
    case = report(north)
    token = made(north, "guard", acts=["repairs.dispatch"]).shown_once
    assert ask(token, f"/cases/{case.pk}/dispatch", "post", {"executor": "1"}).status_code in (403, 404)


def test_it_reaches_its_own_project_only(north: Community, south: Community) -> None:
    token = made(north).shown_once
    answer = Client().get("/api/p/south/cases", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404


def test_the_token_stands_nowhere(north: Community) -> None:
    token = made(north).shown_once
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM api_apiclient c UNION ALL SELECT e::text FROM kernel_event e")
        assert not [row for (row,) in cursor.fetchall() if token in row]


def test_more_than_its_limit_a_minute_is_answered_429(north: Community, time_machine: Any = None) -> None:
    token = made(north, per_minute=3).shown_once
    ApiClient.objects.update(window=int(timezone.now().timestamp()) // 60, used=3)
    answers = [ask(token, "/cases") for _ in range(2)]
    if {a.status_code for a in answers} != {429}:  # the minute turned between the two
        answers = [ask(token, "/cases") for _ in range(5)]
    assert answers[-1].status_code == 429 and 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    ApiClient.objects.update(window=0)
    assert ask(token, "/cases").status_code == 200


@pytest.mark.parametrize("why", ["ended", "renewed", "expired", "left", "no post", "unknown"])
def test_what_ends_ends_at_the_next_request(north: Community, why: str) -> None:
    client = made(north)
    token, by = client.shown_once, north.by("administrator")
    if why == "ended":
        operations.end_client(client, by=by)
    elif why == "renewed":
        operations.renew_token(client, by=by)
        assert ask(client.shown_once, "/cases").status_code == 200
    elif why == "expired":
        ApiClient.objects.update(expires_at=timezone.now())
    elif why == "left":
        Employee.objects.filter(pk=north.staff["receptionist"].pk).update(state="left")
    elif why == "no post":
        Posting.objects.filter(employee=north.staff["receptionist"]).update(
            to_on=timezone.localdate() - timedelta(days=1)
        )
    else:
        token = "gjc_" + "x" * 40
    assert ask(token, "/cases").status_code == 401


def test_last_use_is_on_record(north: Community) -> None:
    client = made(north)
    ask(client.shown_once, "/cases")
    client.refresh_from_db()
    assert client.last_used_at is not None


@pytest.mark.parametrize(
    "given",
    [
        {"reads": [], "acts": []}, {"until": "2001-01-01"}, {"until": "2999-01-01"}, {"per_minute": 0},
        {"reads": ["everything"]}, {"acts": ["api.create_client"]}, {"acts": ["*"]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(north: Community, given: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        made(north, **given)
    assert not ApiClient.objects.exists()


def test_only_the_administrator_sets_one_up_for_a_colleague_of_the_project(north: Community, south: Community) -> None:
    with pytest.raises(Refused):
        made(north, employee=south.staff["receptionist"])
    with pytest.raises(Forbidden):
        operations.create_client(north.project, by=north.by("manager"), name="x", employee=north.staff["manager"],
                                 reads=["cases"], per_minute=1, until=timezone.localdate().isoformat())  # fmt: skip
