"""The world outside, as the office sees it: whose channels are used, why something waits, what a resident wants."""

from __future__ import annotations

import pytest
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.parts.outreach.models import Channel, Message, Stop
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

from .test_pages import client_of

pytestmark = pytest.mark.django_db


def a_channel(project: Project, **more: object) -> Channel:
    return Channel.objects.create(project=project, kind="sms", provider="aliyun", options={"sign_name": "青禾"}, **more)


def test_a_project_reads_that_the_channel_of_the_head_office_is_used_and_how_it_is_doing(
    north: Community, office: Project
) -> None:
    a_channel(office, faults=4, last_fault="HTTP 500: the answer is not JSON", last_fault_at=timezone.now())
    page = client_of(north, "manager").get("/p/north/office/outside").content.decode()
    assert "短信走总部的渠道" in page and "对方出错（HTTP 500）" in page and "通知只在系统内" not in page
    own = a_channel(north.project)
    page = client_of(north, "manager").get("/p/north/office/outside").content.decode()
    assert f"/office/outside/channel/{own.pk}" in page and "走总部的渠道" not in page


@pytest.mark.parametrize(("state", "fault", "says", "again"), [
    ("unsure", "HTTP 500: the answer is not JSON", "对方出错（HTTP 500）", False),
    ("queued", "quiet hours", "免打扰时段", True),
    ("failed", "isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_NUMBER_ILLEGAL", False),
])  # fmt: skip
def test_a_message_says_why_it_waits_or_did_not_go_and_promises_no_attempt_that_is_not_made(
    north: Community, state: str, fault: str, says: str, again: bool
) -> None:
    one = Message.objects.create(
        project=north.project, kind="bulletin", title="", subject_label="bulletin", subject_id=1, channel="sms", key="k",
        state=state, fault=fault, provider="aliyun", created_at=timezone.now(), next_at=timezone.now(),
    )  # fmt: skip
    page = client_of(north, "supervisor").get(f"/p/north/office/outside/message/{one.pk}").content.decode()
    assert says in page and "阿里云短信" in page and ("下次尝试" in page) is again
    assert client_of(north, "technician").get(f"/p/north/office/outside/message/{one.pk}").status_code == 404


def test_who_rings_the_desk_gets_no_more_messages_and_the_page_says_so(north: Community, south: Community) -> None:
    client, home = client_of(north, "receptionist"), f"/p/north/office/residents/{north.owner.pk}"
    where = f"/p/north/office/do/resident/{north.owner.pk}/outreach/stop_messages"
    assert f"{where}?purpose=notice" in client.get(home).content.decode()
    answer = client.post(where, {"purpose": "notice", "idempotency_key": "stop-1"}, follow=True).content.decode()
    assert "已停发" in answer and "resume_messages?purpose=notice" in answer
    assert Stop.objects.filter(resident=north.owner, purpose="notice", ended_at__isnull=True).count() == 1
    foreign = f"/p/south/office/do/resident/{south.owner.pk}/outreach/stop_messages"
    assert client.post(foreign, {"purpose": "notice", "idempotency_key": "stop-2"}).status_code == 404
    assert Event.objects.filter(name="outreach.stop_messages").count() == 1


def test_events_are_chosen_under_the_names_of_their_rooms(north: Community) -> None:
    url = f"/p/north/office/do/project/{north.project.pk}/webhooks/subscribe"
    page = client_of(north, "administrator").get(url).content.decode()
    room, verb, following = (page.index(words) for words in (">危险品</h4>", "hazmat.hand_out", ">钥匙</h4>"))
    assert room < verb < following and page.count(">危险品</h4>") == 1
