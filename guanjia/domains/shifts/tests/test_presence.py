"""Out of the house and on the internet: somebody knows, somebody allowed it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.shifts.models import Outing, WebPermit
from guanjia.domains.shifts.operations import come_back, go_out, permit_internet
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts import handover as lines
from guanjia.people import posts
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def soon(hours: float = 1) -> datetime:
    return timezone.now() + timedelta(minutes=int(hours * 60))


def out(north: Community, who: str = "steward", **more: Any) -> Outing:
    said: dict[str, Any] = {
        "destination": "街道办", "reason": "送材料", "due_at": soon(), "told_to": north.staff["supervisor"], **more
    }  # fmt: skip
    return go_out(north.project, by=north.by(who), **said)


@pytest.mark.clause("SFT-11")
def test_who_goes_out_says_where_until_when_and_to_whom(north: Community) -> None:
    outing = out(north, phone="13900000555")
    assert (outing.employee, outing.told_to, outing.state) == (
        north.staff["steward"], north.staff["supervisor"], "away",
    )  # fmt: skip
    assert "13900000555" not in str(Event.objects.get(name="shifts.go_out").given)
    come_back(outing, by=north.by("steward"))
    assert outing.state == "returned" and outing.back_at
    with pytest.raises(Conflict):
        come_back(outing, by=north.by("steward"))


@pytest.mark.clause("SFT-11")
@pytest.mark.parametrize("missing", ["destination", "reason", "due_at", "told_to"])
def test_none_of_it_may_be_left_out(north: Community, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        out(north, **{missing: None})
    assert set(refusal.value.errors) == {missing} and not Outing.objects.exists()


def test_one_is_in_one_place_and_tells_somebody_else(north: Community, south: Community) -> None:
    out(north)
    for again in ({}, {"told_to": north.staff["steward"]}, {"due_at": timezone.now() - timedelta(hours=1)}):
        with pytest.raises(Refused):
            out(north, **again)
    with pytest.raises(Refused):
        out(north, "guard", told_to=south.staff["supervisor"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Outing.objects.update(told_to=north.staff["steward"])


def test_only_who_is_out_whom_they_told_or_a_supervisor_says_they_are_back(north: Community, south: Community) -> None:
    outing = out(north)
    with pytest.raises(Forbidden):
        come_back(outing, by=north.by("guard"))
    with pytest.raises(Unknown):
        come_back(outing, by=south.by("supervisor"))
    come_back(outing, by=north.by("supervisor"))


def test_who_is_not_back_in_time_presses_in_the_handover(north: Community) -> None:
    outing = out(north)
    Outing.objects.update(out_at=soon(-3), due_at=soon(-1))
    found = {one.line.key: one for one in lines.found(north.project, north.by("guard"), posts.SECURITY_GUARD)}
    assert found["shifts.outings"].urgent_ids == [outing.pk]


@pytest.mark.clause("SFT-12")
def test_the_open_internet_wants_a_supervisors_leave_and_never_ones_own(north: Community) -> None:
    given: dict[str, Any] = {"purpose": "查询物料报价", "until_at": soon()}
    permit = permit_internet(north.project, by=north.by("supervisor"), employee=north.staff["receptionist"], **given)
    assert permit.granted_by == north.staff["supervisor"]
    for who, whom in (("receptionist", "officer"), ("technician", "technician")):
        with pytest.raises(Forbidden):
            permit_internet(north.project, by=north.by(who), employee=north.staff[whom], **given)
    with pytest.raises(Refused):
        permit_internet(north.project, by=north.by("supervisor"), employee=north.staff["supervisor"], **given)
    with pytest.raises(Refused):
        permit_internet(
            north.project, by=north.by("supervisor"), employee=north.staff["officer"], purpose="聊天", until_at=soon(72)
        )
    assert WebPermit.objects.count() == 1
