"""What is owed is there without anybody recording it, is settled by the work itself, and is never made up twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from guanjia.domains.cases.operations import cancel, note
from guanjia.parts.approvals.tests.signing import approved
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation, Settlement
from guanjia.parts.standards import operations as standards
from guanjia.parts.standards import queries as editions
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

from .conftest import day_at, progress_owed, repair, told

pytestmark = pytest.mark.django_db
State = Obligation.State


def owed(case: Any) -> list[Obligation]:
    return list(Obligation.objects.filter(subject_label="case", subject_id=case.pk).order_by("from_at"))


def decide(north: Community, **given: Any) -> None:
    """The manager's decision over RPR-07, with the second person's signature."""
    by = north.by("manager")
    approved(lambda: standards.change_limit(north.project, by=by, clause="RPR-07", **given))


def test_no_rule_listens_for_an_act_that_nobody_can_do() -> None:
    assert rules.unknown_events() == []


@pytest.mark.clause("RPR-07")
def test_a_repair_that_nobody_spoke_about_yesterday_stands_as_missed_in_the_morning(north: Community) -> None:
    case = repair(north, day_at(-2))
    progress_owed(north, day_at(-1, 1))
    morning = day_at(0, 8)
    yesterday = owed(case)[0]
    assert yesterday.period == day_at(-1).date().isoformat() and yesterday.is_missed(morning)
    assert yesterday.owner_id == case.owner_id


@pytest.mark.clause("RPR-07")
def test_a_word_with_the_resident_settles_the_day_and_only_that_day(north: Community) -> None:
    case = repair(north, day_at(-2))
    progress_owed(north, day_at(-1, 1))
    note(case, by=told(north, "officer", day_at(-1, 15)), words="已和业主说明进度", contact="both")
    first, second = owed(case)
    assert (first.state, first.done, first.met_at) == (State.MET, 1, day_at(-1, 15))
    assert second.state == State.OPEN and Settlement.objects.get().by_name


def test_a_note_without_a_contact_settles_nothing(north: Community) -> None:
    case = repair(north, day_at(-2))
    progress_owed(north, day_at(-1, 1))
    note(case, by=told(north, "officer", day_at(-1, 15)), words="备件在路上", contact="")
    assert owed(case)[0].state == State.OPEN and not Settlement.objects.exists()


def test_after_downtime_every_day_is_there_and_what_was_done_meanwhile_counts(north: Community) -> None:
    case = repair(north, day_at(-6))
    progress_owed(north, day_at(-5, 1))
    note(case, by=told(north, "officer", day_at(-2, 9)), words="电话沟通", contact="resident")
    progress_owed(north, day_at(0, 1))
    states = [row.state for row in owed(case)]
    assert states == [State.OPEN, State.OPEN, State.OPEN, State.MET, State.OPEN, State.OPEN, State.OPEN]
    assert not [row for row in owed(case) if row.state == State.OPEN and row.from_at < day_at(-3, 0)][3:]


def test_made_twice_nothing_is_made_again(north: Community) -> None:
    repair(north, day_at(-2))
    assert keeping.make(north.project, day_at(0, 1)) > 0
    assert keeping.make(north.project, day_at(0, 2)) == 0


def test_a_repair_that_ends_owes_nothing_more(north: Community) -> None:
    case = repair(north, day_at(-2))
    progress_owed(north, day_at(-1, 1))
    cancel(case, by=told(north, "supervisor", day_at(-1, 12)), reason="误报")
    assert {row.state for row in owed(case)} == {State.VOID}
    progress_owed(north, day_at(1, 1))
    assert len(owed(case)) == 2


def test_each_row_keeps_the_edition_of_the_day_its_period_began(north: Community) -> None:
    case = repair(north, day_at(-2))
    progress_owed(north, day_at(0, 1))
    tomorrow = day_at(1).date()
    decide(north, at_least=2, effective_from=tomorrow, reason="入汛期")
    editions.forget()
    progress_owed(north, day_at(1, 1))
    needed = {row.period: row.needed for row in owed(case)}
    assert needed[day_at(0).date().isoformat()] == 1 and needed[day_at(2).date().isoformat()] == 2


def test_a_rule_that_is_switched_off_owes_nothing(north: Community) -> None:
    case = repair(north, day_at(-2))
    decide(north, is_on="off", effective_from=day_at(1).date(), reason="改用群播报")
    editions.forget()
    progress_owed(north, day_at(0, 1))
    assert [row.period for row in owed(case)] == [day_at(0).date().isoformat()]


def test_the_duties_of_one_project_are_not_settled_in_another(north: Community, south: Community) -> None:
    case, other = repair(north, day_at(-2)), repair(south, day_at(-2))
    for community in (north, south):
        progress_owed(community, day_at(-1, 1))
    note(other, by=told(south, "officer", day_at(-1, 15)), words="电话沟通", contact="resident")
    assert owed(case)[0].state == State.OPEN and owed(other)[0].state == State.MET


# -- rules of a room that is not built: shifts and windows ---------------------------------------------------------


@pytest.fixture
def by_shift() -> Iterator[rules.DutyRule]:
    yield rules.owed(
        "KEY-05", key="test.shift", subject="duty", label="每班", period="shift",
        subjects=rules.shifts_of("receptionist"), settles=["cases.note"], subject_of=rules.own_shift,
    )  # fmt: skip
    rules.forget("test.shift")


def test_each_shift_owes_its_own_and_is_settled_by_who_is_on_it(north: Community, by_shift: rules.DutyRule) -> None:
    who = north.staff["receptionist"]
    Duty.objects.filter(employee=who).delete()
    made = [
        Duty.objects.create(
            project=north.project, employee=who, post="receptionist", from_at=day_at(day, 7), to_at=day_at(day, 15)
        )
        for day in (-1, 0)
    ]
    keeping.make_for(by_shift, north.project, day_at(-1, 1))
    case = repair(north, day_at(-1, 8))
    note(case, by=told(north, "receptionist", day_at(-1, 9)), words="交班说明", contact="")
    rows = Obligation.objects.filter(rule_key="test.shift").order_by("from_at")
    assert [(r.subject_id, r.state) for r in rows] == [(made[0].pk, State.MET), (made[1].pk, State.OPEN)]
    assert rows[0].due_at == made[0].to_at


@pytest.fixture
def twice() -> Iterator[rules.DutyRule]:
    yield rules.owed(
        "KEY-05", key="test.twice", subject="project", label="两次", period="day", times=2,
        subjects=rules.the_project, settles=["cases.note"],
    )  # fmt: skip
    rules.forget("test.twice")


def test_what_is_owed_twice_a_day_is_met_by_the_second_time(north: Community, twice: rules.DutyRule) -> None:
    keeping.make_for(twice, north.project, day_at(-1, 1))
    case = repair(north, day_at(-1, 8))
    row = Obligation.objects.filter(rule_key="test.twice").earliest("from_at")
    for hour, expected in ((9, State.OPEN), (11, State.MET), (13, State.MET)):
        note(case, by=told(north, "officer", day_at(-1, hour)), words=f"{hour} 点", contact="")
        row.refresh_from_db()
        assert row.state == expected
    assert row.done == 3 and row.met_at == day_at(-1, 11)


def test_a_period_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError):
        rules.owed(
            "KEY-05", key="x", subject="project", label="x", period="fortnight", subjects=rules.the_project, settles=()
        )
    with pytest.raises(ValueError):
        rules.owed("RPR-07", key="repairs.progress", subject="case", label="x", subjects=rules.the_project, settles=())
    assert "x" not in rules.registry
