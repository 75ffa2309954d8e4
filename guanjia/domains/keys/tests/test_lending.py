"""A key leaves only by its gate: work, posts, approval, the owner's paper and seal, two persons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.domains.keys.models import Key, State
from guanjia.domains.keys.operations import lend, lend_in_two, seal, withdraw
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Stored, Unknown
from guanjia.parts.approvals.tests.signing import agree, stored
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody.operations import explain, prolong, take_back
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards.models import Edition
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

from .made import SEAL, a_cabinet, a_key, a_paper, in_hours, loan, out

pytestmark = pytest.mark.django_db


@pytest.mark.clause("KEY-12", "KEY-13")
def test_an_office_key_goes_out_for_work_and_stands_in_the_log(north: Community) -> None:
    key = a_key(north)
    lend(key, by=north.by("receptionist"), **loan(north, purpose="投影仪"))
    line = out(key)
    assert (key.state, line.holder, line.purpose) == (State.LENT, north.staff["technician"].name, "维修：投影仪")
    assert line.handed_by_id == north.staff["receptionist"].pk and line.due_at is not None
    take_back(line, by=north.by("officer"), condition="whole")
    key.refresh_from_db()
    assert key.state == State.IN_STORE and line.condition_back == "whole"
    assert Event.objects.filter(name="keys.lend").count() == 1


@pytest.mark.clause("KEY-12", "KEY-14")
def test_without_a_work_purpose_it_stays(north: Community) -> None:
    key = a_key(north)
    for wrong in ({"work": "private"}, {"work": ""}, {"work": "other"}, {"due_at": in_hours(-1)}):
        with pytest.raises(Refused):
            lend(key, by=north.by("receptionist"), **loan(north, **wrong))
    key.refresh_from_db()
    assert key.state == State.IN_STORE


@pytest.mark.clause("KEY-14")
def test_posts_that_do_not_cover_the_category_and_oneself_are_refused(north: Community) -> None:
    key = a_key(north, "equipment_key", name="配电房")
    by = north.by("engineering_supervisor")
    for who in ("receptionist", "cashier", "engineering_supervisor"):
        with pytest.raises(Refused) as refusal:
            lend(key, by=by, **loan(north, employee=north.staff[who]))
        assert "employee" in refusal.value.errors and refusal.value.clause == "KEY-14"
    assert not Event.objects.filter(name="keys.lend").exists()


@pytest.mark.clause("KEY-14")
def test_a_project_decides_which_posts_borrow_which_keys(north: Community, south: Community) -> None:
    """The Book's list is the first edition; another one opens a category to a post, or closes it."""
    day = standards.today_at(north.project, timezone.now())
    decided = {"borrows_equipment": ["cashier"]}
    Edition.objects.create(
        project=north.project, clause_id="KEY-14", values=decided, effective_from=day, decided_at=timezone.now(),
        number=2, scope="project",
    )  # fmt: skip
    standards.forget()
    key, by = a_key(north, "equipment_key", name="配电房"), north.by("engineering_supervisor")
    with pytest.raises(Refused) as refusal:
        lend(key, by=by, **loan(north))  # a technician, no longer
    assert refusal.value.clause == "KEY-14" and key.state == State.IN_STORE
    lend(key, by=by, **loan(north, employee=north.staff["cashier"]))
    assert out(key).employee == north.staff["cashier"]
    other = a_key(south, "equipment_key", name="配电房")
    lend(other, by=south.by("engineering_supervisor"), **loan(south))  # elsewhere the Book holds
    standards.forget()


@pytest.mark.clause("KEY-18")
def test_equipment_keys_are_engineerings_to_lend_and_to_take_back(north: Community) -> None:
    key = a_key(north, "equipment_key", name="水泵房")
    with pytest.raises(Forbidden):
        lend(key, by=north.by("receptionist"), **loan(north))
    lend(key, by=north.by("engineering_supervisor"), **loan(north))
    with pytest.raises(Forbidden):
        take_back(out(key), by=north.by("receptionist"), condition="whole")
    take_back(out(key), by=north.by("engineering_supervisor"), condition="whole")


@pytest.mark.clause("KEY-10")
def test_a_public_key_waits_for_the_department_head(north: Community) -> None:
    key = a_key(north, "public_key", name="天台门")
    approval = stored(lambda: lend(key, by=north.by("receptionist"), **loan(north)))
    key.refresh_from_db()
    assert key.state == State.IN_STORE
    with pytest.raises(Conflict):  # nobody else gets it meanwhile
        lend(key, by=north.by("officer"), **loan(north))
    agree(approval, north.staff["supervisor"])
    key.refresh_from_db()
    assert key.state == State.LENT and out(key).approved_by.startswith(north.staff["supervisor"].name)
    assert out(key).handed_by_id == north.staff["receptionist"].pk


def test_an_office_key_waits_for_nobody(north: Community) -> None:
    try:
        lend(a_key(north), by=north.by("receptionist"), **loan(north))
    except Stored:
        pytest.fail("an office key needs no approval")


