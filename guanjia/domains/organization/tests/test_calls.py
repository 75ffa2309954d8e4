"""A steward is called to the spot and is there in half an hour (ORG-08); the duties of the posts (ORG-01, 12, 13, 14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia import book
from guanjia.book import duties
from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.organization import operations as org
from guanjia.domains.organization.models import SiteCall
from guanjia.domains.organization.screens.posts import PAGES
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.entries.keepers import keepers
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people import posts
from guanjia.people.models import Cover, Duty, Posting
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
# A Tuesday morning in working hours, long ago enough to be told late.
TUESDAY = datetime(2026, 11, 17, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def called(north: Community, who: str = "receptionist", **more: Any) -> SiteCall:
    said = {"house": north.house.code, "reason": "楼道有人争执", **more}
    return org.call_steward(north.project, by=north.by(who), **said)


@pytest.mark.clause("ORG-08")
def test_who_answers_for_the_house_is_called_and_the_clock_runs_till_they_are_there(north: Community) -> None:
    call = called(north)
    clock = Clock.objects.get(clause_id="ORG-08")
    assert call.steward == north.staff["steward"] and clock.snapshot["calendar"]["key"] == "working_hours"
    assert clock.limit_seconds == 1800 and clock.state == "running"
    with pytest.raises(Forbidden):
        org.arrive_on_site(call, by=north.by("technician"))
    org.arrive_on_site(call, by=north.by("steward"), outcome="已劝开")
    clock.refresh_from_db()
    assert clock.state == "met" and call.arrived_at


@pytest.mark.clause("ORG-08")
def test_on_leave_the_stand_in_is_called_and_a_place_wants_a_name(north: Community, south: Community) -> None:
    today = timezone.localdate()
    Cover.objects.create(
        project=north.project, absent=north.staff["steward"], substitute=north.staff["officer"], from_on=today,
        to_on=today,
    )  # fmt: skip
    assert called(north).steward == north.staff["officer"]
    for wrong in ({"house": ""}, {"house": "", "place": "东门"}, {"house": "9-9-9999"}):
        with pytest.raises(Refused):
            called(north, **wrong)
    gate = called(north, house="", place="东门", steward=north.staff["steward"])
    with pytest.raises(Forbidden):
        org.call_off_steward(gate, by=north.by("technician"), outcome="不用来了")
    org.call_off_steward(gate, by=north.by("receptionist"), outcome="不用来了")
    assert Clock.objects.get(subject_label="site_call", subject_id=gate.pk).state == "cancelled"
    with pytest.raises(Unknown):
        org.arrive_on_site(gate, by=south.by("steward"))


@pytest.mark.clause("ORG-08")
def test_the_steward_finds_the_call_and_says_so_on_the_phone(north: Community, south: Community) -> None:
    call = called(north)
    page = reverse("organization:call", args=["north", call.pk])
    client = signed_in(north, "steward")
    assert "楼道有人争执" in client.get(page).content.decode()
    assert "楼道有人争执" in client.get(reverse("desk:today", args=["north"])).content.decode()
    assert client.post(reverse("acts:do", args=["north", "site_call", call.pk, "arrive_on_site"])).status_code == 302
    call.refresh_from_db()
    assert call.state == SiteCall.State.THERE
    assert signed_in(south, "supervisor").get(page).status_code == 404


# -- the duties of the posts ---------------------------------------------------------------------------------------------


@pytest.mark.clause("ORG-13")
def test_each_of_the_eighteen_duties_stands_in_the_words_of_the_book() -> None:
    chapter = next(c for c in duties.chapters() if c.clause == "ORG-12")
    said = {duty.step: duty.zh for duty in chapter.duties if duty.step}
    assert [said[n] for n in range(1, 19)] == list(book.clause("ORG-13")["steps"])
    assert all(duty.pages or duty.forms for duty in chapter.duties)


def test_every_way_of_a_duty_is_a_page_with_a_name() -> None:
    assert {page for chapter in duties.chapters() for duty in chapter.duties for page in duty.pages} <= set(PAGES)
    assert set(posts.NAMES) >= {post for chapter in duties.chapters() for post in chapter.posts}


@pytest.mark.clause("ORG-12", "ORG-13")
def test_the_stewards_page_has_the_four_headings_and_every_way_opens(north: Community) -> None:
    client = signed_in(north, "steward")
    shown = client.get(reverse("organization:post", args=["north", "steward"])).content.decode()
    for words in ("A 客户服务", "B 内部检查", "C 事务管理", "D 费用收缴", "每日楼宇巡查并协调处理"):
        assert words in shown
    chapter = next(c for c in duties.chapters() if c.clause == "ORG-12")
    ways = {reverse(page, args=["north"]) for duty in chapter.duties for page in duty.pages}
    ways |= {reverse("entries:new", args=["north", form]) for duty in chapter.duties for form in duty.forms}
    assert all(f'href="{way}"' in shown for way in ways)
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


@pytest.mark.clause("ORG-01")
def test_the_centre_receives_takes_complaints_coordinates_and_passes_on(north: Community) -> None:
    client = signed_in(north, "receptionist")
    shown = client.get(reverse("organization:post", args=["north", "receptionist"])).content.decode()
    chapter = next(c for c in duties.chapters() if c.clause == "ORG-01")
    said = {duty.zh for duty in chapter.duties}
    assert {"接待业主", "处理投诉", "协调维修", "传递信息", "对业主传达公司政策", "对公司转达业主诉求"} == said
    assert all(words in shown for words in said)
    for duty in chapter.duties:
        ways = [reverse(page, args=["north"]) for page in duty.pages]
        assert ways and all(client.get(way).status_code == 200 for way in ways)
    assert client.get(reverse("entries:new", args=["north", "F-CMP"])).status_code == 200
    other = signed_in(north, "guard").get(reverse("organization:post", args=["north", "receptionist"]))
    assert reverse("reception:walk-ins", args=["north"]) not in other.content.decode()
    assert client.get(reverse("organization:post", args=["north", "emperor"])).status_code == 404


@pytest.fixture
def assistant(north: Community) -> Community:
    """The officer is a customer assistant as well, with a shift from eight to five."""
    Posting.objects.create(
        project=north.project, employee=north.staff["officer"], post=posts.CUSTOMER_ASSISTANT, from_on="2024-01-01"
    )
    day = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=1)
    Duty.objects.create(
        project=north.project, employee=north.staff["officer"], post=posts.CUSTOMER_ASSISTANT, from_at=day,
        to_at=day + timedelta(hours=9),
    )  # fmt: skip
    return north


@pytest.mark.clause("ORG-14")
def test_an_assistant_owes_a_round_in_the_morning_and_one_in_the_afternoon(assistant: Community) -> None:
    rule = rules.registry["organization.assistants_rounds"]
    keeping.make_for(rule, assistant.project, timezone.now() - timedelta(days=1))
    mine = Obligation.objects.filter(rule_key=rule.key, subject_id=assistant.staff["officer"].pk).order_by("from_at")
    yesterday = [row for row in mine if row.due_at <= timezone.now()]
    assert [row.period[-2:] for row in yesterday][:2] == ["am", "pm"]
    assert all(row.is_missed(timezone.now()) for row in yesterday[:2])
    assert Obligation.objects.filter(rule_key=rule.key).exclude(subject_id=assistant.staff["officer"].pk).count() == 0


@pytest.mark.clause("ORG-14")
def test_the_assistant_takes_the_stewards_tasks_and_a_district(assistant: Community) -> None:
    north = assistant
    chapter = next(c for c in duties.chapters() if c.clause == "ORG-14")
    client = signed_in(north, "officer")
    for duty in chapter.duties:
        for page in duty.pages:
            assert client.get(reverse(page, args=["north"])).status_code == 200, page
        assert all(posts.CUSTOMER_ASSISTANT in keepers(form) for form in duty.forms), duty.zh
    org.assign_district(north.district, by=north.by("manager"), employee=north.staff["officer"])
    with pytest.raises(Refused):
        org.assign_district(north.district, by=north.by("manager"), employee=north.staff["cashier"])
