"""The demo's keys are made by the real operations."""

from __future__ import annotations

import pytest
from django.utils import timezone

from guanjia.config.demo import keys
from guanjia.domains.keys.models import Key
from guanjia.people import posts
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_two_cabinets_with_some_keys_out(north: Community) -> None:
    crew = {
        posts.SERVICE_SUPERVISOR: [north.staff["supervisor"]], posts.RECEPTIONIST: [north.staff["receptionist"]],
        posts.TECHNICIAN: [north.staff["technician"]], posts.SECURITY_GUARD: [north.staff["guard"]],
    }  # fmt: skip
    keys.stock(north.project, crew, timezone.now())
    states = list(Key.objects.filter(project=north.project).values_list("state", flat=True))
    assert states.count("lent") == 4 and len(states) >= 30