@pytest.mark.clause("KEY-11")
def test_an_owners_key_goes_out_by_the_paper_and_its_seal_and_comes_back_to_be_sealed(north: Community) -> None:
    key, paper = a_key(north, "owner_key"), a_paper(north)
    lend(key, by=north.by("receptionist"), **loan(north, authorisation=paper, seal_no=SEAL))
    assert not key.is_sealed and out(key).approved_by == north.owner.name
    take_back(out(key), by=north.by("receptionist"), condition="whole")
    key.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        lend(key, by=north.by("receptionist"), **loan(north, authorisation=paper, seal_no=SEAL))
    assert refusal.value.clause == "KEY-11"
    with pytest.raises(Refused):  # a seal is used once
        seal(key, by=north.by("receptionist"), seal_no=SEAL)
    seal(key, by=north.by("receptionist"), seal_no="FQ-0002")
    event = Event.objects.get(name="keys.seal")
    assert key.is_sealed and event.changes["seal_no"] == [SEAL, "FQ-0002"]


@pytest.mark.clause("KEY-11")
def test_without_a_paper_that_holds_the_seal_is_not_broken(north: Community) -> None:
    key, by = a_key(north, "owner_key"), north.by("receptionist")
    named, gone = a_paper(north, employee=north.staff["steward"]), a_paper(north)
    withdraw(gone, by=by, remark="业主收回")
    other = a_paper(north, house=north.neighbour_house, resident=north.stranger)
    papers = [None, gone, other, named]
    for paper in papers:
        with pytest.raises(Refused) as refusal:
            lend(key, by=by, **loan(north, authorisation=paper, seal_no=SEAL))
        assert "authorisation" in refusal.value.errors
    with pytest.raises(Refused) as refusal:
        lend(key, by=by, **loan(north, employee=north.staff["steward"], authorisation=named, seal_no="FQ-9"))
    assert "seal_no" in refusal.value.errors
    key.refresh_from_db()
    assert key.is_sealed and key.state == State.IN_STORE


@pytest.mark.clause("KEY-11")
def test_a_paper_is_the_owners_and_of_a_day_to_come(north: Community) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused):
        a_paper(north, resident=north.tenant)
    with pytest.raises(Refused):
        a_paper(north, signed_on=today - timedelta(days=9), valid_until=today - timedelta(days=1))


@pytest.mark.clause("KEY-09", "KEY-10")
def test_two_locks_open_with_the_keeper_and_a_head_together(north: Community) -> None:
    key = a_key(north, "public_key", name="屋面门", cabinet=a_cabinet(north, is_dual=True))
    by, staff = north.by("receptionist"), north.staff
    with pytest.raises(Conflict):
        lend(key, by=by, **loan(north))
    for alone in (by, beside(by, staff["officer"]), beside(north.by("supervisor"), staff["manager"])):
        with pytest.raises(Refused) as refusal:
            lend_in_two(key, by=alone, **loan(north))
        assert "present" in refusal.value.errors
    lend_in_two(key, by=beside(by, staff["supervisor"]), **loan(north))
    assert key.state == State.LENT and out(key).witness_id == staff["supervisor"].pk
    assert out(key).approved_by == staff["supervisor"].name
    event = Event.objects.get(name="keys.lend_in_two")
    assert event.given["$present"][0]["name"] == staff["supervisor"].name


def test_an_important_key_takes_two_wherever_it_lies(north: Community) -> None:
    key = a_key(north, is_important=True)
    with pytest.raises(Conflict):
        lend(key, by=north.by("receptionist"), **loan(north))


@pytest.mark.clause("KEY-15")
def test_an_hour_after_the_agreed_time_the_reason_stands_there(north: Community) -> None:
    key = a_key(north)
    lend(key, by=north.by("receptionist"), **loan(north))
    line = out(key)
    clock = Clock.objects.get(clause_id="KEY-15")
    assert line.due_at is not None and clock.due_at == line.due_at + timedelta(hours=1)
    with pytest.raises(Refused):
        explain(line, by=north.by("receptionist"), overdue_reason="还没到时间")
    prolong(line, by=north.by("receptionist"), due_at=in_hours(5), reason="配件未到")
    now = Clock.objects.filter(clause_id="KEY-15").latest("id")
    assert line.due_at is not None and now.due_at == line.due_at + timedelta(hours=1)
    line.due_at = in_hours(-0.5)
    line.save(update_fields=["due_at"])
    explain(line, by=north.by("receptionist"), overdue_reason="仍在施工，电话已联系")
    assert Clock.objects.filter(clause_id="KEY-15").latest("id").stopped_at is not None


def test_a_key_of_another_project_is_a_stranger(north: Community, south: Community) -> None:
    key = a_key(north)
    with pytest.raises(Unknown):
        lend(key, by=south.by("receptionist"), **loan(south))
    with pytest.raises(Refused):
        lend(key, by=north.by("receptionist"), **loan(north, employee=south.staff["technician"]))
    assert Key.objects.get(pk=key.pk).state == State.IN_STORE
