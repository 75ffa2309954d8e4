"""Collected against a code and a signature, handed round, reminded of, sent back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.domains.parcels import jobs, queries
from guanjia.domains.parcels.models import Parcel, State
from guanjia.domains.parcels.operations import (
    find_again,
    hand_over,
    hand_round,
    put_elsewhere,
    remind,
    report_missing,
    send_back,
)
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts import handover
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import HandoutState
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.tests.cast import Community

from .taking import agreed, picture, posted, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(north: Community) -> Parcel:
    agreed(north)
    return taken(north)


@pytest.mark.clause("PAR-06", "HOUSE-05")
def test_it_is_given_against_the_code_and_a_signature(north: Community, parcel: Parcel) -> None:
    hand_over(parcel, by=north.by("receptionist"), proof="code", pickup_code=parcel.code, signature=picture())
    assert parcel.state == State.COLLECTED and parcel.collected_at
    assert Clock.objects.get(clause_id="HOUSE-05", subject_id=parcel.pk).state == Clock.State.MET
    handout = custody.latest(parcel)
    assert handout and handout.state == HandoutState.GIVEN and handout.resident == north.owner
    assert files.has(handout, "signature") and parcel.code not in str(Event.objects.get(name="parcels.hand_over").given)


@pytest.mark.clause("PAR-06")
def test_without_a_signature_or_with_a_wrong_code_it_stays(north: Community, parcel: Parcel) -> None:
    by = north.by("receptionist")
    with pytest.raises(Refused) as unsigned:
        hand_over(parcel, by=by, proof="code", pickup_code=parcel.code)
    assert "signature" in unsigned.value.errors
    for wrong in ("", "000000"):
        with pytest.raises(Refused) as refusal:
            hand_over(parcel, by=by, proof="code", pickup_code=wrong, signature=picture())
        assert refusal.value.clause == "PAR-06"
    parcel.refresh_from_db()
    assert parcel.state == State.WAITING and custody.latest(parcel) is None


def test_the_code_of_another_door_opens_nothing(north: Community, parcel: Parcel) -> None:
    agreed(north, north.stranger)
    theirs = taken(north, resident=north.stranger)
    with pytest.raises(Refused):
        hand_over(parcel, by=north.by("receptionist"), proof="code", pickup_code=theirs.code, signature=picture())


@pytest.mark.clause("PAR-06")
def test_several_of_one_household_leave_with_one_signature(north: Community, parcel: Parcel) -> None:
    others = [taken(north, resident=north.tenant), taken(north)]
    given = {"proof": "code", "pickup_code": parcel.code, "signature": picture()}
    hand_over.many([(one, given) for one in (parcel, *others)], by=north.by("receptionist"))
    assert set(Parcel.objects.values_list("state", flat=True)) == {State.COLLECTED}
    assert all(files.has(custody.latest(one), "signature") for one in (parcel, *others))


def test_a_collected_one_is_not_collected_again(north: Community, parcel: Parcel) -> None:
    given = {"proof": "known", "signature": picture()}
    hand_over(parcel, by=north.by("receptionist"), collector="家人", **given)
    with pytest.raises(Conflict):
        hand_over(parcel, by=north.by("receptionist"), proof="known", signature=picture())
    assert custody.latest(parcel).outsider == "家人"


def test_who_does_not_keep_parcels_and_another_project_get_none(
    north: Community, south: Community, parcel: Parcel
) -> None:
    with pytest.raises(Forbidden):
        hand_over(parcel, by=north.by("technician"), proof="known", signature=picture())
    with pytest.raises(Unknown):
        hand_over(parcel, by=south.by("receptionist"), proof="known", signature=picture())
    with pytest.raises(Forbidden):
        hand_over(parcel, by=north.by("owner"), proof="known", signature=picture())


@pytest.mark.clause("PAR-08")
def test_letters_are_sorted_by_unit_and_handed_round(north: Community) -> None:
    upstairs, letter = posted(north, house=north.neighbour_house), posted(north)
    posted(north, sort="signed")
    (one,) = queries.rounds(north.project, north.by("steward"))
    assert one.letters == [letter, upstairs] and "3\u2009幢" in one.label
    hand_round.many([(letter, {}), (upstairs, {})], by=north.by("steward"))
    assert queries.rounds(north.project, north.by("steward")) == []
    with pytest.raises(Conflict):
        hand_round(letter, by=north.by("steward"))


@pytest.mark.clause("PAR-08")
def test_what_is_not_handed_round_is_counted_when_the_shift_changes(north: Community, parcel: Parcel) -> None:
    letter = posted(north)
    found = {one.line.key: one for one in handover.found(north.project, north.by("receptionist"), posts.RECEPTIONIST)}
    assert found["parcels.letters"].ids == [letter.pk] and found["parcels.waiting"].ids == [parcel.pk]
    assert found["parcels.letters"].line.counted and found["parcels.waiting"].line.counted


def test_a_registered_letter_is_never_put_into_a_box(north: Community) -> None:
    letter = posted(north, sort="signed")
    with pytest.raises(Conflict):
        hand_round(letter, by=north.by("steward"))
    assert letter.state == State.WAITING


def test_who_waits_three_days_is_reminded_and_then_left_in_peace(north: Community, parcel: Parcel) -> None:
    at = timezone.now()
    assert jobs.remind_at(at) == 0
    Parcel.objects.filter(pk=parcel.pk).update(came_at=at - timedelta(days=3, minutes=1))
    assert jobs.remind_at(at) == 1 and jobs.remind_at(at) == 0
    parcel.refresh_from_db()
    assert parcel.reminders == 1 and parcel.reminded_at
    assert Event.objects.get(name="parcels.remind").actor_kind == "system"


def test_it_goes_back_only_after_a_reminder(north: Community, parcel: Parcel) -> None:
    by = north.by("receptionist")
    with pytest.raises(Refused):
        send_back(parcel, by=by, remark="一周未领")
    remind(parcel, by=by)
    send_back(parcel, by=by, remark="一周未领")
    assert parcel.state == State.SENT_BACK and custody.latest(parcel).outsider == "顺丰"


@pytest.mark.clause("PAR-02")
def test_missing_is_the_leads_word_and_found_again_has_a_place(north: Community, parcel: Parcel) -> None:
    put_elsewhere(parcel, by=north.by("steward"), position="B-1")
    with pytest.raises(Forbidden):
        report_missing(parcel, by=north.by("receptionist"), remark="架上没有")
    report_missing(parcel, by=north.by("supervisor"), remark="架上没有")
    with pytest.raises(Refused):
        find_again(parcel, by=north.by("receptionist"), position="")
    find_again(parcel, by=north.by("receptionist"), position="B-2")
    assert (parcel.state, parcel.position) == (State.WAITING, "B-2")
