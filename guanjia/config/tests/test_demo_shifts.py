"""The demo's shifts end as shifts end: handed over by both, begun and closed by their sheets."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from guanjia.config.demo import community, shifts
from guanjia.config.demo.history import Teller, step
from guanjia.config.jobs import demo_week
from guanjia.domains.shifts.models import Handover
from guanjia.kernel.models import Event
from guanjia.parts.runsheets.models import RunSheet
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db


def on_shift(north: Community, at: datetime) -> list[Duty]:
    """A shift that ended an hour ago, and the one that relieved it."""
    return [
        Duty.objects.create(
            project=north.project, employee=north.staff[who], post=posts.RECEPTIONIST, shift=shift,
            from_at=at - timedelta(hours=since), to_at=at + timedelta(hours=until),
            signed_in_at=at - timedelta(hours=since), ended_at=at - timedelta(hours=1) if until < 0 else None,
        )
        for who, shift, since, until in (("receptionist", "early", 9, -1), ("officer", "late", 4, 4))
    ]  # fmt: skip


def test_a_shift_is_handed_over_to_who_came_and_its_sheets_are_gone_through(north: Community) -> None:
    now = timezone.now()
    Duty.objects.filter(project=north.project).delete()
    ended, running = on_shift(north, now)
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


def test_a_span_is_told_a_day_at_a_time_newest_first() -> None:
    end = timezone.now()
    told = list(community.days(end - timedelta(days=2, hours=5), end))
    assert [(until - since).total_seconds() / 3600 for since, until in told] == [24, 24, 5]
    assert told[0][1] == end and all(one[0] == following[1] for one, following in pairwise(told))


def test_a_day_of_the_demo_that_was_told_is_not_told_again(north: Community) -> None:
    now = timezone.now()
    week = {"project_id": north.project.pk, "seed": 1, "now": now.isoformat()}
    Project.objects.filter(pk=north.project.pk).update(is_demo=True)
    both = [north.staff[who] for who in ("receptionist", "officer")]
    Duty.objects.filter(project=north.project, employee__in=both).delete()
    for days in (8, 9):
        on_shift(north, now - timedelta(days=days, hours=6))
    demo_week(**week, from_at=(now - timedelta(days=9)).isoformat(), to_at=(now - timedelta(days=8)).isoformat())
    told = Event.objects.filter(name__in=community.BEGINNINGS)
    first = set(told.values_list("pk", flat=True))
    demo_week(**week, from_at=(now - timedelta(days=10)).isoformat(), to_at=(now - timedelta(days=8)).isoformat())
    later = told.exclude(pk__in=first)
    assert later.filter(name="shifts.begin").exists(), "the day before was still to be told"
    assert not later.filter(at__gte=now - timedelta(days=9)).exists()
