"""The telephone tells: signed, once, in any order; the card opens where it rings; three rings are measured."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden
from guanjia.parts.clocks.models import Clock
from guanjia.parts.telephone import operations, queries, simulator
from guanjia.parts.telephone.models import Line, PhoneCall
from guanjia.parts.webhooks import signing
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
COUNT = iter(range(1_000_000))


@pytest.fixture
def line(north: Community) -> Line:
    made: Line = operations.connect(north.project, by=north.by("administrator"), name="PBX")
    return made


def told(
    line: Line, content: Any, *, secret: str = "", message_id: str = "", code: str = "north", stamp: int = 0
) -> Any:
    """The answer to one signed post."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    now = stamp or int(timezone.now().timestamp())
    head = signing.headers([secret or str(line.secret)], message_id or f"m{next(COUNT)}", now, body)
    return Client().post(f"/hooks/telephone/{code}", body, content_type="application/json", headers=head)


def step(line: Line, event: str, call: str = "c1", **more: str) -> Any:
    return told(line, {"event": event, "call": call, "number": "13900000101", "extension": "8001", **more})


def sit(north: Community, who: str = "receptionist", extension: str = "8001") -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"north.{who}"))
    session = client.session
    session["generation"] = 0
    session.save()
    client.post("/p/north/telephone/seat", {"extension": extension})
    return client


@pytest.mark.clause("DESK-05")
@pytest.mark.parametrize(("seconds", "state"), [(14, "met"), (16, "missed")])
def test_three_rings_are_fifteen_seconds(north: Community, line: Line, seconds: int, state: str) -> None:
    at = timezone.now() - timedelta(seconds=60)
    step(line, "ringing", at=at.isoformat())
    step(line, "answered", at=(at + timedelta(seconds=seconds)).isoformat())
    clock = Clock.objects.get(clause_id="DESK-05")
    assert (clock.state, PhoneCall.objects.get().ring_seconds) == (state, seconds)


@pytest.mark.clause("DESK-05")
def test_a_call_that_nobody_took_in_time_is_a_breach(line: Line) -> None:
    at = timezone.now() - timedelta(seconds=60)
    step(line, "ringing", at=at.isoformat())
    step(line, "ended", at=(at + timedelta(seconds=30)).isoformat())
    assert PhoneCall.objects.get().state == "missed" and Clock.objects.get(clause_id="DESK-05").state == "missed"


def test_a_call_goes_through_its_steps_and_leaves_an_event_each(north: Community, line: Line) -> None:
    sit(north)
    for event in ("ringing", "answered", "ended"):
        assert step(line, event).json() == {"heard": event}
    call = PhoneCall.objects.get()
    assert (call.state, call.resident, call.employee) == ("ended", north.owner, north.staff["receptionist"])
    names = list(Event.objects.filter(subject_label="phone_call").order_by("id").values_list("name", flat=True))
    assert names == ["telephone.ring", "telephone.answer", "telephone.end"]


def test_the_number_stands_nowhere_in_the_clear(line: Line) -> None:
    step(line, "ringing")
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM telephone_phonecall c UNION ALL SELECT e::text FROM kernel_event e")
        assert not [row for (row,) in cursor.fetchall() if "13900000101" in row]
    assert PhoneCall.objects.get().masked == "139****0101"


def test_what_is_told_again_has_no_second_effect(line: Line) -> None:
    for _ in range(3):
        told(line, {"event": "ringing", "call": "c1"}, message_id="same")
        step(line, "ringing")
        step(line, "answered")
    assert PhoneCall.objects.count() == 1 and Event.objects.filter(name="telephone.answer").count() == 1


def test_steps_may_come_in_any_order(line: Line) -> None:
    assert step(line, "answered").status_code == 200
    assert step(line, "ringing").json() == {"heard": "again"}
    step(line, "ended")
    assert step(line, "answered").json() == {"heard": "late"}
    assert PhoneCall.objects.get().state == "ended"


