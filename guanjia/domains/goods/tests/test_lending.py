"""Lent at the counter, brought back, late, in parts, lost: custody, told on an umbrella and a box of chairs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.goods.models import Borrowable, State
from guanjia.domains.goods.operations import find_again, lend, register_good
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import queries
from guanjia.parts.custody.models import Condition, Handout, HandoutState
from guanjia.parts.custody.operations import explain, prolong, report_lost, settle_liability, take_back, take_part
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def in_hours(hours: int) -> datetime:
    return timezone.now() + timedelta(hours=hours)


@pytest.fixture
def umbrella(north: Community) -> Borrowable:
    made: Borrowable = register_good(north.project, by=north.by("receptionist"), name="雨伞", position="前台伞架")
    return made


@pytest.fixture
def chairs(north: Community) -> Borrowable:
    made: Borrowable = register_good(north.project, by=north.by("receptionist"), name="折叠椅", position="库房")
    Borrowable.objects.filter(pk=made.pk).update(quantity=6)
    return Borrowable.objects.get(pk=made.pk)


def lent(north: Community, good: Borrowable, **more: Any) -> Handout:
    given = {"outsider": "外来访客 周某", "contact": "13912345678", "due_at": in_hours(4), **more}
    lend(good, by=north.by("receptionist"), **given)
    found = queries.current(good)
    assert found is not None
    return found


@pytest.mark.clause("DESK-13")
def test_who_has_it_stands_in_the_ledger_and_then_it_is_back(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    assert umbrella.state == State.LENT and handout.holder == "外来访客 周某" and handout.contact == "13912345678"
    take_back(handout, by=north.by("steward"), condition=Condition.WHOLE)
    umbrella.refresh_from_db()
    assert umbrella.state == State.IN_STORE and handout.state == HandoutState.BACK
    assert handout.taken_by_id == north.staff["steward"].pk and queries.current(umbrella) is None


def test_what_is_lent_cannot_be_lent_again(north: Community, umbrella: Borrowable) -> None:
    lent(north, umbrella)
    with pytest.raises(Conflict):
        lend(umbrella, by=north.by("receptionist"), resident=north.owner, due_at=in_hours(1))
    assert Handout.objects.count() == 1


def test_the_database_itself_refuses_two_holders(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    handout.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        handout.save()


@pytest.mark.parametrize(
    "given",
    [
        {"outsider": "", "due_at": in_hours(1)},  # nobody
        {"outsider": "周某", "due_at": in_hours(-1)},  # back before it went
        {"outsider": "周某", "due_at": in_hours(24 * 400)},  # for ever
        {"outsider": "周" * 61, "due_at": in_hours(1)},
        {"outsider": "周某"},
    ],
)
def test_lending_without_a_name_or_an_end_is_refused(
    north: Community, umbrella: Borrowable, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        lend(umbrella, by=north.by("receptionist"), **given)
    umbrella.refresh_from_db()
    assert umbrella.state == State.IN_STORE and not Handout.objects.exists()


def test_a_resident_of_another_project_is_no_borrower_here(
    north: Community, south: Community, umbrella: Borrowable
) -> None:
    with pytest.raises(Refused):
        lend(umbrella, by=north.by("receptionist"), resident=south.owner, due_at=in_hours(1))
    with pytest.raises(Unknown):
        lend(umbrella, by=south.by("receptionist"), outsider="周某", due_at=in_hours(1))


def test_of_six_chairs_four_came_back_one_is_lost_and_the_last_follows(north: Community, chairs: Borrowable) -> None:
    handout, by = lent(north, chairs), north.by("receptionist")
    take_part(handout, by=by, returned=4, missing=1, remark="一把摔坏后丢弃")
    assert handout.out == 1 and handout.state == HandoutState.OUT
    with pytest.raises(Refused):
        take_part(handout, by=by, returned=5, missing=0)
    with pytest.raises(Conflict):
        take_part(handout, by=by, returned=1, missing=0)  # one piece has no part
    take_back(handout, by=by, condition=Condition.WHOLE)
    chairs.refresh_from_db()
    assert (handout.returned, handout.missing, handout.state) == (5, 1, HandoutState.SHORT)
    assert chairs.quantity == 5 and chairs.state == State.IN_STORE


def test_counts_that_do_not_balance_are_refused_by_the_database(north: Community, chairs: Borrowable) -> None:
    handout = lent(north, chairs)
    for wrong in ({"returned": 7}, {"returned": 4, "missing": 3}, {"state": HandoutState.BACK, "returned": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Handout.objects.filter(pk=handout.pk).update(back_at=timezone.now(), **wrong)


def test_lost_is_counted_out_and_somebody_answers_for_it(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    with pytest.raises(Conflict):
        settle_liability(handout, by=north.by("supervisor"), liability="照价赔偿")
    report_lost(handout, by=north.by("receptionist"), remark="访客来电称遗失")
    umbrella.refresh_from_db()
    assert umbrella.state == State.LOST and handout.state == HandoutState.SHORT
    with pytest.raises(Forbidden):
        settle_liability(handout, by=north.by("receptionist"), liability="照价赔偿")
    settle_liability(handout, by=north.by("supervisor"), liable="周某", liability="照价赔偿 30 元")
    find_again(umbrella, by=north.by("receptionist"))
    assert umbrella.state == State.IN_STORE


def test_damaged_needs_a_word(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    with pytest.raises(Refused) as refusal:
        take_back(handout, by=north.by("receptionist"), condition=Condition.DAMAGED)
    assert "remark" in refusal.value.errors
    take_back(handout, by=north.by("receptionist"), condition=Condition.DAMAGED, remark="伞骨断了一根")
    assert handout.state == HandoutState.BACK


def test_who_does_not_keep_it_takes_nothing_back(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    with pytest.raises(Forbidden):
        take_back(handout, by=north.by("technician"), condition=Condition.WHOLE)
    handout.refresh_from_db()
    assert handout.state == HandoutState.OUT


@pytest.mark.clause("HOUSE-04")
def test_the_clock_of_coming_back_runs_moves_and_stops(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella)
    clock = Clock.objects.get(clause_id="HOUSE-04", subject_label="handout", subject_id=handout.pk)
    assert clock.due_at == handout.due_at
    with pytest.raises(Refused):
        explain(handout, by=north.by("receptionist"), overdue_reason="联系不上")
    later = in_hours(30)
    prolong(handout, by=north.by("receptionist"), due_at=later, reason="明天再来")
    running = Clock.objects.get(subject_label="handout", subject_id=handout.pk, state="running")
    assert running.due_at == later
    take_back(handout, by=north.by("receptionist"), condition=Condition.WHOLE)
    running.refresh_from_db()
    assert running.state == "met"


def test_names_and_numbers_of_strangers_are_sealed_in_the_journal(north: Community, umbrella: Borrowable) -> None:
    lent(north, umbrella)
    told = str(Event.objects.get(name="goods.lend").given)
    assert "周某" not in told and "13912345678" not in told


def test_the_pages_show_where_it_is(north: Community, umbrella: Borrowable) -> None:
    handout = lent(north, umbrella, due_at=in_hours(1))
    client = north.signed_in("receptionist")
    page = client.get(reverse("goods:page", args=["north", umbrella.pk])).content.decode()
    assert "外来访客 周某" in page
    home = client.get(reverse("custody:home", args=["north"])).content.decode()
    assert "外来访客 周某" in home and "雨伞" in home
    assert client.get(reverse("custody:handout", args=["north", handout.pk])).status_code == 200
    assert client.get(reverse("custody:ledger", args=["north"])).status_code == 200
    assert client.get(reverse("custody:handout", args=["south", handout.pk])).status_code == 404
