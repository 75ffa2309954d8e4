"""Clocks follow events in the same transaction: they start, pause, go on, stop, and freeze the rule of their day."""

from datetime import timedelta

import pytest

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict
from guanjia.parts.clocks import rules
from guanjia.parts.clocks.models import Clock, ClockPause
from guanjia.parts.standards.models import Edition

pytestmark = pytest.mark.django_db


def test_a_clock_starts_with_its_event_and_is_due_by_the_clause(desk, declare):
    declare()
    desk.open()
    clock = desk.clock
    assert (clock.state, clock.started_at, clock.due_at) == ("running", desk.at(0), desk.at(120))
    assert clock.warn_at == desk.at(90) and clock.limit_seconds == 7200
    assert clock.started_by == Event.objects.get(name="tests.open_ticket").pk


def test_a_clock_stopped_in_time_is_met(desk, declare):
    declare(pauses=[], resumes=[])
    desk.open()
    desk.take(5)
    desk.phone(6)
    desk.close(39)
    assert (desk.clock.state, desk.clock.used_seconds, desk.clock.next_at) == ("met", 39 * 60, None)


def test_a_clock_stopped_too_late_is_missed(desk, declare):
    declare(pauses=[], resumes=[])
    desk.open()
    desk.take(5)
    desk.phone(6)
    desk.close(121)
    assert desk.clock.state == "missed"


def test_at_the_due_moment_itself_it_is_still_on_time(desk, declare):
    declare(pauses=[], resumes=[])
    desk.open()
    desk.take(5)
    desk.phone(6)
    desk.close(120)
    assert desk.clock.state == "met"


def test_a_pause_moves_the_due_time_and_is_not_counted(desk, declare):
    declare()
    desk.open()
    desk.take(10)
    assert desk.clock.state == "paused" and desk.clock.next_at is None
    desk.phone(40)
    assert desk.clock.due_at == desk.at(150)
    desk.close(149)
    assert (desk.clock.state, desk.clock.used_seconds) == ("met", 119 * 60)
    pause = ClockPause.objects.get()
    assert (pause.from_at, pause.to_at, pause.reason) == (desk.at(10), desk.at(40), "住户改约")


def test_a_refused_operation_leaves_the_clock_as_it_was(desk, declare):
    declare(stops=["tests.take"], pauses=[], resumes=[])
    desk.open()
    desk.take(10)
    before = Clock.objects.values().get()
    with pytest.raises(Conflict):
        desk.take(20)
    assert Clock.objects.values().get() == before


def test_a_question_answered_no_starts_nothing(desk, declare):
    declare(only_if=lambda ticket: "爆裂" in ticket.words)
    desk.open(words="灯不亮")
    assert not Clock.objects.exists()
    desk.open(words="水管爆裂")
    assert Clock.objects.count() == 1


def test_a_review_cancels_the_clock_whose_question_became_no(desk, declare):
    declare(pauses=[], resumes=[], reviews=["tests.note_phone"], only_if=lambda ticket: not ticket.phone)
    desk.open()
    desk.phone(10)
    assert desk.clock.state == "cancelled" and desk.clock.next_at is None


def test_a_review_starts_the_clock_whose_question_became_yes(desk, declare):
    declare(
        pauses=[],
        resumes=[],
        starts=[],
        reviews=["tests.note_phone"],
        since="moved_at",
        only_if=lambda t: bool(t.phone),
    )
    desk.open()
    desk.phone(10)
    assert desk.clock.started_at == desk.at(0)


def test_a_moment_that_moves_goes_on_as_a_new_round(desk, declare):
    names = iter([60, 60, 90])

    def due(calendar, start, values, ticket):
        return desk.at(next(names)) if not ticket.phone else desk.at(90)

    declare("PRM-02", due=due, pauses=[], resumes=[], reviews=["tests.note_phone"])
    desk.open()
    desk.phone(10)
    first, second = Clock.objects.order_by("round")
    assert (first.state, second.state, second.round) == ("cancelled", "running", 2)
    assert second.due_at == desk.at(90)


def test_nothing_starts_while_the_moment_is_not_named(desk, declare):
    declare("PRM-02", due=lambda *given: None)
    desk.open()
    assert not Clock.objects.exists()


def test_a_clock_keeps_the_edition_of_its_day(desk, declare, north):
    declare()
    values = {"within": "PT1H"}
    Edition.objects.create(
        project=north.project, clause_id="RPR-03", scope="project", number=2, values=values, reason="试行",
        effective_from=(desk.at(0) + timedelta(days=1)).date(), decided_at=desk.at(0),
    )  # fmt: skip
    desk.open()
    assert desk.clock.limit_seconds == 7200
    desk.open(24 * 60)
    assert desk.clock.limit_seconds == 3600
    assert desk.clock.snapshot["values"]["within"] == "PT1H" and desk.clock.snapshot["editions"]


def test_a_rule_that_is_not_in_force_starts_no_clock(desk, declare, north):
    declare()
    Edition.objects.create(
        project=north.project, clause_id="RPR-03", scope="project", number=2, values={"is_on": False}, reason="停用",
        effective_from=desk.at(0).date(), decided_at=desk.at(0),
    )  # fmt: skip
    desk.open()
    assert not Clock.objects.exists()


def test_reception_hours_carry_a_limit_into_the_next_morning(desk, declare):
    declare("DESK-08", key="tests.pass_on")
    desk.open(9 * 60 + 50)  # 18:50
    assert desk.clock.due_at == desk.at(22 * 60 + 20)  # 07:20


def test_three_working_days_skip_the_weekend(desk, declare):
    declare("CMP-15", key="tests.reply")
    desk.open()
    assert desk.clock.due_at.astimezone(desk.at(0).tzinfo).isoformat() == "2026-03-24T00:00:00+08:00"


def test_clocks_of_another_project_are_left_alone(desk, declare, north, south):
    declare(pauses=[], resumes=[])
    desk.open()
    other = type(desk)(south)
    other.open()
    other.take(1)
    other.phone(2)
    other.close(3)
    assert Clock.objects.get(project=north.project).state == "running"
    assert Clock.objects.get(project=south.project).state == "met"


def test_starting_two_clocks_costs_two_statements_at_most(desk, declare, django_assert_max_num_queries):
    desk.open()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as without:
        desk.open()
    declare()
    declare("RPR-04", key="tests.ordinary")
    with django_assert_max_num_queries(len(without) + 2):
        desk.open()
    with django_assert_max_num_queries(len(without) + 1):
        desk.open()


def test_a_clause_that_is_no_clock_and_a_key_used_twice_are_refused(declare):
    with pytest.raises(ValueError):
        declare("RPR-01")
    declare()
    with pytest.raises(ValueError):
        declare()


def test_a_rule_that_pauses_but_never_goes_on_is_refused(declare):
    with pytest.raises(ValueError):
        declare(resumes=[])


def test_every_rule_of_the_product_listens_to_events_that_exist():
    assert rules.unknown_events() == []
