"""What the counter may take in, and what goes back with the courier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.parcels.models import Parcel, Reason, State
from guanjia.domains.parcels.operations import turn_away
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.files import queries as files
from guanjia.people.tests.cast import Community

from .taking import agreed, picture, posted, taken

pytestmark = pytest.mark.django_db


@pytest.mark.clause("PAR-05")
@pytest.mark.clause("PAR-02")
@pytest.mark.clause("HOUSE-05")
def test_a_parcel_is_registered_with_place_photo_and_code(north: Community) -> None:
    agreed(north)
    parcel = taken(north, tracking="sf 1234")
    assert (parcel.state, parcel.position, parcel.house, parcel.tracking) == (
        State.WAITING,
        "A-3",
        north.house,
        "SF1234",
    )
    assert len(parcel.code) == 6 and parcel.confirmed_at and files.has(parcel, "reported")
    told = Event.objects.get(name="parcels.accept")
    assert parcel.code not in str(told.given) and "SF1234" not in str(told.given)
    clock = Clock.objects.get(clause_id="HOUSE-05", subject_id=parcel.pk)
    assert clock.due_at == parcel.came_at + timedelta(days=7)


@pytest.mark.clause("PAR-02")
@pytest.mark.parametrize("lacking", [{"position": ""}, {"photos": []}])
def test_without_a_place_or_a_photo_it_is_refused(north: Community, lacking: dict[str, Any]) -> None:
    agreed(north)
    with pytest.raises(Refused) as refusal:
        taken(north, **lacking)
    assert set(refusal.value.errors) == set(lacking) and not Parcel.objects.exists()


@pytest.mark.clause("PAR-01")
def test_without_a_written_consent_of_the_household_it_is_refused(north: Community) -> None:
    agreed(north, north.stranger)  # of another household
    agreed(north, mode="spoken")
    with pytest.raises(Refused) as refusal:
        taken(north)
    assert refusal.value.clause == "PAR-01" and not Parcel.objects.exists()


@pytest.mark.clause("PAR-01")
@pytest.mark.parametrize(
    "ended", [{"withdrawn_at": timezone.now()}, {"ends_on": timezone.localdate() - timedelta(days=1)}]
)
def test_a_consent_that_ended_is_none(north: Community, ended: dict[str, Any]) -> None:
    agreed(north, **ended)
    with pytest.raises(Refused) as refusal:
        taken(north)
    assert refusal.value.clause == "PAR-01"


@pytest.mark.clause("PAR-01")
def test_anybody_of_the_household_may_have_consented(north: Community) -> None:
    agreed(north, north.tenant, mode="portal")
    assert taken(north).state == State.WAITING


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        pytest.param({"confirmed": False}, "PAR-03", marks=pytest.mark.clause("PAR-03")),
        pytest.param({"intact": False}, "PAR-04", marks=pytest.mark.clause("PAR-04")),
        pytest.param({"postage": "due"}, "PAR-07", marks=pytest.mark.clause("PAR-07")),
    ],
)
def test_not_confirmed_not_whole_or_not_paid_is_refused(north: Community, given: dict[str, Any], clause: str) -> None:
    agreed(north)
    with pytest.raises(Refused) as refusal:
        taken(north, **given)
    assert refusal.value.clause == clause and not Parcel.objects.exists()


@pytest.mark.clause("PAR-07")
def test_what_the_recipient_paid_the_courier_themself_is_taken(north: Community) -> None:
    agreed(north)
    assert taken(north, postage="paid").state == State.WAITING


@pytest.mark.clause("PAR-03")
def test_somebody_who_does_not_live_in_that_house_is_refused(north: Community) -> None:
    agreed(north)
    with pytest.raises(Refused) as refusal:
        taken(north, house=north.neighbour_house)
    assert refusal.value.clause == "PAR-03"


@pytest.mark.clause("PAR-04")
@pytest.mark.clause("PAR-03")
def test_a_damaged_one_goes_back_and_the_recipient_is_told(north: Community) -> None:
    by = north.by("receptionist")
    with pytest.raises(Refused) as refusal:
        turn_away(north.project, by=by, resident=north.owner, reason=Reason.DAMAGED)
    assert "told" in refusal.value.errors
    parcel = turn_away(north.project, by=by, resident=north.owner, reason=Reason.DAMAGED, told=True)
    assert (parcel.state, parcel.is_intact, parcel.house) == (State.TURNED_AWAY, False, north.house)
    assert parcel.told_at and not parcel.code


def test_a_name_that_nobody_knows_is_turned_away_under_that_name(north: Community) -> None:
    with pytest.raises(Refused):
        turn_away(north.project, by=north.by("receptionist"), reason=Reason.STRANGER)
    parcel = turn_away(north.project, by=north.by("receptionist"), addressee="无此人", reason=Reason.STRANGER)
    assert parcel.addressee == "无此人" and parcel.resident is None


@pytest.mark.clause("PAR-05")
def test_a_letter_needs_its_photo_a_newspaper_does_not(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        posted(north, photos=[])
    assert "photos" in refusal.value.errors
    assert posted(north, sort="paper", photos=[], pieces=3).quantity == 3
    assert posted(north).code == "" and len(posted(north, sort="signed", photos=[picture()]).code) == 6


def test_the_same_waybill_does_not_lie_here_twice(north: Community) -> None:
    agreed(north)
    taken(north, tracking="SF1")
    with pytest.raises(Refused) as refusal:
        taken(north, tracking="SF1")
    assert "tracking" in refusal.value.errors


def test_the_database_itself_refuses_two_waiting_with_one_code(north: Community) -> None:
    agreed(north)
    first, second = taken(north), taken(north)
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.filter(pk=second.pk).update(code=first.code)
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.filter(pk=second.pk).update(confirmed_at=None)


def test_the_guard_and_the_other_project_take_nothing_in(north: Community, south: Community) -> None:
    agreed(north)
    with pytest.raises(Forbidden):
        taken(north, who="guard")
    with pytest.raises(Refused):
        taken(north, resident=south.owner)
    with pytest.raises(Unknown):
        turn_away(north.project, by=south.by("receptionist"), addressee="某", reason=Reason.STRANGER)
