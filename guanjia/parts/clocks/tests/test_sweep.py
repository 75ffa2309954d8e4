"""The sweep lifts clocks up their ladder, once each step, also after a night without a worker."""

import pytest

from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.approvals.tests.signing import approved
from guanjia.parts.clocks import jobs, operations, queries
from guanjia.parts.clocks.models import Clock

pytestmark = pytest.mark.django_db


def escalations():
    return Event.objects.filter(name="clocks.escalate").order_by("id")


def test_nothing_moves_before_the_warning(desk, declare):
    declare()
    desk.open()
    assert jobs.sweep_at(desk.at(89)) == 0


def test_each_step_is_climbed_once_and_tells_its_people(desk, declare):
    declare()
    desk.open()
    minutes = (90, 91, 120, 121, 150, 240, 1000)
    told = [(m, queries.told(desk.clock, escalations().last())) for m in minutes if jobs.sweep_at(desk.at(m))]
    assert told == [
        (90, ["executor"]), (120, ["executor", "owner"]), (150, ["service_supervisor"]), (240, ["project_manager"]),
    ]  # fmt: skip
    assert desk.clock.next_at is None


def test_after_a_night_without_a_worker_one_event_tells_everybody(desk, declare):
    declare()
    desk.open()
    assert jobs.sweep_at(desk.at(600)) == 1
    assert queries.told(desk.clock, escalations().get()) == [
        "executor", "owner", "service_supervisor", "project_manager",
    ]  # fmt: skip


def test_a_second_sweep_at_the_same_moment_does_nothing(desk, declare):
    declare()
    desk.open()
    jobs.sweep_at(desk.at(90))
    assert jobs.sweep_at(desk.at(90)) == 0 and escalations().count() == 1


def test_a_clock_that_was_stopped_meanwhile_is_refused(desk, declare):
    declare(pauses=[], resumes=[])
    desk.open()
    stale = desk.clock
    desk.take(91)
    desk.phone(91)
    desk.close(91)
    with pytest.raises(Refused):
        operations.escalate(stale, by=system(desk.at(92)))
    assert not escalations().exists()


def test_a_paused_clock_does_not_climb(desk, declare):
    declare()
    desk.open()
    desk.take(80)
    assert jobs.sweep_at(desk.at(500)) == 0
    desk.phone(501)
    assert jobs.sweep_at(desk.at(510)) == 0
    assert jobs.sweep_at(desk.at(511)) == 1


def test_people_may_not_escalate(desk, declare, north):
    declare()
    desk.open()
    with pytest.raises(Forbidden):
        operations.escalate(desk.clock, by=north.by("manager", desk.at(120)))


def test_recipients_are_the_executor_and_who_holds_the_post_that_day(desk, declare, north):
    steward = north.staff["steward"].pk
    declare(executor=lambda ticket: steward)
    desk.open()
    found = queries.recipients(desk.clock, ["executor", "owner", "service_supervisor"], desk.at(0).date())
    assert found == [steward, north.staff["supervisor"].pk]


def test_a_reason_is_given_and_one_breach_exempted_by_an_approver(desk, declare, north):
    declare()
    desk.open()
    late = north.by("steward", desk.at(200))
    operations.give_reason(desk.clock, by=late, cause="staffing", breach_reason="夜间班只有一人")
    manager = north.by("manager", desk.at(300))
    approved(lambda: operations.exempt(desk.clock, by=manager, exempt_reason="全市停水"))
    clock = desk.clock
    assert (clock.cause, clock.exempted_by_name) == ("staffing", north.staff["service_manager"].name)
    kept = queries.kept(north.project.pk, ["RPR-03"], desk.at(0), desk.at(999), desk.at(999))
    assert kept == {"RPR-03": {"met": 0, "missed": 1, "exempted": 1, "due": 1}}


def test_a_breach_without_a_reason_cannot_be_exempted(desk, declare, north):
    declare()
    desk.open()
    with pytest.raises(Refused):
        operations.exempt(desk.clock, by=north.by("manager"), exempt_reason="全市停水")


def test_a_post_without_the_right_puts_no_exemption_forward(desk, declare, north):
    declare()
    desk.open()
    with pytest.raises(Forbidden):
        operations.exempt(desk.clock, by=north.by("steward"), exempt_reason="全市停水")


def test_a_clock_met_in_time_takes_no_excuse(desk, declare, north):
    declare(pauses=[], resumes=[])
    desk.open()
    desk.take(1)
    desk.phone(2)
    desk.close(3)
    with pytest.raises(Refused):
        operations.give_reason(desk.clock, by=north.by("steward"), cause="other", breach_reason="没有理由")
    assert Clock.objects.get().cause == ""
