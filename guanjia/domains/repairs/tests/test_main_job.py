"""The main job: from the call to the revisited, closed case; and every way it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.followups.operations import revisit
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

from .taking import done, fresh, photo, take, working

pytestmark = pytest.mark.django_db


@pytest.mark.clause("RPR-02", "CASE-03", "RPR-08", "RPR-10", "REV-04")
def test_a_repair_goes_from_the_call_to_the_revisited_closed_case(north: Community) -> None:
    case = done(north)
    repairs.confirm(case, by=north.by("owner"), rating="satisfied", mode="online")
    revisit(case, by=north.by("officer"), mode="phone", satisfaction="satisfied", mood="calm", feedback="修好了")
    case = fresh(case)
    assert (case.state, case.owner_id, case.executor_id) == (
        "closed", north.staff["receptionist"].pk, north.staff["technician"].pk,
    )  # fmt: skip
    names = list(
        Event.objects.filter(subject_id=case.pk, subject_label="case").order_by("id").values_list("name", flat=True)
    )
    assert names == [
        "repairs.record", "repairs.dispatch", "repairs.accept", "repairs.agree_visit", "repairs.arrive",
        "repairs.finish", "repairs.confirm", "followups.revisit",
    ]  # fmt: skip


@pytest.mark.clause("RPR-01")
def test_the_number_can_be_read_out_and_the_customer_is_frozen_sealed(north: Community) -> None:
    case = take(north)
    day = timezone.localtime(case.reported_at).strftime("%Y%m%d")
    assert case.number == f"BY-BX{day}-0001"
    assert north.owner.phone not in str(Case.objects.values_list("customer", flat=True).get(pk=case.pk))
    assert casework.customers([case])[case.pk] == {"name": north.owner.name, "phone": north.owner.phone}


@pytest.mark.clause("RPR-03")
def test_an_emergency_is_answered_by_arrival_within_two_hours(north: Community) -> None:
    case = take(north, urgency="emergency", problem="burst", executor=north.staff["technician"])
    clock = Clock.objects.get(subject_id=case.pk, clause_id="RPR-03")
    assert clock.due_at - clock.started_at == timedelta(hours=2)
    repairs.accept(case, by=north.by("technician"))
    soon = timezone.now() + timedelta(minutes=20)
    repairs.agree_visit(case, by=north.by("technician"), appointment_from=soon)
    clock.refresh_from_db()
    assert clock.stopped_at is None
    repairs.arrive(case, by=north.by("technician"))
    clock.refresh_from_db()
    assert clock.stopped_at is not None and clock.state == "met"


@pytest.mark.clause("RPR-04")
def test_an_ordinary_repair_is_answered_by_contact_with_an_agreed_time(north: Community) -> None:
    case = take(north)
    clock = Clock.objects.get(subject_id=case.pk, clause_id="RPR-04")
    assert clock.due_at - clock.started_at == timedelta(hours=24)
    repairs.agree_visit(case, by=north.by("receptionist"), appointment_from=timezone.now() + timedelta(hours=2))
    clock.refresh_from_db()
    assert clock.state == "met"


@pytest.mark.clause("RPR-05")
def test_a_planned_repair_is_due_on_its_day_and_needs_one(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        take(north, urgency="planned")
    assert set(refusal.value.errors) == {"appointment_from"}
    day = timezone.now() + timedelta(days=5)
    case = take(north, urgency="planned", appointment_from=day)
    assert Clock.objects.get(subject_id=case.pk, clause_id="RPR-05").due_at == day + timedelta(minutes=30)


@pytest.mark.clause("RPR-06")
def test_the_agreed_completion_is_a_clock_that_stands_still_while_paused(north: Community) -> None:
    case = working(north)
    repairs.agree_completion(case, by=north.by("technician"), completion_agreed_at=timezone.now() + timedelta(hours=3))
    repairs.pause(case, by=north.by("technician"), reason="material", words="等软管")
    assert Clock.objects.get(subject_id=case.pk, clause_id="RPR-06").state == "paused"
    repairs.resume(case, by=north.by("technician"))
    assert Clock.objects.get(subject_id=case.pk, clause_id="RPR-06").state == "running"


@pytest.mark.clause("RPR-09", "RPR-13")
def test_not_fixed_means_somebody_comes_again_and_a_new_clock(north: Community) -> None:
    case = done(north)
    repairs.ask_rework(case, by=north.by("owner"), words="还在滴", rating="unsatisfied")
    assert (fresh(case).state, fresh(case).round, fresh(case).executor_id) == ("open", 2, None)
    assert Clock.objects.get(subject_id=case.pk, clause_id="RPR-09").state == "running"
    repairs.dispatch(case, by=north.by("engineering_supervisor"), executor=north.staff["electrician"])
    assert Clock.objects.get(subject_id=case.pk, clause_id="RPR-09").state == "met"


@pytest.mark.clause("RPR-08")
def test_an_unhappy_rating_is_not_a_confirmation(north: Community) -> None:
    case = done(north)
    with pytest.raises(Refused) as refusal:
        repairs.confirm(case, by=north.by("owner"), rating="unsatisfied", mode="online")
    assert refusal.value.clause == "RPR-09" and fresh(case).state == "done"


@pytest.mark.clause("RPR-08")
def test_without_confirmation_three_failed_contacts_are_needed(north: Community) -> None:
    case, by = done(north), north.by("officer")
    for _ in range(2):
        repairs.note_failed_contact(case, by=by, mode="phone", words="无人接听")
    with pytest.raises(Refused):
        repairs.confirm_unreached(case, by=by)
    repairs.note_failed_contact(case, by=by, mode="home", words="家中无人")
    repairs.confirm_unreached(case, by=by)
    assert fresh(case).state == "confirmed"


@pytest.mark.clause("CASE-05")
def test_nobody_enters_a_home_without_an_appointment(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    repairs.accept(case, by=north.by("technician"))
    with pytest.raises(Refused) as refusal:
        repairs.arrive(case, by=north.by("technician"))
    assert refusal.value.clause == "CASE-05" and order_of(fresh(case)).arrived_at is None


@pytest.mark.clause("CASE-01")
def test_a_transfer_moves_the_work_and_never_the_ownership(north: Community) -> None:
    case = working(north)
    repairs.transfer(case, by=north.by("supervisor"), executor=north.staff["electrician"], reason="需要电工")
    assert fresh(case).owner_id == north.staff["receptionist"].pk
    with pytest.raises(Forbidden):
        repairs.accept(case, by=north.by("technician"))


@pytest.mark.clause("CASE-02")
def test_what_a_resident_reports_is_owned_by_the_steward_of_the_district(north: Community) -> None:
    assert take(north, who="owner").owner == north.staff["steward"]
    assert take(north, apart=True).observers.get().employee == north.staff["steward"]


def test_dispatch_by_rule_takes_the_skilled_and_least_loaded(north: Community) -> None:
    case = take(north, category="electrical", problem="socket")
    repairs.dispatch(case, by=north.by("receptionist"))
    assert case.executor == north.staff["electrician"]


def test_the_same_matter_is_not_taken_twice_unless_said_to_be_another(north: Community) -> None:
    first = take(north)
    with pytest.raises(Refused) as refusal:
        take(north)
    assert set(refusal.value.errors) == {"apart"}
    cases.join(first, by=north.by("receptionist"), words="又打来问")
    assert take(north, apart=True).pk != first.pk


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": "elevator", "problem": "leak"}, "problem"),
        ({"category": "elevator", "problem": "trapped"}, "problem"),
        ({"caller_phone": "12"}, "caller_phone"),
        ({"resident": None}, "caller_phone"),
        ({"house": None}, "house"),
        ({"content": ""}, "content"),
        ({"content": "长" * 501}, "content"),
        ({"urgency": "soon"}, "urgency"),
        ({"appointment_from": timezone.now() - timedelta(days=1)}, "appointment_from"),
    ],
)
def test_wrong_input_is_refused_under_its_field(north: Community, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        take(north, **given)
    assert field in refusal.value.errors and not Case.objects.exists()


def test_a_house_of_another_project_is_refused(north: Community, south: Community) -> None:
    with pytest.raises(Refused) as refusal:
        take(north, house=south.house)
    assert set(refusal.value.errors) == {"house"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("x.jpg", b"MZ" + b"0" * 100), ("x.png", b"")],
)
def test_what_is_no_photo_is_refused(north: Community, name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        take(north, photos=[SimpleUploadedFile(name, content)])
    assert set(refusal.value.errors) == {"photos"} and not Case.objects.exists()


@pytest.mark.clause("RPR-12")
def test_paid_work_waits_for_the_residents_consent(north: Community) -> None:
    case, by = working(north), north.by("technician")
    line = {"name": "软管", "quantity": 2, "unit_fen": 1800, "payer": "resident"}
    with pytest.raises(Refused):
        repairs.use_material(case, by=by, **line)
    repairs.quote(case, by=by, quoted_fen=3600, quote_words="软管两根")
    with pytest.raises(Refused):
        repairs.finish(case, by=by, work_done="更换", finding="fixed", photos=[photo()])
    repairs.consent_quote(case, by=north.by("owner"), mode="online")
    repairs.use_material(case, by=by, **line)
    with pytest.raises(Refused) as refusal:
        repairs.finish(case, by=by, work_done="更换", finding="fixed", labour_fen=5000, photos=[photo()])
    assert set(refusal.value.errors) == {"labour_fen"}
    repairs.finish(case, by=by, work_done="更换", finding="fixed", photos=[photo()])
    assert order_of(fresh(case)).total_fen == 3600


def test_nobody_revisits_their_own_work_and_nobody_confirms_it(north: Community) -> None:
    case = done(north)
    with pytest.raises(Forbidden):
        repairs.confirm(case, by=north.by("technician"), rating="satisfied", mode="phone")
    repairs.confirm(case, by=north.by("officer"), rating="satisfied", mode="phone")
    with pytest.raises(Forbidden):
        revisit(case, by=north.by("technician"), mode="phone", satisfaction="satisfied", mood="calm", feedback="好")


def test_only_the_technician_who_was_sent_accepts(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    with pytest.raises(Forbidden):
        repairs.accept(case, by=north.by("electrician"))
    assert fresh(case).state == "dispatched"


def test_a_second_grab_comes_too_late(north: Community) -> None:
    case = take(north)
    repairs.grab(fresh(case), by=north.by("technician"))
    with pytest.raises(Conflict):
        repairs.grab(case, by=north.by("electrician"))
    assert fresh(case).executor == north.staff["technician"]


def test_another_resident_does_not_see_the_case(north: Community) -> None:
    case = done(north)
    for who in ("stranger", "tenant"):
        with pytest.raises(Unknown):
            repairs.confirm(case, by=north.by(who), rating="satisfied", mode="online")


def test_force_closing_needs_a_supervisor_and_stands_apart(north: Community) -> None:
    case = take(north)
    with pytest.raises(Forbidden):
        cases.force_close(case, by=north.by("receptionist"), reason="省事")
    cases.force_close(case, by=north.by("supervisor"), reason="住户已迁出")
    assert [c.pk for c in casework.queue(north.project, north.by("supervisor"), view="forced")] == [case.pk]


def test_a_reopened_repair_begins_another_round(north: Community) -> None:
    case = done(north)
    cases.force_close(case, by=north.by("supervisor"), reason="记录有误")
    cases.reopen(case, by=north.by("supervisor"), reason="又漏了")
    assert fresh(case).round == 2 and order_of(fresh(case)).arrived_at is None


@pytest.mark.clause("CASE-04")
def test_an_enquiry_answered_on_the_spot_is_closed_at_once(north: Community) -> None:
    case = cases.record_enquiry(
        north.project, by=north.by("receptionist"), content="问车位续租", resident=north.owner, channel="phone",
        place="none", reply="带身份证到前台办理",
    )  # fmt: skip
    assert fresh(case).state == "closed" and fresh(case).number.startswith("BY-ZX")


def test_a_case_is_found_by_two_characters_and_by_its_digits(north: Community) -> None:
    case = take(north)
    by = north.by("receptionist")
    for words in ("滴水", "3-2-1201", case.number[-13:]):
        assert [c.pk for c in casework.queue(north.project, by, query=words)] == [case.pk]
    assert casework.queue(north.project, by, query="电梯") == []


def test_work_is_not_finished_before_the_arrival(north: Community) -> None:
    case = working(north)
    arrived = order_of(fresh(case)).arrived_at
    assert arrived is not None and fresh(case).moved_at == arrived
    early = north.by("technician").moment(arrived - timedelta(minutes=1))
    with pytest.raises(Refused) as refusal:
        repairs.finish(case, by=early, work_done="更换软管", finding="fixed", photos=[photo()])
    assert set(refusal.value.errors) == {"at"} and fresh(case).state == "working"
