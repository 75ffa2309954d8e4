"""Numbered, in its slot, sealed, entrusted, counted, handed over, copied, missing, issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.keys import queries
from guanjia.domains.keys.models import Issue, Key, State
from guanjia.domains.keys.operations import duplicate, entrust, find_again, issue, report_missing, retire, take_in_again
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.approvals.tests.signing import agree, stored
from guanjia.parts.custody.models import HandoutState
from guanjia.parts.custody.operations import (
    close_count,
    hand_over,
    mark,
    mark_rest,
    report_lost,
    settle_liability,
    start_count,
    take_back,
)
from guanjia.parts.custody.queries import history, lines
from guanjia.parts.obligations import keeping as owed
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.runsheets.models import RunSheet
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

from ..operations import lend
from ..standards import agreeing
from .made import a_cabinet, a_key, loan, out, picture

pytestmark = pytest.mark.django_db


@pytest.mark.clause("KEY-01", "KEY-02", "KEY-04")
def test_each_key_gets_its_number_and_its_line_on_the_list(north: Community) -> None:
    made = [a_key(north, "owner_key"), a_key(north, "public_key"), a_key(north, "equipment_key"), a_key(north)]
    assert [key.number for key in made] == ["K-001", "K-002", "K-003", "K-004"]
    assert {key.category for key in made} == {"owner_key", "public_key", "equipment_key", "office_key"}
    assert made[0].is_sealed and made[0].title.startswith("3-2-1201 ")
    assert len({key.tag for key in made}) == 4 and "1201" not in made[0].tag


@pytest.mark.clause("KEY-01", "KEY-02")
def test_what_does_not_belong_to_its_category_is_refused(north: Community) -> None:
    wrong: list[dict[str, Any]] = [
        {"category": "owner_key", "kind": ""}, {"category": "owner_key", "kind": "window"},
        {"category": "owner_key", "house": None}, {"category": "owner_key", "seal_no": ""},
    ]  # fmt: skip
    said = {"house": north.house, "kind": "mailbox", "seal_no": "FQ-1", "handed_by": "业主"}
    from guanjia.domains.keys.operations import take_over

    for one in wrong:
        with pytest.raises(Refused):
            take_over(north.project, by=north.by("receptionist"), **{**said, **one})
    with pytest.raises(Refused):
        a_key(north, "public_key", house=north.house)
    with pytest.raises(Refused):
        a_key(north, "office_key", name="")
    with pytest.raises(Forbidden):
        a_key(north, who="cashier")
    assert not Key.objects.exists()


@pytest.mark.clause("KEY-03")
def test_a_key_has_one_slot_and_always_a_keeper(north: Community) -> None:
    cabinet = a_cabinet(north)
    first, second = a_key(north, cabinet=cabinet), a_key(north, cabinet=cabinet)
    assert (first.where, second.where) == ("A 柜 1-1", "A 柜 1-2")
    assert first.keeper_id == north.staff["receptionist"].pk
    for place in ({"row": 1, "slot": 1}, {"row": 9, "slot": 1}, {"row": 1}):
        with pytest.raises(Refused):
            a_key(north, cabinet=cabinet, **place)
    retire(first, by=north.by("supervisor"), remark="换锁")
    assert a_key(north, cabinet=cabinet).where == "A 柜 1-1"
    for _n in range(4):
        a_key(north, cabinet=cabinet)
    with pytest.raises(Refused):
        a_key(north, cabinet=cabinet)


@pytest.mark.clause("KEY-18", "KEY-21")
def test_a_set_is_entrusted_to_the_steward_and_equipment_keys_stay_with_engineering(north: Community) -> None:
    key, steward = a_key(north, "public_key", name="单元门"), north.staff["steward"]
    entrust(key, by=north.by("receptionist"), keeper=steward)
    assert list(queries.kept_by(north.project, north.by("steward"), steward.pk)) == [key]
    pump = a_key(north, "equipment_key", name="水泵房")
    with pytest.raises(Refused) as refusal:
        entrust(pump, by=north.by("engineering_supervisor"), keeper=steward)
    assert refusal.value.clause == "KEY-18"
    with pytest.raises(Refused):
        a_key(north, "equipment_key", keeper=steward)
    with pytest.raises(Forbidden):
        entrust(pump, by=north.by("receptionist"), keeper=north.staff["technician"])


@pytest.mark.clause("KEY-05", "KEY-06")
def test_the_stock_take_of_the_month_is_owed_and_settled_by_a_count_of_all(north: Community) -> None:
    a_key(north), a_key(north, cabinet=a_cabinet(north))
    now = timezone.now()
    owed.make(north.project, now)
    row = Obligation.objects.filter(rule_key="keys.stock_take").earliest("from_at")
    by = north.by("receptionist")
    part = start_count(north.project, by=by, kind="key", position="A 柜")
    mark_rest(part, by=by)
    close_count(part, by=by)
    row.refresh_from_db()
    assert row.done == 0
    whole = start_count(north.project, by=by, kind="key")
    mark(whole, by=by, line=lines(whole)[0], is_found="no", remark="昨夜巡查后未见")
    mark_rest(whole, by=by)
    close_count(whole, by=by)
    row.refresh_from_db()
    assert row.done == 1
    assert agreeing(north.project, now - timedelta(days=1), timezone.now() + timedelta(days=1)).numbers == (2, 3)


@pytest.mark.clause("KEY-16")
def test_a_shift_hands_the_keys_over_by_counting_together(north: Community) -> None:
    key, by = a_key(north), north.by("receptionist")
    count = start_count(north.project, by=by, kind="key")
    with pytest.raises(Refused):
        hand_over(count, by=beside(north.by("officer"), north.staff["receptionist"]))
    mark_rest(count, by=by)
    with pytest.raises(Refused):
        hand_over(count, by=north.by("officer"))
    hand_over(count, by=beside(north.by("officer"), north.staff["receptionist"]))
    key.refresh_from_db()
    assert key.keeper_id == north.staff["officer"].pk and count.receiver_id == north.staff["officer"].pk


@pytest.mark.clause("KEY-19")
def test_a_copy_waits_for_engineering_and_is_numbered_and_listed(north: Community) -> None:
    key = a_key(north, "public_key", name="天台门")
    given = {"reason": "监控室备用", "pieces": 1, "made_by": "某某锁行"}
    approval = stored(lambda: duplicate(key, by=north.by("receptionist"), **given))
    assert Key.objects.count() == 1
    agree(approval, north.staff["engineering_supervisor"])
    made = Key.objects.exclude(pk=key.pk).get()
    assert made.copied_from_id == key.pk and made.number == "K-002" and made.tag != key.tag
    with pytest.raises(Conflict):
        duplicate(a_key(north, "owner_key"), by=north.by("receptionist"), **given)
    with pytest.raises(Forbidden):
        duplicate(key, by=north.by("technician"), **given)


@pytest.mark.clause("KEY-20")
def test_a_lost_key_starts_the_procedure_and_is_lent_no_more(north: Community) -> None:
    key = a_key(north)
    lend(key, by=north.by("receptionist"), **loan(north))
    line = out(key)
    report_lost(line, by=north.by("receptionist"), remark="掉进集水井")
    sheet = RunSheet.objects.get(clause_id="KEY-20")
    assert (sheet.about_label, sheet.about_id, sheet.started_by_id) == ("key", key.pk, north.staff["receptionist"].pk)
    key.refresh_from_db()
    assert key.state == State.LOST and Event.objects.get(name="runsheets.start").cause_id
    with pytest.raises(Conflict):
        lend(key, by=north.by("receptionist"), **loan(north))
    settle_liability(line, by=north.by("supervisor"), liable="借用人", liability="照价赔偿锁芯")
    find_again(key, by=north.by("receptionist"))
    assert key.state == State.IN_STORE


@pytest.mark.clause("KEY-20")
def test_a_damaged_one_and_one_missing_from_its_slot_start_it_too_a_whole_one_does_not(north: Community) -> None:
    whole, broken, missing = (a_key(north) for _n in range(3))
    for key, condition in ((whole, "whole"), (broken, "damaged")):
        lend(key, by=north.by("receptionist"), **loan(north))
        take_back(out(key), by=north.by("receptionist"), condition=condition, remark="齿断" if key is broken else "")
    report_missing(missing, by=north.by("receptionist"), remark="交接时未见")
    assert set(RunSheet.objects.values_list("about_id", flat=True)) == {broken.pk, missing.pk}


def issued(north: Community, *keys: Key, **more: Any) -> Issue:
    said = {"resident": north.owner, "proof": "id_card", "keys": keys, "counted": True, "signature": picture(), **more}
    made: Issue = issue(north.house, by=north.by("officer"), **said)
    return made


@pytest.mark.clause("KEY-17")
def test_the_owner_takes_the_keys_counted_kind_by_kind(north: Community) -> None:
    door, box = a_key(north, "owner_key", quantity=3), a_key(north, "owner_key", kind="mailbox", seal_no="FQ-2")
    Key.objects.filter(pk=box.pk).update(kind="mailbox")
    made = issued(north, door, box)
    assert (made.security_door, made.mailbox, made.numbers) == (3, 1, "K-001、K-002")
    door.refresh_from_db()
    assert door.state == State.ISSUED and history(door)[0].state == HandoutState.GIVEN
    assert history(door)[0].resident_id == north.owner.pk
    with pytest.raises(Refused):  # once
        issued(north, door)
    take_in_again(door, by=north.by("receptionist"), remark="业主出国，托管")
    assert door.state == State.IN_STORE and not door.is_sealed


@pytest.mark.clause("KEY-17")
def test_without_identity_owner_count_or_signature_nothing_is_issued(north: Community) -> None:
    key = a_key(north, "owner_key")
    wrong: list[dict[str, Any]] = [
        {"proof": ""}, {"proof": "promise"}, {"resident": north.tenant}, {"resident": north.stranger},
        {"counted": False}, {"signature": None}, {"keys": []},
    ]  # fmt: skip
    for one in wrong:
        with pytest.raises(Refused):
            issued(north, key, **one)
    with pytest.raises(Forbidden):
        issue(north.house, by=north.by("guard"), resident=north.owner, proof="id_card", keys=[key], counted=True)
    key.refresh_from_db()
    assert key.state == State.IN_STORE and not Issue.objects.exists()
