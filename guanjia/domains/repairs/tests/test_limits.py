"""Limits of our own, a changed urgency, and what a corrected line of material does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.models import Material
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks import explaining
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

from .taking import done, fresh, take, working

pytestmark = pytest.mark.django_db


def clocks_of(case: Case, clause: str) -> list[Clock]:
    return list(Clock.objects.filter(subject_id=case.pk, clause_id=clause).order_by("id"))


@pytest.mark.clause("HOUSE-01")
def test_an_agreed_visit_starts_a_clock_that_arrival_stops(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    assert clocks_of(case, "HOUSE-01") == []
    start = timezone.now() + timedelta(hours=1)
    repairs.agree_visit(case, by=north.by("receptionist"), appointment_from=start)
    (clock,) = clocks_of(case, "HOUSE-01")
    assert clock.due_at == start + timedelta(minutes=30)
    repairs.accept(case, by=north.by("technician"))
    repairs.arrive(case, by=north.by("technician"))
    clock.refresh_from_db()
    assert clock.state == "met"


@pytest.mark.clause("HOUSE-01")
def test_a_visit_agreed_anew_moves_the_limit_and_ends_the_old_one_uncounted(north: Community) -> None:
    case = take(north)
    soon, later = (timezone.now() + timedelta(hours=h) for h in (1, 5))
    repairs.agree_visit(case, by=north.by("receptionist"), appointment_from=soon)
    repairs.agree_visit(case, by=north.by("receptionist"), appointment_from=later)
    old, new = clocks_of(case, "HOUSE-01")
    assert (old.state, new.state, new.due_at) == ("cancelled", "running", later + timedelta(minutes=30))


@pytest.mark.clause("HOUSE-02", "HOUSE-03", "RPR-06")
@pytest.mark.parametrize(
    ("urgency", "problem", "clause", "other"),
    [("ordinary", "leak", "HOUSE-02", "HOUSE-03"), ("emergency", "burst", "HOUSE-03", "HOUSE-02")],
)
def test_our_limit_of_completion_stands_until_another_is_agreed(
    north: Community, urgency: str, problem: str, clause: str, other: str
) -> None:
    case = take(north, urgency=urgency, problem=problem)
    assert [c.state for c in clocks_of(case, clause)] == ["running"] and not clocks_of(case, other)
    agreed = timezone.now() + timedelta(days=9)
    repairs.agree_completion(case, by=north.by("receptionist"), completion_agreed_at=agreed)
    assert [c.state for c in clocks_of(case, clause)] == ["cancelled"]
    assert clocks_of(case, "RPR-06")[0].due_at == agreed


@pytest.mark.clause("HOUSE-02")
def test_a_pause_moves_our_limit_and_finishing_ends_it(north: Community) -> None:
    case = working(north)
    repairs.pause(case, by=north.by("technician"), reason="material")
    assert [c.state for c in clocks_of(case, "HOUSE-02")] == ["paused"]
    repairs.resume(case, by=north.by("technician"))
    assert [c.state for c in clocks_of(case, "HOUSE-02")] == ["running"]
    assert [c.state for c in clocks_of(done(north, apart=True), "HOUSE-02")] == ["met"]


@pytest.mark.clause("RPR-03")
def test_raised_to_an_emergency_the_two_hours_run_from_the_change(north: Community) -> None:
    at = timezone.now() - timedelta(hours=5)
    case = take(north)
    Case.objects.filter(pk=case.pk).update(reported_at=at)
    case = fresh(case)
    cases.change_urgency(case, by=north.by("supervisor"), urgency="emergency", reason="楼下也漏了")
    (clock,) = clocks_of(case, "RPR-03")
    assert clock.due_at > timezone.now() + timedelta(minutes=110)
    assert [c.state for c in clocks_of(case, "RPR-04")] == ["cancelled"]


@pytest.mark.clause("RPR-04")
def test_lowered_to_ordinary_the_day_runs_from_the_report(north: Community) -> None:
    case = take(north, urgency="emergency", problem="burst")
    reported = timezone.now() - timedelta(hours=3)
    Case.objects.filter(pk=case.pk).update(reported_at=reported)
    case = fresh(case)
    cases.change_urgency(case, by=north.by("supervisor"), urgency="ordinary", reason="已关阀")
    (clock,) = clocks_of(case, "RPR-04")
    assert clock.started_at == reported and clock.due_at == reported + timedelta(hours=24)


@pytest.mark.clause("RPR-03")
def test_who_has_arrived_owes_no_arrival_when_it_turns_urgent(north: Community) -> None:
    case = working(north)
    cases.change_urgency(case, by=north.by("supervisor"), urgency="emergency", reason="水量变大")
    assert clocks_of(case, "RPR-03") == []
    cases.change_urgency(case, by=north.by("supervisor"), urgency="ordinary", reason="已止住")
    assert [c.state for c in clocks_of(case, "RPR-04")] == ["met"]


def test_a_kept_limit_is_drawn_green(north: Community) -> None:
    case = done(north)
    by = north.by("supervisor")
    (clock,) = clocks_of(case, "RPR-04")
    drawn = explaining.axis(explaining.explain(clock, by.at), by.at)
    assert drawn["icon"] == "circle-check" and {s["tone"] for s in drawn["segments"]} <= {"met"}


# -- material ----------------------------------------------------------------------------------------------------------


def with_material(north: Community) -> tuple[Case, Material]:
    case = working(north)
    repairs.use_material(case, by=north.by("technician"), name="软管", quantity=2, unit="根", payer="company")
    return case, Material.objects.get()


@pytest.mark.clause("RPR-01")
def test_a_wrong_line_is_taken_back_with_a_reason_and_no_longer_counts(north: Community) -> None:
    case, line = with_material(north)
    repairs.quote(case, by=north.by("technician"), quoted_fen=5000, quote_words="换软管")
    repairs.consent_quote(case, by=north.by("technician"), mode="home")
    repairs.use_material(case, by=north.by("technician"), name="角阀", quantity=1, unit_fen=2600, payer="resident")
    assert order_of(case).total_fen == 2600
    dear = Material.objects.get(name="角阀")
    repairs.take_back_material(case, by=north.by("technician"), line=dear, reason="没有用上")
    dear.refresh_from_db()
    assert order_of(case).total_fen == 0 and dear.taken_back_reason == "没有用上" and dear.quantity == 1
    event = Event.objects.get(name="repairs.take_back_material")
    assert event.given == {"line": dear.pk, "reason": "没有用上"}
    assert Material.objects.filter(taken_back_at__isnull=True).get() == line


def test_a_line_is_taken_back_once_with_a_reason_and_only_of_this_case(north: Community) -> None:
    case, line = with_material(north)
    other = working(north, apart=True)
    repairs.use_material(other, by=north.by("technician"), name="弯头", quantity=1, payer="company")
    foreign = Material.objects.get(name="弯头")
    for given in ({"line": line, "reason": ""}, {"line": foreign, "reason": "写错了"}):
        with pytest.raises(Refused):
            repairs.take_back_material(case, by=north.by("technician"), **given)
    repairs.take_back_material(case, by=north.by("technician"), line=line, reason="写错了")
    with pytest.raises(Refused):
        repairs.take_back_material(case, by=north.by("technician"), line=line, reason="又一次")
    assert Event.objects.filter(name="repairs.take_back_material").count() == 1


def test_only_who_works_on_it_or_leads_takes_a_line_back(north: Community) -> None:
    case, line = with_material(north)
    for who in ("electrician", "receptionist"):
        with pytest.raises(Forbidden):
            repairs.take_back_material(case, by=north.by(who), line=line, reason="写错了")
    line.refresh_from_db()
    assert line.taken_back_at is None


def test_what_we_found_ourselves_needs_no_number_and_a_stranger_still_does(north: Community) -> None:
    found = {"place": "common", "house": None, "spot": north.spot, "resident": None, "category": "electrical"}
    case = take(north, who="guard", **found, problem="light", channel="patrol")
    assert case.state == "open"
    with pytest.raises(Refused) as refusal:
        take(north, who="guard", **found, problem="light", channel="walk_in", apart=True)
    assert "caller_phone" in refusal.value.errors