@pytest.mark.parametrize("wrong", ["secret", "old", "future", "project", "unsigned", "off"])
def test_who_does_not_sign_is_not_heard(north: Community, south: Community, line: Line, wrong: str) -> None:
    now = int(timezone.now().timestamp())
    content = {"event": "ringing", "call": "c1"}
    if wrong == "off":
        operations.disconnect(line, by=north.by("administrator"))
    answer = {
        "secret": lambda: told(line, content, secret=signing.new_secret()),
        "old": lambda: told(line, content, stamp=now - 400),
        "future": lambda: told(line, content, stamp=now + 400),
        "project": lambda: told(line, content, code="south"),
        "unsigned": lambda: Client().post("/hooks/telephone/north", content, content_type="application/json"),
        "off": lambda: told(line, content),
    }[wrong]()
    assert answer.status_code == 401 and not PhoneCall.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"x", b"[]", b'"a"', b"\xff", b"{}", {"event": "ringing"}, {"event": "sings", "call": "a"},
        {"event": "ringing", "call": ""}, {"event": "ringing", "call": "a" * 65}, {"event": "ringing", "call": "a", "number": 5},
        {"event": "ringing", "call": "a", "extension": "9" * 41}, {"event": "ringing", "call": "a\u0000"},
        {"event": "ringing", "call": "a", "extension": "abc"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_so(line: Line, content: Any) -> None:
    assert told(line, content).status_code in (400, 422) and not PhoneCall.objects.exists()


@pytest.mark.parametrize("at", ["2001-01-01T00:00:00Z", "tomorrow", "2999-01-01T00:00:00Z", "2026-13-45T99:99:99Z"])
def test_a_clock_that_is_far_off_is_not_believed(line: Line, at: str) -> None:
    step(line, "ringing", at=at)
    assert abs(timezone.now() - PhoneCall.objects.get().rang_at) < timedelta(seconds=20)


def test_a_withheld_number_is_a_call_of_nobody(line: Line) -> None:
    step(line, "ringing", number="anonymous")
    call = PhoneCall.objects.get()
    assert (call.number, call.number_hash, call.resident) == ("", "", None)


def test_the_card_opens_by_itself_on_the_idle_desk_once(north: Community, line: Line) -> None:
    client = sit(north)
    step(line, "ringing")
    head = {"HX-Request": "true", "X-Poll": "1", "HX-Current-URL": "http://testserver/p/north/desk"}
    first = client.get("/p/north/telephone/ringing", headers=head)
    assert first.headers["HX-Redirect"] == f"/p/north/desk/resident/{north.owner.pk}"
    again = client.get("/p/north/telephone/ringing", headers=head)
    assert "HX-Redirect" not in again.headers and "139****0101" in again.content.decode()


def test_where_somebody_works_it_only_says_so(north: Community, line: Line) -> None:
    client = sit(north)
    step(line, "ringing")
    answer = client.get(
        "/p/north/telephone/ringing", headers={"HX-Current-URL": "http://testserver/p/north/desk/stranger"}
    )
    assert "HX-Redirect" not in answer.headers and north.owner.name in answer.content.decode()
    assert "13900000101" not in answer.content.decode()


def test_a_stranger_goes_to_the_intake_with_the_number_in_no_address(north: Community, line: Line) -> None:
    client = sit(north)
    step(line, "ringing", number="13612345678")
    call = PhoneCall.objects.get()
    answer = client.post(f"/p/north/telephone/calls/{call.pk}/open")
    assert answer.headers["Location"] == "/p/north/desk/stranger"
    assert client.session["caller"] == "13612345678"


def test_it_rings_at_one_extension_only(north: Community, line: Line) -> None:
    there, here = sit(north, "officer", "8002"), sit(north)
    step(line, "ringing")
    assert there.get("/p/north/telephone/ringing").content == b""
    assert here.get("/p/north/telephone/ringing").content != b""
    sit(north, "officer", "8001")  # somebody else sits down there
    assert here.get("/p/north/telephone/ringing").content == b""


def test_once_its_card_is_open_and_the_call_taken_nothing_is_in_the_way(north: Community, line: Line) -> None:
    client = sit(north)
    step(line, "ringing")
    client.post(f"/p/north/telephone/calls/{PhoneCall.objects.get().pk}/open")
    assert client.get("/p/north/telephone/ringing").content != b"", "it still rings"
    step(line, "answered")
    assert client.get("/p/north/telephone/ringing").content == b""


def test_what_rings_everywhere_is_told_to_have_been_taken_where_it_was_not(north: Community, line: Line) -> None:
    here, there, away = sit(north), sit(north, "officer", "8002"), north.signed_in("supervisor")
    step(line, "ringing", extension="")
    for client in (here, there):
        assert north.owner.name in client.get("/p/north/telephone/ringing").content.decode()
    assert away.get("/p/north/telephone/ringing").content == b"", "who sits nowhere hears nothing"
    step(line, "answered", extension="8002")
    assert f"{north.staff['officer'].name}已接起" in here.get("/p/north/telephone/ringing").content.decode()
    assert "已接起" not in there.get("/p/north/telephone/ringing").content.decode()
    PhoneCall.objects.update(answered_at=timezone.now() - timedelta(minutes=1))
    assert here.get("/p/north/telephone/ringing").content == b""


def test_the_poll_is_one_statement_beside_who_asks(north: Community, line: Line) -> None:
    from django.test.utils import CaptureQueriesContext

    by = north.by("receptionist")
    with CaptureQueriesContext(connection) as seen:
        queries.for_me(north.project, by)
    assert len(seen) == 1


def test_who_does_not_answer_the_telephone_sees_no_calls(north: Community, south: Community, line: Line) -> None:
    step(line, "ringing")
    call = PhoneCall.objects.get()
    for who in ("technician", "guard", "cashier"):
        assert not PhoneCall.visible_to(north.by(who)).exists()
    client = sit(north, "technician")
    assert client.get("/p/north/telephone/calls").status_code == 404
    assert client.post(f"/p/north/telephone/calls/{call.pk}/open").status_code == 404
    assert not PhoneCall.visible_to(south.by("receptionist")).exists()
    with pytest.raises(Forbidden):
        operations.take_seat(north.project, by=north.by("technician"), extension="8001")


def test_the_list_says_how_fast_calls_were_answered(north: Community, line: Line) -> None:
    at = timezone.now() - timedelta(seconds=90)
    for number in range(4):
        step(line, "ringing", f"c{number}", at=at.isoformat())
        if number:
            step(line, "answered", f"c{number}", at=(at + timedelta(seconds=5 * number)).isoformat())
    step(line, "ended", "c0")
    shown = sit(north).get("/p/north/telephone/calls").content.decode()
    assert "75 %" in shown and "10 秒" in shown and "13900000101" not in shown


@pytest.mark.django_db(transaction=True)
def test_the_simulator_plays_a_call_against_a_running_server(
    north: Community, line: Line, live_server: Any, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setenv("GUANJIA_PHONE_SECRET", str(line.secret))
    url = f"{live_server.url}/hooks/telephone/north"
    assert simulator.main([url, "--number", "13900000101", "--ring", "0", "--talk", "0"]) == 0
    assert PhoneCall.objects.get().state == "ended"
    assert simulator.main([f"{live_server.url}/hooks/telephone/south", "--ring", "0", "--missed"]) == 1
    assert "401" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_the_same_step_in_many_threads_is_one_call(north: Community, line: Line) -> None:
    answers: list[int] = []

    def tell() -> None:
        try:
            answers.append(step(line, "ringing").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [200] * 8 and PhoneCall.objects.count() == 1
    assert Event.objects.filter(name="telephone.ring").count() == 1
