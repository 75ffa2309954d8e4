"""Two hands on one post: one handover, one signature, one place to be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from guanjia.domains.repairs.tests.test_races import at_once
from guanjia.domains.shifts.models import Handover, Outing
from guanjia.domains.shifts.operations import begin, go_out, sign
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.people import posts
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_six_who_begin_at_once_one_hands_the_post_over(north: Community) -> None:
    hands = [north.by("receptionist" if i % 2 else "officer") for i in range(6)]
    results = at_once(*(lambda by=by: begin(north.project, by=by, post=posts.RECEPTIONIST) for by in hands))
    assert sum(isinstance(r, Handover) for r in results) == 1
    assert all(isinstance(r, Refused) for r in results if not isinstance(r, Handover))
    assert Handover.objects.count() == 1


def test_the_database_lets_only_one_through(north: Community) -> None:
    """The control: the same rows straight into the table."""
    now = timezone.now()

    def put() -> Any:
        return Handover.objects.create(
            project=north.project, post=posts.RECEPTIONIST, giver=north.staff["receptionist"], on=now.date(),
            began_at=now, moved_at=now,
        )  # fmt: skip

    results = at_once(put, put, put)
    assert sum(isinstance(r, IntegrityError) for r in results) == 2


def test_it_is_signed_once_whoever_presses_first(north: Community) -> None:
    handover = begin(north.project, by=north.by("receptionist"), post=posts.RECEPTIONIST)
    pairs = [("receptionist", "officer"), ("officer", "receptionist"), ("control_room", "receptionist")]
    results = at_once(
        *(
            lambda one=one, other=other: sign(
                Handover.objects.get(pk=handover.pk), by=beside(north.by(one), north.staff[other])
            )
            for one, other in pairs
        )
    )
    assert sum(isinstance(r, Handover) for r in results) == 1
    assert all(isinstance(r, Conflict) for r in results if not isinstance(r, Handover))
    assert Event.objects.filter(name="shifts.sign").count() == 1


def test_nobody_goes_out_twice_at_once(north: Community) -> None:
    due = timezone.now() + timedelta(hours=1)

    def out() -> Any:
        return go_out(
            north.project, by=north.by("steward"), destination="街道办", reason="送材料", due_at=due,
            told_to=north.staff["supervisor"],
        )  # fmt: skip

    results = at_once(out, out, out)
    assert sum(isinstance(r, Outing) for r in results) == 1 and Outing.objects.count() == 1
