"""Webhooks out: told soon, signed, once per id, never personal, paused when nobody answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from guanjia.domains.repairs.tests.taking import take
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.outreach import calling
from guanjia.parts.outreach.tests.gateways import MOODS, SLOW, Gateway
from guanjia.parts.webhooks import delivering, jobs, listening, operations, signing
from guanjia.parts.webhooks.models import Delivery, Subscription
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(settings: Any, monkeypatch: Any) -> Iterator[Any]:
    settings.OUTSIDE_ALLOW = ["127.0.0.1/32"]
    listening.forget()
    with ExitStack() as stack:

        def started(mood: str) -> Gateway:
            monkeypatch.setattr(calling, "TIMEOUT", 0.8 if mood in SLOW else 5)
            return stack.enter_context(Gateway(mood))

        yield started
    listening.forget()


def subscribe(north: Community, url: str, *events: str) -> Subscription:
    made: Subscription = operations.subscribe(
        north.project, by=north.by("administrator"), name="BI", url=url, events=list(events or ("repairs.record",))
    )
    return made


def posted(delivery: Delivery, seconds: float = 0) -> Delivery:
    fresh = Delivery.objects.select_related("subscription").get(pk=delivery.pk)
    delivering.deliver(fresh, timezone.now() + timedelta(seconds=seconds))
    return Delivery.objects.get(pk=delivery.pk)


def test_an_event_is_told_once_with_a_signature_that_anybody_can_check(north: Community, start: Any) -> None:
    server = start("well")
    made = subscribe(north, f"{server.url}/hook")
    case = take(north)
    delivery = Delivery.objects.get()
    for _ in range(3):
        jobs.deliver(delivery.pk, north.project.pk)
        jobs.sweep()
    [asked] = server.asked
    body = asked.json()
    assert body["type"] == "repairs.record" and body["data"]["subject"]["id"] == str(case.pk)
    head = asked.headers
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + asked.body
    key = base64.b64decode(made.shown_once.removeprefix("whsec_"))
    assert head["webhook-signature"] == "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert Delivery.objects.get().state == "sent"


def test_what_is_posted_names_nobody(north: Community, start: Any) -> None:
    server = start("well")
    subscribe(north, server.url)
    case = take(north)
    posted(Delivery.objects.get())
    said = json.dumps(server.asked[0].json(), ensure_ascii=False)
    assert not [w for w in (north.owner.name, north.owner.phone, case.title, north.house.code) if w in said]


def test_what_nobody_subscribed_to_costs_one_statement_in_five_seconds(north: Community, start: Any) -> None:
    take(north)
    assert not Delivery.objects.exists()
    event = Event.objects.filter(name="repairs.record").first()
    from django.test.utils import CaptureQueriesContext

    listening.on_event(event, None, north.by("receptionist"))
    by = north.by("receptionist")
    with CaptureQueriesContext(connection) as seen:
        for _ in range(5):
            listening.on_event(event, None, by)
    assert len(seen) == 0


def test_history_that_is_brought_in_is_not_told(north: Community, start: Any) -> None:
    subscribe(north, start("well").url)
    event = Event.objects.create(
        project=north.project, name="repairs.record", actor_kind="staff", subject_label="case", subject_id=1,
        at=timezone.now(), request_id="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    listening.on_event(event, None, north.by("receptionist", channel="import"))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "mood", ["refuses", "hangs", "drips", "fails", "closes", "half", "redirects", "limits", "late", "huge"]
)
def test_an_address_that_fails_is_tried_again_later(north: Community, start: Any, mood: str) -> None:
    bad = start(mood)
    subscribe(north, bad.url)
    take(north)
    after = posted(Delivery.objects.get())
    assert (after.state, after.attempts) == ("queued", 1) and after.fault
    assert timedelta(seconds=25) < after.next_at - timezone.now() <= timedelta(seconds=30)
    good = start("well")
    Subscription.objects.update(url=good.url)
    assert posted(after).attempts == 1, "not before its time"
    assert posted(after, 60).state == "sent" and len(good.asked) == 1
    assert Subscription.objects.get().faults == 0


def test_the_act_of_a_person_answers_at_once_whatever_the_address_does(north: Community, start: Any) -> None:
    made = subscribe(north, start("well").url)
    for mood in (*MOODS, "twice"):
        bad = start(mood)
        Subscription.objects.filter(pk=made.pk).update(url=bad.url)
        begun = time.monotonic()
        take(north, apart=True)
        assert time.monotonic() - begun < 3 and bad.asked == [], mood
    assert Delivery.objects.filter(state="queued").count() == len(MOODS) + 1


def test_an_answer_that_comes_twice_counts_once(north: Community, start: Any) -> None:
    server = start("twice")
    subscribe(north, server.url)
    take(north)
    after = posted(Delivery.objects.get())
    assert (after.state, posted(after, 60).attempts, len(server.asked)) == ("sent", 1, 1)


def test_attempts_end_and_can_be_made_again(north: Community, start: Any) -> None:
    subscribe(north, start("fails").url)
    take(north)
    delivery, seconds = Delivery.objects.get(), 0.0
    for _ in range(8):
        delivery = posted(delivery, seconds)
        seconds += 13 * 3600
    assert (delivery.state, delivery.attempts, delivery.status) == ("failed", 7, 500)
    operations.deliver_again(delivery, by=north.by("manager"))
    Subscription.objects.update(url=start("well").url)
    assert posted(delivery).state == "sent"


def test_repeated_failure_pauses_the_subscription_and_a_person_goes_on(north: Community, start: Any) -> None:
    made = subscribe(north, start("refuses").url)
    Subscription.objects.update(faults=delivering.MOST_FAULTS - 1)
    take(north)
    posted(Delivery.objects.get())
    made.refresh_from_db()
    assert made.state == "paused" and made.paused_why
    take(north, apart=True)
    assert Delivery.objects.count() == 1
    assert posted(Delivery.objects.get(), 60).state == "dropped"
    operations.resume_webhook(made, by=north.by("administrator"))
    take(north, apart=True)
    assert Delivery.objects.count() == 2


def test_both_secrets_sign_for_a_day_after_a_change(north: Community, start: Any) -> None:
    server = start("well")
    made = subscribe(north, server.url)
    old = made.shown_once
    operations.rotate_secret(made, by=north.by("administrator"))
    new = made.shown_once
    take(north)
    posted(Delivery.objects.get())
    asked = server.asked[0]
    now = int(asked.headers["webhook-timestamp"])
    assert old != new
    assert all(signing.is_signed([one], asked.headers, asked.body, now) for one in (old, new))
    assert made.secrets(timezone.now() + timedelta(days=2)) == [new]


def test_the_secret_is_shown_once_and_stands_nowhere(north: Community, start: Any) -> None:
    made = subscribe(north, start("well").url)
    secret = made.shown_once
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM webhooks_subscription s UNION ALL SELECT e::text FROM kernel_event e")
        assert not [row for (row,) in cursor.fetchall() if secret in row or secret[6:] in row]
    assert not hasattr(Subscription.objects.get(), "shown_once")


def test_a_trial_is_delivered_and_leaves_no_pause_behind(north: Community, start: Any) -> None:
    made = subscribe(north, start("refuses").url)
    for _ in range(2):
        operations.try_webhook(made, by=north.by("administrator"))
        assert posted(Delivery.objects.latest("id")).state == "failed"
    assert Subscription.objects.get().faults == 0
    Subscription.objects.update(url=start("well").url)
    operations.try_webhook(made, by=north.by("administrator"))
    assert posted(Delivery.objects.latest("id")).state == "sent"


@pytest.mark.parametrize(
    "url", ["http://example.com/x", "https://10.0.0.1/x", "https://localhost/x", "https://u:p@example.com", "x"]
)
def test_an_address_inside_or_without_encryption_is_refused(north: Community, url: str) -> None:
    with pytest.raises(Refused) as refusal:
        subscribe(north, url)
    assert "url" in refusal.value.errors and not Subscription.objects.exists()


@pytest.mark.parametrize("name", ["people.change_password", "outreach.change_secret", "nothing.at_all", "*"])
def test_only_events_of_the_list_can_be_subscribed_to(north: Community, name: str) -> None:
    with pytest.raises(Refused):
        subscribe(north, "https://hooks.example.com/x", name)


def test_only_the_administrator_subscribes_and_nobody_sees_another_project_s(
    north: Community, south: Community
) -> None:
    with pytest.raises(Forbidden):
        operations.subscribe(
            north.project, by=north.by("manager"), name="x", url="https://hooks.example.com", events=["repairs.record"]
        )
    made = subscribe(north, "https://hooks.example.com/x")
    with pytest.raises(Unknown):
        operations.end_webhook(made, by=south.by("administrator"))
    with pytest.raises(Forbidden):
        operations.end_webhook(made, by=north.by("receptionist"))


@pytest.mark.parametrize("change", ["body", "id", "time", "secret", "old", "future", "none"])
def test_a_signature_that_does_not_fit_is_no_signature(change: str) -> None:
    secret, body, now = signing.new_secret(), b'{"a":1}', 1_790_000_000
    head = signing.headers([secret], "m1", now, body)
    assert signing.is_signed([secret], head, body, now)
    other = {
        "body": ([secret], head, b'{"a":2}', now),
        "id": ([secret], head | {"webhook-id": "m2"}, body, now),
        "time": ([secret], head | {"webhook-timestamp": str(now + 1)}, body, now),
        "secret": ([signing.new_secret()], head, body, now),
        "old": ([secret], head, body, now + 301),
        "future": ([secret], head, body, now - 301),
        "none": ([secret], {}, body, now),
    }[change]
    assert not signing.is_signed(*other)
