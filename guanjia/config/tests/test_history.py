"""The demo's history is made by the real operations, the same for the same seed."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.config.demo import history
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_days_of_history_end_in_closed_cases_with_their_events(north: Community) -> None:
    now = timezone.now()
    made = history.make(north.project, now - timedelta(days=6), now, random.Random(7), now=now)
    assert made == Case.objects.count() > 30
    assert Case.objects.filter(state="closed", kind="repair").count() > 5
    assert not Event.objects.filter(at__gt=now).exists() and not Event.objects.filter(is_late=True).exists()


def test_the_same_seed_tells_the_same_story(north: Community, south: Community) -> None:
    now = timezone.now()
    span = (now - timedelta(days=2), now)
    for place in (north, south):
        history.make(place.project, *span, random.Random(3), now=now)
    told = [
        list(Case.objects.filter(project=p.project).order_by("id").values_list("kind", "state")) for p in (north, south)
    ]
    assert told[0] == told[1]
