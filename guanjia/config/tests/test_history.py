"""The demo's history is made by the real operations, the same for the same seed."""

from __future__ import annotations

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from guanjia.config.demo import hand, history
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_days_of_history_end_in_closed_cases_with_their_events(
    north: Community, caplog: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    made = history.make(north.project, now - timedelta(days=6), now, random.Random(7), now=now, per_day=6)
    assert made == Case.objects.count() > 15  # some thirty-six: how many, the hour of the day decides
    assert Case.objects.filter(state="closed", kind="repair").count() > 5
    forgotten = Case.objects.filter(state="confirmed", moved_at__lt=now - timedelta(days=4))
    assert not forgotten.exists(), "a revisit was refused"
    assert not Event.objects.filter(at__gt=now).exists() and not Event.objects.filter(is_late=True).exists()
    assert not [r.getMessage() for r in caplog.records if r.name == "guanjia.demo"], "the rules refuse what is told"


def test_the_same_seed_tells_the_same_story(north: Community, south: Community) -> None:
    now = timezone.now()
    span = (now - timedelta(days=2), now)
    for place in (north, south):
        history.make(place.project, *span, random.Random(3), now=now)
    told = [
        list(Case.objects.filter(project=p.project).order_by("id").values_list("kind", "state")) for p in (north, south)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("hour", [3, 9, 14, 22])
def test_at_any_hour_there_is_work_in_every_stage(north: Community, hour: int) -> None:
    zone = ZoneInfo(north.project.zone)
    now = (timezone.now().astimezone(zone) - timedelta(days=1)).replace(hour=hour, minute=20)
    history.make(north.project, now - timedelta(hours=1), now, random.Random(5), now=now, beside=hand.lives)
    states = set(Case.objects.filter(project=north.project).values_list("state", flat=True))
    assert "open" in states and len(states & {"dispatched", "working", "paused", "done", "confirmed"}) >= 3, states
    assert Case.objects.filter(urgency="emergency").exclude(state="closed").exists()
    assert not Event.objects.filter(at__gt=now).exists()
