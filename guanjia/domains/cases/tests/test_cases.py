"""What every case shares: notes, referring up, watching, evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.followups.operations import revisit
from guanjia.domains.repairs import figures
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import appointments
from guanjia.domains.repairs.tests.taking import done, take
from guanjia.kernel.models import Event, PersonKey
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


@pytest.mark.clause("CASE-07")
def test_nothing_is_referred_up_without_a_number_to_ring_back(north: Community) -> None:
    case = take(north)
    PersonKey.objects.filter(label="people.resident", person_id=north.owner.pk).delete()  # the person was erased
    with pytest.raises(Refused) as refusal:
        cases.refer(case, by=north.by("receptionist"), superior=north.staff["supervisor"], reason="住户要求赔偿")
    assert refusal.value.clause == "CASE-07" and not Event.objects.filter(name="cases.refer").exists()


@pytest.mark.clause("CASE-07", "CASE-01")
def test_a_superior_who_is_asked_watches_and_the_owner_stays(north: Community) -> None:
    case = take(north)
    cases.refer(case, by=north.by("receptionist"), superior=north.staff["supervisor"], reason="住户要求赔偿")
    assert case.observers.filter(employee=north.staff["supervisor"]).exists()
    assert Case.objects.get(pk=case.pk).owner == north.staff["receptionist"]
    with pytest.raises(Refused):
        cases.refer(case, by=north.by("receptionist"), superior=north.staff["guard"], reason="找保安")


@pytest.mark.clause("CASE-09", "CASE-11")
def test_a_dispute_between_neighbours_leaves_a_record(north: Community) -> None:
    case = take(north)
    cases.note(case, by=north.by("steward"), words="两家到场协商，楼上先停水检查", contact="resident")
    assert Event.objects.get(name="cases.note").given["contact"] == "resident"


@pytest.mark.clause("CASE-10")
def test_the_steward_chases_what_is_open_and_not_what_is_done(north: Community) -> None:
    case = take(north)
    cases.chase(case, by=north.by("steward"), words="住户问进度")
    assert Case.objects.get(pk=case.pk).chased == 1
    finished = done(north, apart=True)
    with pytest.raises(Refused):
        cases.chase(finished, by=north.by("steward"))


def test_a_guard_sees_the_case_only_once_watching(north: Community) -> None:
    case = take(north)
    assert not Case.visible_to(north.by("guard")).exists()
    cases.observe(case, by=north.by("supervisor"), employee=north.staff["guard"])
    assert Case.visible_to(north.by("guard")).get() == case
    with pytest.raises(Forbidden):
        cases.note(case, by=north.by("guard"), words="我看到了")


@pytest.mark.clause("REV-14", "REV-08")
def test_the_revisit_is_due_after_three_working_days_and_stops_its_clock(north: Community) -> None:
    case = done(north)
    repairs.confirm(case, by=north.by("owner"), rating="satisfied", mode="online")
    clock = Clock.objects.get(subject_id=case.pk, clause_id="REV-14")
    assert timedelta(days=2) < clock.due_at - clock.started_at < timedelta(days=13)
    revisit(case, by=north.by("steward"), mode="phone", satisfaction="satisfied", mood="pleased", feedback="好")
    assert Clock.objects.get(pk=clock.pk).state == "met"


@pytest.mark.clause("RPR-10", "RPR-11", "RPR-13")
def test_shares_count_closed_repairs_and_open_to_their_rows(north: Community) -> None:
    good, forced = done(north), take(north, apart=True)
    repairs.confirm(good, by=north.by("owner"), rating="satisfied", mode="online")
    revisit(good, by=north.by("officer"), mode="phone", satisfaction="satisfied", mood="calm", feedback="好")
    cases.force_close(forced, by=north.by("supervisor"), reason="重复")
    again = done(north, apart=True)
    repairs.ask_rework(again, by=north.by("owner"), words="还漏", rating="unsatisfied")
    cases.force_close(again, by=north.by("supervisor"), reason="住户搬走")
    now = timezone.now()
    span: tuple[Any, ...] = (north.project, now - timedelta(days=1), now + timedelta(minutes=1))
    assert figures.revisited(*span).numbers == (1, 3)
    assert figures.lasting(*span).numbers == (2, 3)
    assert figures.timely(*span).numbers == (3, 3)
    assert list(figures.revisited(*span).counted) == [Case.objects.get(pk=good.pk)]


def test_after_a_person_is_erased_the_frozen_copy_does_not_open(north: Community) -> None:
    case = take(north)
    PersonKey.objects.filter(label="people.resident", person_id=north.owner.pk).delete()
    assert casework.customers([case])[case.pk] == {}


@pytest.mark.clause("PRIV-02")
def test_visits_are_shown_only_of_cases_that_may_be_seen(north: Community) -> None:
    now = timezone.now()
    take(north, appointment_from=now + timedelta(hours=1))
    span = (now, now + timedelta(days=1))
    assert len(appointments(north.project, north.by("receptionist"), *span)) == 1
    for who in ("guard", "cashier", "administrator"):
        assert appointments(north.project, north.by(who), *span) == []


def test_a_chase_is_no_move_and_does_not_refuse_what_an_offline_phone_did_before(north: Community) -> None:
    now = timezone.now()
    case = take(north, urgency="emergency", problem="burst", executor=north.staff["technician"])
    repairs.accept(case, by=north.by("technician"))
    moved_at = Case.objects.get(pk=case.pk).moved_at
    cases.chase(case, by=north.by("steward"))
    assert Case.objects.get(pk=case.pk).moved_at == moved_at
    repairs.arrive(case, by=north.by("technician").moment(max(moved_at, now)))
    with pytest.raises(Refused):
        repairs.pause(case, by=north.by("technician").moment(moved_at - timedelta(minutes=5)), reason="material")
