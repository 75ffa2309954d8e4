"""How a resident is told: stopped, resumed, the best way; always their own."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.parts.outreach import routes
from guanjia.parts.outreach.models import Stop
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
HERE = "/p/north/home/ways"


def test_one_tap_stops_a_purpose_and_one_brings_it_back(north: Community, at_home: Any) -> None:
    phone = at_home(north, "owner")
    assert phone.post(HERE, {"verb": "stop", "purpose": "survey"}).status_code == 302
    assert routes.stopped_purposes(north.owner) == {"survey"}
    assert "不再发送" in phone.get(HERE).content.decode()
    phone.post(HERE, {"verb": "resume", "purpose": "survey"})
    assert routes.stopped_purposes(north.owner) == set() and Stop.objects.count() == 1


def test_the_best_way_is_kept(north: Community, at_home: Any) -> None:
    phone = at_home(north, "owner")
    phone.post(HERE, {"verb": "prefer", "prefers": "sms"})
    assert routes.way_of(north.owner) == "sms" and routes.way_of(north.tenant) == ""


@pytest.mark.parametrize(
    "given",
    [
        {"verb": "stop", "purpose": "code"},  # what they just asked for cannot be stopped
        {"verb": "stop", "purpose": "nothing"},
        {"verb": "prefer", "prefers": "pigeon"},
        {"verb": "unbind"},
        {"verb": "resume", "purpose": "survey"},
        {"verb": "bind_handle"},
        {},
    ],
)
def test_what_makes_no_sense_changes_nothing(north: Community, at_home: Any, given: dict[str, str]) -> None:
    phone = at_home(north, "owner")
    assert phone.post(HERE, given).status_code in (200, 302)
    assert routes.stopped_purposes(north.owner) == set() and routes.way_of(north.owner) == ""


def test_a_neighbour_of_another_project_finds_no_such_page(north: Community, south: Community, at_home: Any) -> None:
    assert at_home(south, "owner").get(HERE).status_code == 404
