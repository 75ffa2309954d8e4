"""The demo's shifts end as shifts end: handed over by both, begun and closed by their sheets."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.config.demo import shifts
from guanjia.config.demo.history import Teller, step
from guanjia.domains.shifts.models import Handover
from guanjia.parts.runsheets.models import RunSheet
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_a_shift_is_handed_over_to_who_came_and_its_sheets_are_gone_through(north: Community) -> None:
    now = timezone.now()
    Duty.objects.filter(project=north.project).delete()
    ended, running = (
        Duty.objects.create(
            project=north.project, employee=north.staff[who], post=posts.RECEPTIONIST, shift=shift,
            from_at=now - timedelta(hours=since), to_at=now + timedelta(hours=until),
            signed_in_at=now - timedelta(hours=since), ended_at=now - timedelta(hours=1) if until < 0 else None,
        )
        for who, shift, since, until in (("receptionist", "early", 9, -1), ("officer", "late", 4, 4))
    )  # fmt: skip
    teller, begin = Teller(north.project, random.Random(1), now), now - timedelta(days=1)
    for _at, life in shifts.lives(teller, begin, now):
        next(life)
        step(life)
    handover = Handover.objects.get()
    assert (handover.duty, handover.giver, handover.receiver) == (ended, ended.employee, running.employee)
    assert handover.signed_at == ended.to_at - shifts.BEFORE_END
    shifts.tell_sheets(teller, begin, now)
    told = [(one.clause_id, one.ended_at is not None) for one in RunSheet.objects.order_by("started_at")]
    assert told == [("SFT-04", True), ("SFT-04", True), ("SFT-06", True)]
