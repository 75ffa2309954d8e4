"""A notice to residents: drafted by one, published by another, told to who lives there and wants it, taken down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjia.domains.notices.models import Bulletin, State
from guanjia.domains.notices.operations import draft, drop, publish, revise, take_down
from guanjia.domains.notices.queries import audience, reached
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.outreach import routes, sending
from guanjia.parts.outreach.models import Message, Notice
from guanjia.parts.outreach.operations import stop_messages
from guanjia.parts.outreach.queries import sent_about
from guanjia.parts.outreach.tests.gateways import Gateway, channel, template
from guanjia.parts.outreach.tests.test_notices import deliver
from guanjia.people.models import Account, Consent, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import Building
from guanjia.shells.portal.tests.conftest import at_home  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"kind": "outage", "title": "周三 14:00–16:00 3 幢停水", "body": "清洗水箱，请提前蓄水。"}


def drafted(north: Community, **more: Any) -> Bulletin:
    made: Bulletin = draft(north.project, by=north.by("steward"), **{**SAID, "buildings": [], **more})
    return made


def published(north: Community, **more: Any) -> Bulletin:
    one = drafted(north, **more)
    publish(one, by=north.by("supervisor"))
    deliver()
    return one


def agreed(*residents: Resident) -> None:
    """Be contacted: what community notices need to leave the house."""
    for one in residents:
        Consent.objects.create(project=one.project, resident=one, purpose="contact", given_at=timezone.now())


@pytest.fixture
def sms(north: Community, settings: Any) -> Any:
    """Short messages with approved words for notices."""
    settings.OUTSIDE_ALLOW = ["127.0.0.1/32"]
    with Gateway("well") as server:
        channel(north, "aliyun", server.url)
        template(north, "bulletin", "sms", purpose="notice", body="{words}，详见业主端。", slots="content={words}")
        yield server


def at_hour(hour: int) -> datetime:
    now = timezone.now().astimezone(ZoneInfo("Asia/Shanghai"))
    return now.replace(hour=hour, minute=0) + timedelta(days=1)


@pytest.mark.clause("NTC-02")
def test_who_drafted_it_does_not_publish_it(north: Community) -> None:
    one: Bulletin = draft(north.project, by=north.by("supervisor"), buildings=[], **SAID)
    with pytest.raises(Forbidden):
        publish(one, by=north.by("supervisor"))
    with pytest.raises(Forbidden):
        publish(drafted(north), by=north.by("receptionist"))
    assert not Event.objects.filter(name="notices.publish").exists() and not Notice.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=one.pk).update(reviewer_id=one.author_id)


@pytest.mark.clause("NTC-02")
def test_the_lead_is_told_reviews_corrects_and_publishes(north: Community) -> None:
    one = drafted(north)
    deliver()
    assert Notice.objects.filter(kind="to_review", employee=north.staff["supervisor"]).exists()
    revise(one, by=north.by("supervisor"), buildings=[north.house.building], **{**SAID, "title": "周四 14:00 停水"})
    publish(one, by=north.by("supervisor"))
    one.refresh_from_db()
    assert (one.state, one.reviewer, one.title) == (State.PUBLISHED, north.staff["supervisor"], "周四 14:00 停水")
    assert Event.objects.filter(name="notices.publish").count() == 1
    with pytest.raises(Conflict):
        revise(one, by=north.by("supervisor"), buildings=[], **SAID)


@pytest.mark.clause("NTC-05")
def test_it_reaches_who_lives_in_its_buildings_and_nobody_else(north: Community, south: Community) -> None:
    empty = Building.objects.create(project=north.project, code="9", name="9 幢")
    at = timezone.now()
    everybody = audience(drafted(north), at)
    assert {north.owner.pk, north.tenant.pk, north.stranger.pk} <= set(everybody)
    assert audience(drafted(north, buildings=[north.house.building]), at) == everybody
    assert audience(drafted(north, buildings=[empty]), at) == []
    published(north)
    told = Notice.objects.filter(kind="bulletin")
    assert told.count() == len(everybody) and not told.filter(project=south.project).exists()
    assert not Message.objects.filter(kind="bulletin").exists()  # nothing is set up outside
    with pytest.raises(Refused):
        draft(north.project, by=north.by("steward"), **{**SAID, "buildings": [south.house.building]})


@pytest.mark.clause("NTC-05")
def test_it_goes_out_to_who_wants_it_and_what_was_sent_stands_on_it(north: Community, sms: Gateway) -> None:
    agreed(north.owner, north.tenant)
    stop_messages(north.tenant, by=north.by("steward"), purpose="notice")
    one = published(north)
    for message in Message.objects.filter(kind="bulletin"):
        sending.send(message, at_hour(10))
    states = {m.resident_id: (m.state, m.fault) for m in Message.objects.filter(kind="bulletin")}
    assert states[north.owner.pk][0] == "sent"
    assert states[north.tenant.pk] == ("off", "stopped") and states[north.stranger.pk] == ("off", "no consent")
    [asked] = sms.sends
    assert "幢停水" in asked.query["TemplateParam"]
    assert {m.resident_id for m in sent_about(one)} >= set(states)
    told, fates = reached(one)
    ends = {(fate.message.state, fate.message.fault): fate.count for fate in fates}
    assert told == Notice.objects.filter(kind="bulletin").count()
    assert ends[("sent", "")] == ends[("off", "stopped")] == 1 and ends[("off", "no consent")] >= 1


def test_quiet_hours_hold_it_until_morning_unless_it_cannot_wait(north: Community, sms: Gateway) -> None:
    agreed(north.owner)
    published(north)
    held = Message.objects.get(kind="bulletin", resident=north.owner)
    assert sending.send(held, at_hour(22)) == "queued" and not sms.sends
    held.refresh_from_db()
    assert timezone.localtime(held.next_at).hour == 8 and held.held_until == held.next_at and held.cause
    published(north, is_urgent=True)
    urgent = Message.objects.filter(kind="bulletin", resident=north.owner).latest("id")
    assert sending.send(urgent, at_hour(23)) == "sent" and len(sms.sends) == 1


def test_taken_down_what_waits_does_not_go_and_who_read_it_is_told(
    north: Community,
    sms: Gateway,
    at_home: Any,  # noqa: F811
) -> None:
    agreed(north.owner)
    one = published(north)
    page = f"/p/north/home/notices/{one.pk}"
    assert SAID["body"] in at_home(north, "owner").get(page).content.decode()
    take_down(one, by=north.by("supervisor"), reason="改期")
    deliver()
    waiting = Message.objects.get(kind="bulletin", resident=north.owner)
    assert (waiting.state, waiting.fault) == ("off", "called off")
    assert sending.send(waiting, at_hour(10)) == "off" and not sms.sends
    assert Notice.objects.filter(kind="bulletin_over", resident=north.owner).count() == 1
    assert at_home(north, "owner").get(page).status_code == 404
    with pytest.raises(Conflict):
        take_down(one, by=north.by("supervisor"), reason="改期")


def test_a_draft_is_not_read_outside_and_can_be_dropped(north: Community, at_home: Any) -> None:  # noqa: F811
    one = drafted(north)
    client = at_home(north, "owner")
    assert client.get(f"/p/north/home/notices/{one.pk}").status_code == 404
    assert SAID["title"] not in client.get("/p/north/home/notices").content.decode()
    with pytest.raises(Forbidden):
        drop(one, by=north.by("technician"), reason="不用了")
    drop(one, by=north.by("steward"), reason="不用了")
    assert Bulletin.objects.get().state == State.DROPPED


def test_residents_of_elsewhere_find_nothing(
    north: Community,
    south: Community,
    at_home: Any,  # noqa: F811
) -> None:
    one = published(north)
    assert SAID["title"] in at_home(north, "owner").get("/p/north/home/notices").content.decode()
    assert at_home(south, "owner").get(f"/p/south/home/notices/{one.pk}").status_code == 404
    assert at_home(south, "owner").get(f"/p/north/home/notices/{one.pk}").status_code == 404


def test_the_ways_to_a_whole_project_cost_no_more_than_to_one(north: Community, sms: Gateway) -> None:
    def cost(residents: list[Resident]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert len(routes.ways_of(north.project, residents)) == len(residents)
        return len(seen)

    assert cost([north.owner]) == cost([north.owner, north.tenant, north.stranger])


def test_the_page_says_whom_it_will_reach_and_then_whom_it_did(north: Community) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="north.steward"))
    session = client.session
    session["generation"] = 0
    session.save()
    answer = client.post("/p/north/bulletins/new", {**SAID, "title": ""})
    assert answer.status_code == 422 and SAID["body"] in answer.content.decode()
    made = client.post("/p/north/bulletins/new", {**SAID, "buildings": [north.house.building.pk]})
    page = client.get(made.headers["Location"]).content.decode()
    assert "将发给" in page and "3\u2009幢" in page and "publish" not in page
    publish(Bulletin.objects.get(), by=north.by("supervisor"))
    deliver()
    assert "业主端已收到" in client.get(made.headers["Location"]).content.decode()
    take_down(Bulletin.objects.get(), by=north.by("supervisor"), reason="检修提前做完")
    assert "检修提前做完" in client.get(made.headers["Location"]).content.decode()
    assert SAID["title"] in client.get("/p/north/bulletins").content.decode()


@pytest.mark.clause("NTC-04")
def test_each_month_owes_a_notice_on_law_or_estate_rules_and_no_other_settles_it(north: Community) -> None:
    keeping.make_for(rules.registry["notices.policy"], north.project, timezone.now())
    month = Obligation.objects.filter(project=north.project, rule_key="notices.policy").earliest("from_at")
    published(north, kind="outage")
    month.refresh_from_db()
    assert month.state == Obligation.State.OPEN and month.clause_id == "NTC-04"
    drafted(north, kind="policy")
    month.refresh_from_db()
    assert month.state == Obligation.State.OPEN, "a draft tells nobody anything"
    published(north, kind="policy", title="电动自行车不得进楼充电")
    month.refresh_from_db()
    assert month.state == Obligation.State.MET
