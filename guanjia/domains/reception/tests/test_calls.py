"""Calls are written down once, missed ones rung back, promises kept, messages acknowledged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.cases.operations import answer as answer_case
from guanjia.domains.cases.operations import record_enquiry
from guanjia.domains.reception import papers, queries
from guanjia.domains.reception.models import Call, CallBack, Slip
from guanjia.domains.reception.operations import (
    acknowledge,
    log,
    note_call,
    pass_on,
    reply_call,
    ring_back,
    show_number,
    take_message,
)
from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.entries.keepers import kept_forms
from guanjia.parts.papers.press import Press
from guanjia.parts.telephone.models import Line, PhoneCall
from guanjia.parts.telephone.operations import answer, connect, miss, ring
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import made

pytestmark = pytest.mark.django_db
NUMBER = "13311110000"


def written(community: Community, who: str = "receptionist", **more: Any) -> Call:
    said = {"caller": "陶来电", "phone": NUMBER, "topic": "enquiry", "content": "问车位月租怎么办",
            "handling": "已告知办理地点", **more}  # fmt: skip
    return log(community.project, by=community.by(who), **said)


def rang(community: Community, reference: str = "c-1", number: str = NUMBER) -> PhoneCall:
    line = Line.objects.filter(project=community.project).first() or connect(
        community.project, by=community.by("administrator"), name="总机"
    )
    call: PhoneCall = ring(community.project, by=system(), line=line, reference=reference, number=number)
    return call


@pytest.mark.clause("DESK-06")
def test_a_call_is_written_down_with_what_the_form_asks(north: Community) -> None:
    call = written(north, house="3幢2单元1201")
    assert (call.house, call.answered_by, call.state) == (north.house, north.staff["receptionist"], "settled")
    assert call.masked_phone == "133****0000"
    event = Event.objects.get(name="reception.log")
    for value in ("陶来电", NUMBER, "车位"):
        assert value not in str(event.given)


@pytest.mark.clause("DESK-06")
@pytest.mark.parametrize("missing", ["caller", "phone", "content", "handling"])
def test_what_the_form_asks_and_is_missing_is_refused_at_its_field(north: Community, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        written(north, **{missing: ""})
    assert set(refusal.value.errors) == {missing} and not Call.objects.exists()


@pytest.mark.clause("DESK-06")
def test_what_the_telephone_knows_is_not_typed_and_one_call_is_written_once(north: Community) -> None:
    rung = rang(north)
    answer(rung, by=system())
    call = written(north, phone="", phone_call=rung)
    assert (str(call.phone), call.called_at, call.answered_at) == (NUMBER, rung.rang_at, rung.answered_at)
    with pytest.raises(Conflict):
        written(north, phone_call=rung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(
            project=north.project, number="x", called_at=timezone.now(), answered_by=call.answered_by, topic="other",
            content="x", phone_call=rung, moved_at=timezone.now(),
        )  # fmt: skip


def enquiry(community: Community, who: str = "receptionist", **more: Any) -> Any:
    said = {"content": "问装修押金怎么退", "resident": community.owner, "place": "home", "house": community.house,
            "channel": "phone", "apart": True, **more}  # fmt: skip
    return record_enquiry(community.project, by=community.by(who), **said)


@pytest.mark.clause("DESK-06")
def test_a_call_that_became_a_case_points_to_it_and_says_nothing_twice(north: Community) -> None:
    case = enquiry(north)
    call = log(north.project, by=north.by("receptionist"), topic="enquiry", case=case, content="又写一遍")
    assert (call.case, call.content, call.house) == (case, "", north.house)
    printed = papers.rows("F-CALL", north.project, timezone.localdate(), by=north.by("receptionist"))
    assert printed[0]["content"] == case.content and printed[0]["caller"] == north.owner.name
    assert north.owner.phone not in str(printed)


@pytest.mark.clause("DESK-02")
@pytest.mark.clause("DESK-03")
def test_at_night_the_control_room_writes_into_the_same_log(north: Community) -> None:
    night = datetime(2026, 3, 18, 23, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    by = north.by("control_room", night, channel="demo", recorded_at=night)
    call = log(north.project, by=by, caller="陶来电", phone=NUMBER, topic="other", content="楼道有异响",
               handling="已通知保安巡查")  # fmt: skip
    assert call in queries.calls(north.project, north.by("receptionist")) and call.called_at == night


@pytest.mark.clause("DESK-12")
def test_a_promised_reply_runs_until_it_is_given(north: Community) -> None:
    until = timezone.now() + timedelta(hours=3)
    call = written(north, reply_by=until)
    clock = Clock.objects.get(clause_id="DESK-12")
    assert abs(clock.due_at - until) < timedelta(seconds=2) and call.state == "promised"
    reply_call(call, by=north.by("officer"), reply="月租在收费处办，带行驶证")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    with pytest.raises(Conflict):
        reply_call(call, by=north.by("officer"), reply="再说一遍")


@pytest.mark.clause("DESK-12")
def test_a_promise_in_the_past_is_refused(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        written(north, reply_by=timezone.now() - timedelta(minutes=1))
    assert set(refusal.value.errors) == {"reply_by"}


@pytest.mark.clause("DESK-18")
def test_what_the_supervisor_has_to_know_of_runs_until_it_is_noted(north: Community) -> None:
    call = written(north, topic="opinion", content="希望门厅晚上亮一点")
    clock = Clock.objects.get(clause_id="DESK-18")
    with pytest.raises(Forbidden):
        note_call(call, by=north.by("receptionist"))
    note_call(call, by=north.by("supervisor"))
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    written(north)
    assert Clock.objects.filter(clause_id="DESK-18").count() == 1


# -- missed calls ----------------------------------------------------------------------------------------------------


@pytest.mark.clause("DESK-04", "HOUSE-07")
def test_whoever_was_missed_is_owed_one_call_back_however_often_they_rang(north: Community) -> None:
    for n in range(3):
        miss(rang(north, f"c-{n}"), by=system())
    back = CallBack.objects.get()
    assert (back.missed, back.masked, back.state) == (3, "133****0000", "owed")
    clock = Clock.objects.get(clause_id="HOUSE-07")
    assert (clock.state, clock.limit_seconds) == (Clock.State.RUNNING, 1800)
    ring_back(back, by=north.by("receptionist"), outcome="reached", words="问停水，已答复")
    assert back.state == "done" and Clock.objects.get(clause_id="HOUSE-07").stopped_at


@pytest.mark.clause("DESK-04")
def test_who_rings_again_and_is_answered_is_owed_nothing(north: Community) -> None:
    miss(rang(north, "c-1"), by=system())
    answer(rang(north, "c-2"), by=system())
    back = CallBack.objects.get()
    assert (back.state, back.outcome) == ("done", "called_again")


def test_a_withheld_number_cannot_be_rung_back(north: Community) -> None:
    miss(rang(north, number=""), by=system())
    assert not CallBack.objects.exists()


@pytest.mark.clause("DESK-04")
def test_a_call_back_is_not_given_up_after_one_try(north: Community) -> None:
    miss(rang(north), by=system())
    back = CallBack.objects.get()
    with pytest.raises(Refused):
        ring_back(back, by=north.by("receptionist"), outcome="nobody")
    ring_back(back, by=north.by("receptionist"), outcome="not_reached")
    assert back.state == "owed"
    ring_back(back, by=north.by("receptionist"), outcome="nobody")
    assert back.state == "done"
    with pytest.raises(Conflict):
        ring_back(back, by=north.by("receptionist"), outcome="reached")


@pytest.mark.clause("PRIV-01")
def test_to_see_a_number_leaves_an_event_and_is_not_for_everybody(north: Community) -> None:
    miss(rang(north), by=system())
    back = CallBack.objects.get()
    show_number(back, by=north.by("receptionist"))
    assert Event.objects.filter(name="reception.show_number").count() == 1
    for who in ("guard", "technician", "cashier"):
        with pytest.raises((Forbidden, Unknown)):
            show_number(back, by=north.by(who))


@pytest.mark.clause("DESK-04")
def test_the_share_of_answered_calls_counts_what_came_in(north: Community) -> None:
    answer(rang(north, "c-1"), by=system())
    miss(rang(north, "c-2", "13311110001"), by=system())
    rang(north, "c-3", "13311110002")
    now = timezone.now()
    assert queries.answered(north.project, now - timedelta(hours=1), now + timedelta(hours=1)).numbers == (1, 2)


# -- messages --------------------------------------------------------------------------------------------------------


def slip(community: Community, **more: Any) -> Slip:
    said = {"caller": "陶来电", "phone": NUMBER, "addressee": community.staff["technician"],
            "message": "请回电说水表的事", **more}  # fmt: skip
    return take_message(community.project, by=community.by("receptionist"), **said)


@pytest.mark.clause("DESK-07")
@pytest.mark.clause("DESK-08")
def test_a_message_runs_until_whom_it_is_for_has_acknowledged_it(north: Community) -> None:
    one = slip(north)
    clock = Clock.objects.get(clause_id="DESK-08")
    pass_on(one, by=north.by("receptionist"))
    clock.refresh_from_db()
    assert clock.stopped_at is None
    for who in ("receptionist", "supervisor"):
        with pytest.raises(Forbidden):
            acknowledge(one, by=north.by(who))
    acknowledge(one, by=north.by("technician"))
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET and one.acknowledged_at


@pytest.mark.clause("DESK-07")
def test_a_message_is_seen_by_whom_it_is_for_and_the_counter_only(north: Community, south: Community) -> None:
    one = slip(north)
    assert one in Slip.visible_to(north.by("technician"))
    assert one not in Slip.visible_to(north.by("electrician")) and one not in Slip.visible_to(south.by("manager"))
    assert "水表" not in str(Event.objects.get(name="reception.take_message").given)
    with pytest.raises(Refused):
        slip(north, addressee=south.staff["technician"])


# -- online, figures, paper ------------------------------------------------------------------------------------------


@pytest.mark.clause("DESK-22")
def test_a_question_from_the_residents_pages_is_answered_in_time(north: Community) -> None:
    case = enquiry(north, "owner", channel="")
    clock = Clock.objects.get(clause_id="DESK-22")
    answer_case(case, by=north.by("receptionist"), reply="凭收据到前台退")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    enquiry(north), enquiry(north, channel="api", outside_number="SZ-74710")  # the other office's deadline is CASE-12
    assert Clock.objects.filter(clause_id="DESK-22").count() == 1


@pytest.mark.clause("DESK-01")
def test_minutes_without_anybody_signed_in_at_the_counter_are_missing(north: Community) -> None:
    zone = ZoneInfo(north.project.zone)
    day = datetime(2026, 3, 18, tzinfo=zone)
    Duty.objects.filter(project=north.project, post="receptionist").delete()
    for begin, end, signed in ((7, 15, 7), (11, 19, 16)):
        Duty.objects.create(
            project=north.project, post="receptionist", from_at=day.replace(hour=begin), to_at=day.replace(hour=end),
            employee=north.staff["receptionist" if begin == 7 else "officer"], signed_in_at=day.replace(hour=signed),
        )  # fmt: skip
    found = queries.staffed(north.project, day, day + timedelta(days=1))
    assert found.numbers == (720 - 60, 720) and found.of.count() == 2
    by_shift = queries.attended(north.project, day, day + timedelta(days=1))
    assert by_shift.numbers == (1, 2)  # who signed in five hours late did not attend the shift


@pytest.mark.clause("DESK-06", "DESK-07")
def test_the_registers_print_from_the_records(north: Community) -> None:
    written(north)
    slip(north)
    by, day = north.by("receptionist"), timezone.localdate()
    for form in ("F-CALL", "F-MSG"):
        assert len(papers.rows(form, north.project, day, by=by)) == 1
        assert made(papers.print_register, north.project, Press(by), register=form, day=day)[:4] == b"%PDF"
        assert form not in {kept.id for kept in kept_forms()}


@pytest.mark.parametrize("who", ["technician", "guard", "cashier", "hr"])
def test_posts_away_from_the_counter_write_no_call_down(north: Community, who: str) -> None:
    with pytest.raises(Forbidden):
        written(north, who)


def test_a_call_of_another_project_is_unknown(north: Community, south: Community) -> None:
    call = written(north, reply_by=timezone.now() + timedelta(hours=1))
    with pytest.raises(Unknown):
        reply_call(call, by=south.by("receptionist"), reply="不认识")
