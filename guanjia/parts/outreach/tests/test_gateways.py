"""Every gateway in every way that a gateway can fail: the act never waits, nothing is sent twice, nothing is believed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.domains.repairs.tests.taking import take
from guanjia.parts.outreach import calling, sending
from guanjia.parts.outreach.models import Channel, Message
from guanjia.parts.outreach.telling import post
from guanjia.parts.outreach.tests.gateways import MOODS, SLOW, Gateway, bind, channel, each_provider, template
from guanjia.parts.outreach.tests.test_notices import deliver
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
PROVIDERS = tuple(each_provider())
# Nothing was taken, or the provider says so: again later.
NOT_TAKEN = frozenset({"refuses", "redirects", "limits"})
# These drop a second delivery of the same key, so what is unsure is sent again.
BY_KEY = frozenset({"official", "app"})


@pytest.fixture
def start(settings: Any, monkeypatch: Any) -> Iterator[Any]:
    """`start("hangs")`: a server of that mood; five seconds are shortened where they are waited for."""
    settings.OUTSIDE_ALLOW = ["127.0.0.1/32"]
    settings.EMAIL_HOST = ""
    with ExitStack() as stack:

        def started(mood: str) -> Gateway:
            monkeypatch.setattr(calling, "TIMEOUT", 0.8 if mood in SLOW else 5)
            return stack.enter_context(Gateway(mood))

        yield started


def written(north: Community, provider: str, kind: str, key: str = "k") -> Message:
    """A message that waits to go out by this provider."""
    to: dict[str, Any] = (
        {"employee": north.staff["technician"]} if kind in ("wecom", "robot") else {"resident": north.owner}
    )
    if kind == "robot":
        to = {}
    if kind == "wecom":
        bind(north, "wecom", "jiangtongshi", employee=north.staff["technician"])
    if kind == "wechat":
        bind(north, "wechat", "o-openid-1", resident=north.owner)
    if kind in ("sms", "wechat"):
        template(north, "ready", kind, slots="thing1={words}" if kind == "wechat" else "number={number}")
    at = timezone.now()
    [made] = post([
        Message(
            project=north.project, kind="ready", title="Your report %(number)s is done: please say whether it is fixed",
            params={"number": "BY-1"}, subject_label="project", subject_id=north.project.pk, channel=kind,
            purpose="service", is_urgent=True, key=key, created_at=at, next_at=at, **to,
        )
    ])  # fmt: skip
    return made


def sent(message: Message, minutes: float = 0) -> Message:
    fresh = Message.objects.select_related("project").get(pk=message.pk)
    sending.send(fresh, timezone.now() + timedelta(minutes=minutes))
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize(("provider", "kind"), PROVIDERS)
def test_it_is_sent_once_with_what_the_provider_asks_for(
    north: Community, start: Any, provider: str, kind: str
) -> None:
    server = start("well")
    channel(north, provider, server.url)
    message = written(north, provider, kind)
    for _ in range(3):
        after = sent(message)
    assert (after.state, after.attempts, after.provider) == ("sent", 1, provider)
    [asked] = server.sends
    said = str(asked.query) + asked.body.decode()
    assert "BY-1" in said and north.owner.name not in said
    assert north.owner.phone not in after.masked


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize(("provider", "kind"), PROVIDERS)
def test_a_gateway_that_fails_is_told_apart_by_whether_it_took_the_message(
    north: Community, start: Any, monkeypatch: Any, provider: str, kind: str, mood: str
) -> None:
    server = start("well")
    channel(north, provider, server.url)
    message = written(north, provider, kind)
    bad = start(mood)
    Channel.objects.update(endpoint=bad.url)
    if mood != "refuses":  # the token is known already: what fails is the message itself
        Channel.objects.update(token="kept", token_until=timezone.now() + timedelta(hours=1))
    begun = time.monotonic()
    after = sent(message)
    assert time.monotonic() - begun < 3
    is_again = mood in NOT_TAKEN or provider in BY_KEY
    assert after.state == ("queued" if is_again else "unsure"), after.fault
    assert after.fault and not any(word in after.fault for word in (north.owner.phone, "key", "openid"))
    Channel.objects.update(endpoint=server.url, rests_until=None)
    monkeypatch.setattr(calling, "TIMEOUT", 5)
    later = sent(message, minutes=11 if mood == "limits" else 2)
    assert later.state == ("sent" if is_again else "unsure")
    assert len(server.sends) == (1 if is_again else 0)


@pytest.mark.parametrize("mood", ["twice", "well"])
@pytest.mark.parametrize(("provider", "kind"), PROVIDERS)
def test_an_answer_that_comes_twice_counts_once(
    north: Community, start: Any, provider: str, kind: str, mood: str
) -> None:
    server = start(mood)
    channel(north, provider, server.url)
    message = written(north, provider, kind)
    assert sent(message).state == "sent" and sent(message).attempts == 1 and len(server.sends) == 1


@pytest.mark.parametrize(("provider", "kind"), [one for one in PROVIDERS if one[0] in BY_KEY])
def test_what_is_sent_again_carries_the_same_key(north: Community, start: Any, provider: str, kind: str) -> None:
    server = start("closes")
    channel(north, provider, server.url)
    message = written(north, provider, kind)
    sent(message)
    server.mood = "well"
    assert sent(message, minutes=2).state == "sent"
    first, second = (one.json() for one in server.sends)
    assert first == second
    assert first.get("client_msg_id") or first["enable_duplicate_check"] == 1


@pytest.mark.parametrize(("provider", "kind"), [one for one in PROVIDERS if one[0] in BY_KEY])
def test_beyond_the_time_in_which_doubles_are_dropped_nothing_is_sent_again(
    north: Community, start: Any, provider: str, kind: str
) -> None:
    server = start("closes")
    channel(north, provider, server.url)
    message, states, minutes = written(north, provider, kind), [], 0.0
    for _ in range(5):
        Channel.objects.update(rests_until=None)
        after = sent(message, minutes)
        states.append(after.state)
        minutes += 61
    assert states[-1] == "unsure" and len(server.sends) <= 2


@pytest.mark.parametrize(("provider", "kind"), PROVIDERS)
def test_a_refusal_of_the_provider_ends_it_and_is_seen(north: Community, start: Any, provider: str, kind: str) -> None:
    server = start("forbidden")
    channel(north, provider, server.url)
    after = sent(written(north, provider, kind))
    assert after.state == "failed" and after.fault
    assert sent(after).attempts == 1 and len(server.sends) == 1


@pytest.mark.parametrize(("provider", "kind"), PROVIDERS)
def test_attempts_end(north: Community, start: Any, provider: str, kind: str) -> None:
    server = start("busy")
    channel(north, provider, server.url)
    message, minutes = written(north, provider, kind), 0.0
    for _ in range(8):
        Channel.objects.update(rests_until=None)
        after = sent(message, minutes)
        minutes += 241
    assert (after.state, after.attempts) == ("failed", len(sending.WAITS) + 1) and len(server.sends) == 6


def test_the_act_of_a_person_never_meets_the_network(north: Community, start: Any, monkeypatch: Any) -> None:
    first = start("well")
    for provider, _kind in PROVIDERS:
        if provider != "tencent":  # one of a kind is in use
            channel(north, provider, first.url)

    def never(*_given: Any, **_more: Any) -> Any:
        raise AssertionError("the network inside an act")

    for mood in (*MOODS, "twice"):
        server = start(mood)
        Channel.objects.update(endpoint=server.url)
        ProcrastinateJob.objects.filter(task_name="outreach.send").delete()
        with monkeypatch.context() as patched:
            patched.setattr(calling, "call", never)
            patched.setattr(calling, "checked", never)
            begun = time.monotonic()
            case = take(north, executor=north.staff["technician"], apart=True)
            assert time.monotonic() - begun < 3 and case.pk, mood
            deliver()  # the reaction too only writes what is to be sent
        assert server.asked == [], mood
        assert ProcrastinateJob.objects.filter(task_name="outreach.send").exists(), mood


# -- tokens -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("provider", "kind"), [one for one in PROVIDERS if one[0] in BY_KEY])
def test_a_token_is_fetched_once_and_kept_sealed(north: Community, start: Any, provider: str, kind: str) -> None:
    server = start("well")
    made = channel(north, provider, server.url)
    sent(written(north, provider, kind, key="a"))
    second = Message.objects.get(key="a")
    second.pk, second.key, second.state, second.attempts = None, "b", "queued", 0
    second.next_at = second.created_at
    second.save(force_insert=True)
    assert sent(second).state == "sent" and server.tokens == 1
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM outreach_channel c WHERE id = %s", [made.pk])
        assert "token-1" not in cursor.fetchone()[0]


@pytest.mark.parametrize(("provider", "kind"), [one for one in PROVIDERS if one[0] in BY_KEY])
def test_a_token_that_ended_is_fetched_anew_within_the_same_attempt(
    north: Community, start: Any, provider: str, kind: str
) -> None:
    server = start("well")
    channel(north, provider, server.url)
    Channel.objects.update(token="token-old", token_until=timezone.now() + timedelta(hours=1))
    server.dead_tokens = {"token-old"}
    after = sent(written(north, provider, kind))
    assert (after.state, after.attempts, server.tokens) == ("sent", 1, 1)


# -- a gateway that is down holds up nothing else ---------------------------------------------------------------------


def test_a_gateway_that_keeps_failing_is_left_alone_for_a_while(north: Community, start: Any) -> None:
    server = start("refuses")
    channel(north, "robot", server.url)
    messages = [written(north, "robot", "robot", key=str(n)) for n in range(5)]
    for message in messages:
        sent(message)
    rested = Message.objects.filter(attempts=0).count()
    assert rested == 2 and Channel.objects.get().rests_until > timezone.now()
    well = start("well")
    Channel.objects.update(endpoint=well.url)
    assert sent(messages[-1], minutes=2).state == "sent"
    assert Channel.objects.get().rests_until is None
