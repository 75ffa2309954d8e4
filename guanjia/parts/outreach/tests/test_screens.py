"""The page of notices as its user opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanjia.domains.repairs.tests.taking import take
from guanjia.kernel.models import Event
from guanjia.parts.outreach import queries
from guanjia.parts.outreach.models import Notice
from guanjia.parts.outreach.telling import give
from guanjia.parts.outreach.tests.test_notices import deliver
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word 7"
PAGE = "/p/north/notices"


def seat(community: Community, who: str) -> Client:
    account = Account.objects.get(username=f"{community.project.code}.{who}")
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    client = Client()
    client.post("/login", {"username": account.username, "password": PASSWORD})
    return client


@pytest.fixture
def at_work(north: Community) -> Any:
    """The technician, who was sent to a repair."""
    case = take(north, executor=north.staff["technician"])
    deliver()
    return seat(north, "technician"), case


def test_the_page_says_what_was_sent_and_where(at_work: Any) -> None:
    client, case = at_work
    shown = client.get(PAGE).content.decode()
    assert f"{case.number} 派给你了" in shown and case.title in shown and "未读" in shown


def test_going_to_the_thing_reads_the_notice(at_work: Any) -> None:
    client, _case = at_work
    notice = Notice.objects.get(employee__isnull=False, kind="dispatched")
    assert client.post(f"{PAGE}/{notice.pk}").status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is not None and Event.objects.filter(name="outreach.read").count() == 1
    assert client.post(f"{PAGE}/{notice.pk}").status_code == 302  # again: only goes there
    assert Event.objects.filter(name="outreach.read").count() == 1


def test_reading_is_never_done_by_looking(at_work: Any) -> None:
    client, _case = at_work
    notice = Notice.objects.get(kind="dispatched")
    assert client.get(f"{PAGE}/{notice.pk}").status_code == 405
    client.get(PAGE)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_read_at_once(at_work: Any, north: Community) -> None:
    client, _case = at_work
    for _ in range(2):
        assert client.post(f"{PAGE}/read-all").status_code == 302
    assert queries.unread(north.by("technician")) == 0


def test_wishes_are_kept_and_a_wrong_hour_is_told_at_its_field(at_work: Any, north: Community) -> None:
    client, _case = at_work
    refused = client.post(f"{PAGE}/mail", {"wants": "on", "quiet_from": "22:00"})
    assert refused.status_code == 422 and "两个时间都写" in refused.content.decode()
    assert client.post(f"{PAGE}/mail", {"quiet_from": "22:00", "quiet_to": "07:00"}).status_code == 302
    assert queries.wish_of(north.staff["technician"].pk, north.project.pk).wants is False


def test_earlier_ones_come_page_by_page(at_work: Any, north: Community) -> None:
    client, _case = at_work
    about = {"subject": ("project", north.project.pk), "at": timezone.now(), "params": {"count": 3}}
    for number in range(30):
        give(north.project.pk, "carried", f"t{number}", staff=[north.staff["technician"].pk], **about)
    first = client.get(PAGE)
    next_url = f"{PAGE}?before={Notice.objects.filter(employee__isnull=False).order_by('-id')[24].pk}"
    assert next_url in first.content.decode()
    part = client.get(next_url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and part.count("<form") == 6


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "0"])
def test_a_strange_page_is_the_first_page(at_work: Any, before: str) -> None:
    assert at_work[0].get(PAGE, {"before": before}).status_code == 200


def test_nobody_reads_anothers_notice_or_another_projects_page(
    at_work: Any, north: Community, south: Community
) -> None:
    notice = Notice.objects.get(kind="dispatched")
    assert seat(north, "guard").post(f"{PAGE}/{notice.pk}").status_code == 404
    assert seat(south, "technician").get(PAGE).status_code == 404
    assert at_work[0].post(f"{PAGE}/{'9' * 40}").status_code == 404


def test_the_bell_counts_what_is_unread(at_work: Any, north: Community) -> None:
    client, _case = at_work
    assert 'href="/p/north/notices"' in client.get(PAGE).content.decode()
    assert queries.unread(north.by("technician"), north.project) == 1
