"""A handover: drafted from what is open, explained, counted, signed by two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjia.domains.gifts.operations import receive
from guanjia.domains.reception.operations import log as log_call
from guanjia.domains.shifts import queries
from guanjia.domains.shifts.models import Handover, HandoverLine
from guanjia.domains.shifts.models.handovers import State
from guanjia.domains.shifts.operations import begin, call_off, explain, lock_up, sign, take_up
from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.obligations import keeping
from guanjia.parts.obligations.models import Obligation
from guanjia.people import posts
from guanjia.people.models import Posting
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db


def begun(north: Community, who: str = "receptionist", post: str = posts.RECEPTIONIST) -> Handover:
    return begin(north.project, by=north.by(who), post=post, important="明早电梯年检")


def gift(north: Community) -> Any:
    said: dict[str, Any] = {"giver": "沈住客", "description": "茶叶一盒", "declined": True}
    return receive(north.project, by=north.by("steward"), **said)


def emergency(north: Community) -> Any:
    from guanjia.domains.repairs.operations import record

    said: dict[str, Any] = {
        "place": "home", "house": north.house, "resident": north.owner, "content": "水管爆裂", "channel": "phone",
        "urgency": "emergency", "category": "plumbing", "problem": "leak", "apart": True,
    }  # fmt: skip
    return record(north.project, by=north.by("receptionist"), **said)


def counted(handover: Handover, by: Any) -> None:
    """Everything that lies here is there, and what presses is said."""
    for one in queries.draft(handover, by):
        if not one.is_settled:
            explain(
                handover, by=by, line=one.line.key, found=one.count if one.line.counted else None, reason="已联系技工"
            )


def test_what_lies_at_the_desk_is_counted_at_the_desk_alone(north: Community) -> None:
    gift(north)
    desk, gate = begun(north), begun(north, "guard", posts.SECURITY_GUARD)
    assert "gifts.received" in {one.line.key for one in queries.draft(desk, north.by("receptionist"))}
    counted_there = {one.line.key for one in queries.draft(gate, north.by("guard")) if one.line.counted}
    assert not counted_there, "the gate keeps no goods of the desk"


def test_a_limit_stands_in_the_handover_of_who_keeps_it(north: Community) -> None:
    emergency(north)
    desk, soon = north.by("receptionist"), timezone.now() + timedelta(days=1)
    said = {"caller": "沈住客", "phone": "13900000199", "topic": "enquiry", "content": "问车位", "reply_by": soon}
    log_call(north.project, by=desk, handling="去问", **said)
    later, stands = system(soon + timedelta(days=1)), {}
    for who, post in (
        ("receptionist", posts.RECEPTIONIST), ("technician", posts.TECHNICIAN), ("guard", posts.SECURITY_GUARD),
    ):  # fmt: skip
        drafted = queries.draft(begun(north, who, post), later)  # as a signature asks
        stands[who] = {row.clause_id for one in drafted if one.line.key == "clocks.pressing" for row in one.rows}
    assert {"RPR-03", "DESK-12"} <= stands["receptionist"]
    assert "RPR-03" in stands["technician"] and "DESK-12" not in stands["technician"]
    assert not stands["guard"], "a gate does not explain what others promised"


@pytest.mark.clause("SFT-09")
def test_it_drafts_itself_from_what_is_open_and_keeps_it_with_the_signatures(north: Community) -> None:
    case, present = emergency(north), gift(north)
    handover, by = begun(north), north.by("receptionist")
    lines = {one.line.key: one for one in queries.draft(handover, by)}
    assert [row.pk for row in lines["cases.unfinished"].rows] == [case.pk]
    assert lines["gifts.received"].rows[0].pk == present.pk and lines["gifts.received"].owes_count
    counted(handover, by)
    sign(handover, by=beside(by, north.staff["officer"]), remark="清楚")
    assert (handover.state, handover.receiver) == (State.SIGNED, north.staff["officer"])
    kept = {one.key: one for one in HandoverLine.objects.filter(handover=handover)}
    assert kept["cases.unfinished"].urgent_ids == [case.pk] and kept["gifts.received"].found == 1
    event = Event.objects.get(name="shifts.sign")
    assert event.given["$present"][0]["id"] == north.staff["officer"].pk and "电梯" not in str(event.given)


@pytest.mark.clause("SFT-09")
def test_what_presses_must_be_explained_before_anybody_signs(north: Community) -> None:
    emergency(north)
    handover, by = begun(north), beside(north.by("receptionist"), north.staff["officer"])
    with pytest.raises(Refused) as refusal:
        sign(handover, by=by)
    assert refusal.value.clause == "SFT-09"
    with pytest.raises(Refused):
        explain(handover, by=by, line="cases.unfinished", reason="")
    counted(handover, by)
    emergency(north)  # another one comes in after the explanation
    with pytest.raises(Refused):
        sign(handover, by=by)
    assert handover.state == State.OPEN


def test_a_handover_draws_its_lines_once_an_act(north: Community) -> None:
    emergency(north), gift(north)
    handover, by = begun(north), north.by("receptionist")
    with CaptureQueriesContext(connection) as drawing:
        lines = queries.draft(handover, by)
    with CaptureQueriesContext(connection) as explaining:
        explain(handover, by=by, line="gifts.received", found=1, reason="")
    assert len(explaining) < 12  # a single line is read
    counted(handover, by)
    with CaptureQueriesContext(connection) as signing:
        sign(handover, by=beside(by, north.staff["officer"]))
    assert len(signing) < len(drawing) + 16 and HandoverLine.objects.count() == len(lines)


def test_a_count_that_differs_wants_a_reason_and_a_new_arrival_a_new_count(north: Community) -> None:
    gift(north)
    handover, by = begun(north), north.by("receptionist")
    for missing in ({"found": 0}, {"found": None, "reason": "没点"}):
        with pytest.raises(Refused):
            explain(handover, by=by, line="gifts.received", **missing)
    explain(handover, by=by, line="gifts.received", found=0, reason="经理已取走，未登记")
    assert not queries.unsettled(handover, timezone.now())
    gift(north)
    assert [one.line.key for one in queries.unsettled(handover, timezone.now())] == ["gifts.received"]


@pytest.mark.parametrize("who", ["guard", "technician", "cashier", "manager"])
def test_the_wrong_post_takes_nothing_over(north: Community, who: str) -> None:
    handover = begun(north)
    with pytest.raises(Refused):
        sign(handover, by=beside(north.by("receptionist"), north.staff[who]))
    assert handover.state == State.OPEN


def test_nobody_takes_over_from_themself_or_signs_alone(north: Community) -> None:
    handover, by = begun(north), north.by("receptionist")
    for actor in (by, beside(by, north.staff["receptionist"])):
        with pytest.raises(Refused):
            sign(handover, by=actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(receiver=handover.giver)


def test_whoever_takes_over_may_sit_at_the_screen_with_the_giver_beside(north: Community) -> None:
    handover = begun(north)
    with pytest.raises(Refused):
        sign(handover, by=beside(north.by("officer"), north.staff["control_room"]))
    sign(handover, by=beside(north.by("officer"), north.staff["receptionist"]))
    assert handover.receiver == north.staff["officer"]


def test_a_post_is_handed_over_once_at_a_time(north: Community) -> None:
    begun(north)
    with pytest.raises(Refused):
        begun(north, "officer")
    begun(north, "guard", posts.SECURITY_GUARD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(post=posts.SECURITY_GUARD).update(post=posts.RECEPTIONIST)


def test_a_post_that_is_not_mine_is_not_mine_to_hand_over(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        begun(north, "guard")
    assert set(refusal.value.errors) == {"post"}
    with pytest.raises(Forbidden):
        begun(north, "cashier")


@pytest.mark.clause("SFT-10")
def test_the_last_shift_locks_up_and_the_next_takes_up(north: Community) -> None:
    handover, by = begun(north), north.by("receptionist")
    for left in ({"goods_inside": True}, {"goods_inside": True, "is_locked": True}, {"key_place": "办公室钥匙盒"}):
        with pytest.raises(Refused):
            lock_up(handover, by=by, **left)
    lock_up(handover, by=by, goods_inside=True, is_locked=True, key_place="办公室钥匙盒")
    assert handover.state == State.LOCKED
    with pytest.raises(Refused) as refusal:
        begun(north, "officer")
    assert refusal.value.clause == "SFT-10"
    with pytest.raises(Forbidden):
        take_up(handover, by=north.by("guard"))
    take_up(handover, by=north.by("officer"), remark="柜锁完好")
    assert (handover.state, handover.taken_up_by) == (State.TAKEN_UP, north.staff["officer"])
    begun(north, "officer")


def test_a_signed_one_stays_as_it_was_signed(north: Community) -> None:
    present = gift(north)
    handover, by = begun(north), north.by("receptionist")
    counted(handover, by)
    sign(handover, by=beside(by, north.staff["officer"]))
    gift(north)
    now = {one.line.key: one for one in queries.draft(handover, by)}
    assert [row.pk for row in now["gifts.received"].rows] == [present.pk]
    for again in (lambda: explain(handover, by=by, line="gifts.received", found=2), lambda: sign(handover, by=by)):
        with pytest.raises(Conflict):
            again()


def test_a_supervisor_calls_off_what_nobody_can_finish(north: Community) -> None:
    handover = begun(north)
    with pytest.raises(Forbidden):
        call_off(handover, by=north.by("officer"), why="不是我的")
    call_off(handover, by=north.by("supervisor"), why="当班人突发疾病")
    assert handover.state == State.WITHDRAWN
    begun(north, "officer")


def test_another_projects_handover_is_unknown(north: Community, south: Community) -> None:
    with pytest.raises(Unknown):
        call_off(begun(north), by=south.by("supervisor"), why="别的项目")


def test_a_technicians_open_orders_go_along_if_that_is_said(north: Community) -> None:
    from guanjia.domains.repairs.operations import dispatch

    case = emergency(north)
    dispatch(case, by=north.by("supervisor"), executor=north.staff["technician"])
    handover, by = begun(north, "technician", posts.TECHNICIAN), north.by("technician")
    counted(handover, by)
    sign(handover, by=beside(by, north.staff["electrician"]), moves_orders=True)
    case.refresh_from_db()
    assert case.executor == north.staff["electrician"] and case.owner == north.staff["receptionist"]
    assert Event.objects.filter(name="repairs.transfer", cause_id__isnull=False).count() == 1


@pytest.mark.clause("SFT-09")
def test_each_shift_at_the_desk_owes_its_handover(north: Community) -> None:
    def duty(project: Project) -> Any:
        return Obligation.objects.get(project=project, rule_key="shifts.handover", subject_id=shift.pk)

    shift = queries.shift_of(north.by("receptionist"), north.project)
    assert shift is not None
    keeping.make(north.project, timezone.now(), since=timezone.now() - timedelta(days=30))
    assert duty(north.project).state == Obligation.State.OPEN
    sign(begun(north), by=beside(north.by("receptionist"), north.staff["officer"]))
    assert duty(north.project).state == Obligation.State.MET


def test_who_lost_the_post_is_no_longer_asked_to_sign(north: Community) -> None:
    begun(north)
    assert queries.to_sign(north.project, north.by("officer"))
    assert not queries.to_sign(north.project, north.by("guard"))
    Posting.objects.filter(employee=north.staff["officer"]).update(to_on=timezone.localdate() - timedelta(days=1))
    assert not queries.to_sign(north.project, north.by("officer"))
