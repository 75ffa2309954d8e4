"""The last at the desk hands it over or locks it up before the shift ends (SFT-10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.organization.operations import end_duty
from guanjia.domains.shifts.operations import begin, lock_up
from guanjia.kernel.outcomes import Refused
from guanjia.parts.runsheets.models import RunSheet, State
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def duty(north: Community, who: str) -> Any:
    """A shift that was over a quarter of an hour ago, its closing done."""
    now = timezone.now()
    begins, ends = now - timedelta(hours=8, minutes=15), now - timedelta(minutes=15)
    Duty.objects.filter(employee=north.staff[who]).update(from_at=begins, to_at=ends, signed_in_at=begins)
    found = Duty.objects.get(employee=north.staff[who])
    RunSheet.objects.create(
        project=north.project, clause_id="SFT-06", about_label="duty", about_id=found.pk, started_at=ends, ended_at=now,
        started_by=north.staff[who], moved_at=now, state=State.FINISHED,
    )  # fmt: skip
    return found


@pytest.mark.clause("SFT-10")
def test_nobody_leaves_an_unmanned_desk_as_it_stands(north: Community) -> None:
    mine, by = duty(north, "receptionist"), north.by("receptionist")
    offer = end_duty.offer(mine, by)
    assert offer is not None and offer.is_locked
    with pytest.raises(Refused) as refusal:
        end_duty(mine, by=by)
    assert refusal.value.clause == "SFT-10"
    handover = begin(north.project, by=north.by("receptionist"), post=posts.RECEPTIONIST)
    lock_up(handover, by=north.by("receptionist"), goods_inside=True, is_locked=True, key_place="钥匙盒")
    end_duty(mine, by=north.by("receptionist"))
    assert mine.ended_at is not None


def test_with_a_colleague_beside_one_may_simply_go(north: Community) -> None:
    mine = duty(north, "receptionist")
    Duty.objects.filter(employee=north.staff["officer"]).update(signed_in_at=timezone.now())
    end_duty(mine, by=north.by("receptionist"))
    assert mine.ended_at is not None


def test_a_supervisor_ends_the_shift_of_who_is_gone_and_other_posts_are_not_held(north: Community) -> None:
    end_duty(duty(north, "receptionist"), by=north.by("supervisor"))
    end_duty(duty(north, "technician"), by=north.by("technician"))
