"""E-mail meets mail servers that refuse, hang, fail, reject and drop: the act answers at once, each message goes once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.domains.repairs.tests.taking import take
from guanjia.parts.outreach import calling, jobs, operations, routes, sending
from guanjia.parts.outreach.models import Message, Notice
from guanjia.parts.outreach.tests.smtp import Server
from guanjia.parts.outreach.tests.test_notices import deliver
from guanjia.people.models import Account, Employee
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
Start = Callable[[str], Server]


@pytest.fixture
def server(settings: Any, monkeypatch: Any) -> Iterator[Start]:
    """`server("hangs")` starts one and makes it ours; time-outs are shortened, the rest is as in life."""
    made: list[Server] = []
    monkeypatch.setattr(calling, "TIMEOUT", 0.4)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""

    def start(mood: str) -> Server:
        made.append(Server(mood))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made[-1].port
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.fixture
def mailed(north: Community) -> Community:
    """The technician has an address."""
    Employee.objects.filter(pk=north.staff["technician"].pk).update(email="technician@example.org")
    north.staff["technician"].refresh_from_db()
    return north


def queued(north: Community) -> Message:
    """A repair was sent to the technician, and the queue has told so."""
    take(north, executor=north.staff["technician"])
    deliver()
    return Message.objects.select_related("project").get(employee=north.staff["technician"])


def sent(message: Message, minutes: float = 0) -> Message:
    """One attempt at sending, some minutes from now."""
    sending.send(
        Message.objects.select_related("project").get(pk=message.pk), timezone.now() + timedelta(minutes=minutes)
    )
    return Message.objects.get(pk=message.pk)


def test_a_message_is_sent_once_however_often_its_job_comes(mailed: Community, server: Start) -> None:
    mail, message = server("well"), queued(mailed)
    for _ in range(3):
        jobs.send(message.pk, mailed.project.pk)
        jobs.deliver()
    assert len(mail.received) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1) and message.sent_at is not None


def test_it_says_which_case_and_nothing_of_the_resident(mailed: Community, server: Start) -> None:
    mail, message = server("well"), queued(mailed)
    sent(message)
    read = message_from_bytes(mail.received[0], policy=policy.default)
    number = message.params["number"]
    assert read["to"] == "technician@example.org" and number in read["subject"] and number in read.get_content()
    everything = read["subject"] + read.get_content()
    assert not any(word in everything for word in (mailed.owner.name, mailed.owner.phone, "滴水", mailed.house.code))


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "派给你了"), ("zh-hant", "派給你了"), ("en", "is sent to you")]
)
def test_it_is_written_in_the_recipients_language(mailed: Community, server: Start, language: str, words: str) -> None:
    Account.objects.filter(pk=mailed.staff["technician"].account_id).update(language=language)
    mail, message = server("well"), queued(mailed)
    sent(message)
    assert words in message_from_bytes(mail.received[0], policy=policy.default).get_content()


@pytest.mark.parametrize(
    "mood",
    [
        "refuses", "hangs", "fails", "unknown", "rejects", "drops_before", "drops_silent", "drops_after", "closes",
        "garbage", "busy", "full", "banned",
    ],
)  # fmt: skip
def test_the_act_answers_at_once_whatever_the_server_does(mailed: Community, server: Start, mood: str) -> None:
    mail = server(mood)
    begun = time.monotonic()
    case = take(mailed, executor=mailed.staff["technician"])
    assert time.monotonic() - begun < 3 and mail.calls == 0 and case.pk
    assert ProcrastinateJob.objects.filter(task_name="kernel.react").exists()


@pytest.mark.parametrize(
    ("mood", "state", "texts"),
    [
        ("refuses", "queued", 0),
        ("hangs", "queued", 0),
        ("fails", "queued", 0),
        ("drops_before", "queued", 0),
        ("closes", "queued", 0),
        ("garbage", "queued", 0),
        ("busy", "queued", 0),
        ("full", "queued", 0),
        ("banned", "failed", 0),
        ("unknown", "failed", 0),
        ("rejects", "failed", 1),
        ("drops_silent", "unsure", 1),
        ("drops_after", "sent", 1),
    ],
)
def test_a_bad_server_never_gets_a_text_twice(
    mailed: Community, server: Start, mood: str, state: str, texts: int
) -> None:
    mail, message = server(mood), queued(mailed)
    begun = time.monotonic()
    assert sent(message).state == state
    assert time.monotonic() - begun < 5
    well = server("well")
    again = sent(message, minutes=2)
    assert len(mail.received) == texts
    assert (len(well.received), again.state) == ((1, "sent") if state == "queued" else (0, state))


def test_attempts_come_later_each_time_and_end(mailed: Community, server: Start) -> None:
    server("fails")
    message, waits, minutes = queued(mailed), [], 0.0
    for _ in range(len(sending.WAITS) + 1):
        at = timezone.now() + timedelta(minutes=minutes)
        after = sent(message, minutes)
        waits.append(round((after.next_at - at) / timedelta(minutes=1)))
        minutes += waits[-1] + 0.1
    assert waits[:5] == [1, 5, 15, 60, 240]
    assert after.state == "failed" and after.attempts == 6 and after.fault == "SMTPResponseException 451"


def test_what_is_not_due_yet_is_not_tried(mailed: Community, server: Start) -> None:
    mail, message = server("fails"), queued(mailed)
    sent(message)
    assert sent(message).attempts == 1 and mail.calls == 1


def test_without_a_mail_server_nothing_is_sent_and_it_says_so(mailed: Community, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert sent(queued(mailed)).state == "off" and Notice.objects.filter(kind="dispatched").exists()


@pytest.mark.parametrize("why", ["no address", "not wanted", "has left"])
def test_who_cannot_or_will_not_have_it_gets_none(mailed: Community, server: Start, why: str) -> None:
    mail, message, person = server("well"), queued(mailed), mailed.staff["technician"]
    if why == "not wanted":
        operations.wish_mail(mailed.project, by=mailed.by("technician"), wants=False)
    else:
        Employee.objects.filter(pk=person.pk).update(**({"email": ""} if why == "no address" else {"state": "left"}))
    assert sent(message).state == "off" and mail.received == []


def test_in_quiet_hours_it_waits_for_their_end(mailed: Community, server: Start) -> None:
    mail, message = server("well"), queued(mailed)
    now = timezone.localtime()
    hours = {"quiet_from": f"{now - timedelta(hours=1):%H:%M}", "quiet_to": f"{now + timedelta(hours=1):%H:%M}"}
    operations.wish_mail(mailed.project, by=mailed.by("technician"), wants=True, **hours)
    waiting = sent(message)
    assert (waiting.state, waiting.attempts, mail.received) == ("queued", 0, [])
    assert timedelta(minutes=58) < waiting.next_at - timezone.now() <= timedelta(minutes=60)
    assert sent(message, minutes=61).state == "sent"


@pytest.mark.parametrize(
    ("hour", "wakes"), [(21, None), (22, 18 + 13), (23, 18 + 13), (3, 7), (6, 7), (7, None), (12, None)]
)
def test_quiet_hours_may_span_midnight(north: Community, hour: int, wakes: int | None) -> None:
    from datetime import time as clock

    from guanjia.parts.outreach.models import MailWish

    wish = MailWish(quiet_from=clock(22), quiet_to=clock(7))
    midnight = datetime(2026, 3, 17, 16, tzinfo=UTC)  # in Shanghai
    end = routes.end_of_quiet(wish.quiet_from, wish.quiet_to, north.project, midnight + timedelta(hours=hour))
    assert end == (None if wakes is None else midnight + timedelta(hours=wakes))


@pytest.mark.parametrize(("left", "becomes"), [("sending", "queued"), ("handing", "unsure")])
def test_what_a_killed_worker_left_is_sent_again_only_when_no_text_went_out(
    mailed: Community, server: Start, left: str, becomes: str
) -> None:
    server("well")
    message = queued(mailed)
    Message.objects.filter(pk=message.pk).update(state=left, next_at=timezone.now() + timedelta(minutes=1))
    sending.recover(timezone.now())
    assert Message.objects.get().state == left  # its worker may still be alive
    sending.recover(timezone.now() + timedelta(minutes=2))
    assert Message.objects.get().state == becomes


def test_a_rival_worker_does_not_send_it_too(mailed: Community, server: Start) -> None:
    mail, message = server("well"), queued(mailed)
    stale = Message.objects.select_related("project").get(pk=message.pk)
    sent(message)
    sending.send(stale, timezone.now())
    assert len(mail.received) == 1


def test_the_same_key_is_queued_once(mailed: Community, server: Start) -> None:
    queued(mailed)
    deliver()
    assert Message.objects.filter(employee=mailed.staff["technician"]).count() == 1
    assert (
        ProcrastinateJob.objects.filter(task_name="outreach.send", args__message_id=Message.objects.get().pk).count()
        == 1
    )


def test_half_a_year_later_it_is_cleared_away(mailed: Community) -> None:
    message = queued(mailed)
    long_ago = timezone.now() - timedelta(days=200)
    Notice.objects.update(created_at=long_ago)
    Message.objects.update(created_at=long_ago)
    jobs.clear()
    assert not Notice.objects.exists() and Message.objects.filter(pk=message.pk).exists()  # it still waits
    Message.objects.update(state="off")
    jobs.clear()
    assert not Message.objects.exists()
