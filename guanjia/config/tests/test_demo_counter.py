"""What the counter and the gate show on the first day of the demo, at any hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.config import demo
from guanjia.config.demo import community, counter
from guanjia.domains.shifts.models import Note as ShiftNote
from guanjia.domains.shifts.models import Outing, Reader
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import Handout

pytestmark = pytest.mark.django_db


def test_every_kind_that_is_kept_has_something_to_show() -> None:
    now = timezone.now()
    north, _south = community.build(1, now)
    counter.make(north, demo.seeded(1, "north", "counter"), now + timedelta(minutes=1))
    standing = custody.standing(north, now + timedelta(minutes=1))
    assert {one.kind.label for one in standing if not one.kept} == set()
    assert sum(one.late for one in standing) >= 1 and Handout.objects.exists()
    assert ShiftNote.objects.count() == 3 and Outing.objects.get().state == "away"
    assert {one.read_at is None for one in Reader.objects.filter(project=north)} == {True, False}
