"""Codes by SMS: queued with the act, never readable, never late, never twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.parts.outreach import codes, sending
from guanjia.parts.outreach.models import Message
from guanjia.parts.outreach.tests.gateways import Gateway, sms
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
CODE, PHONE = "482915", "13911112222"


@pytest.fixture
def server(settings: Any, monkeypatch: Any) -> Any:
    settings.OUTSIDE_ALLOW = ["127.0.0.1/32"]
    with Gateway("well") as made:
        yield made


def test_a_code_waits_sealed_and_its_job_has_ids_only(north: Community) -> None:
    message = codes.send_code(north.project, PHONE, CODE, at=timezone.now(), key="one")
    assert message is not None and message.masked == "139****2222"
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM outreach_message m")
        stored = cursor.fetchone()[0]
    job = ProcrastinateJob.objects.get(task_name="outreach.send_code")
    assert CODE not in stored and PHONE not in stored
    assert set(job.args) == {"message_id", "project_id"} and job.queue_name == "codes"


def test_it_goes_out_with_the_provider_s_template_and_nothing_is_left_of_it(north: Community, server: Any) -> None:
    sms(north, "aliyun", server.url)
    message = codes.send_code(north.project, PHONE, CODE, at=timezone.now())
    assert message is not None and sending.send(message, timezone.now()) == "sent"
    [asked] = server.asked
    assert json.loads(asked.query["TemplateParam"]) == {"code": CODE} and asked.query["PhoneNumbers"] == PHONE
    kept = Message.objects.get()
    assert kept.hidden == {} and kept.receipt == "biz-1" and kept.masked == "139****2222"


def test_the_same_key_is_sent_once(north: Community) -> None:
    for _ in range(3):
        codes.send_code(north.project, PHONE, CODE, at=timezone.now(), key="one")
    assert Message.objects.count() == 1


def test_an_expired_code_is_never_sent(north: Community, server: Any) -> None:
    sms(north, "aliyun", server.url)
    message = codes.send_code(north.project, PHONE, CODE, at=timezone.now() - timedelta(minutes=6))
    assert message is not None and sending.send(message, timezone.now()) == "off"
    assert server.asked == [] and Message.objects.get().hidden == {}


def test_a_code_goes_at_night_too_and_tries_again_within_seconds(north: Community, server: Any) -> None:
    sms(north, "aliyun", server.url)
    server.mood = "busy"
    message = codes.send_code(north.project, PHONE, CODE, at=timezone.now())
    assert message is not None
    at = timezone.now()
    assert sending.send(message, at) == "queued"
    assert Message.objects.get().next_at - at == timedelta(seconds=5)


@pytest.mark.parametrize("phone", ["057180001234", "12345", ""])
def test_a_number_without_short_messages_gets_none(north: Community, phone: str) -> None:
    assert codes.send_code(north.project, phone, CODE, at=timezone.now()) is None
    assert not Message.objects.exists()


def test_without_a_channel_it_says_so_beforehand(north: Community, server: Any) -> None:
    assert not codes.can_send(north.project)
    sms(north, "aliyun", server.url)
    assert codes.can_send(north.project)
