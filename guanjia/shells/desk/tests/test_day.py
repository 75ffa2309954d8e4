"""Today beside cases: what leads see near its limit, what waits for whom; the rail."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.gifts.operations import receive
from guanjia.domains.goods.operations import lend, register_good
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody.models import Handout
from guanjia.people import posts
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project

from .conftest import repair

pytestmark = pytest.mark.django_db
# Who may hold a post in a project; residents have pages of their own.
STAFF_POSTS = posts.EVERYONE - {posts.RESIDENT}


def test_a_lead_sees_every_limit_near_its_end_not_only_those_of_cases(north: Community, seat: Any) -> None:
    receive(north.project, by=north.by("steward"), giver="沈住客", description="茶叶一盒", declined=True)
    past = timezone.now() - timedelta(minutes=5)
    Clock.objects.filter(clause_id="GFT-02").update(started_at=past, due_at=past, warn_at=past)
    led = seat(north, "supervisor").get("/p/north/today").context
    assert [one["number"] for one in led["strip"]["clocks"]] == ["GFT-02"] and led["strip"]["late"] == 1
    assert "1" in str(led["line"])
    assert seat(north, "receptionist").get("/p/north/today").context["strip"]["clocks"] == []


def test_what_should_be_back_waits_at_the_counter_and_for_nobody_elsewhere(north: Community, seat: Any) -> None:
    good = register_good(north.project, by=north.by("receptionist"), name="雨伞", position="伞架")
    lend(good, by=north.by("receptionist"), resident=north.owner, due_at=timezone.now() + timedelta(hours=1))
    Handout.objects.update(due_at=timezone.now() - timedelta(minutes=5), out_at=timezone.now() - timedelta(hours=2))
    titles = [one["title"] for one in seat(north, "receptionist").get("/p/north/today").context["waiting"]]
    assert any("雨伞" in title for title in titles)
    assert "雨伞" not in seat(north, "cashier").get("/p/north/today").content.decode()


def test_the_rail_folds_what_does_not_fit(north: Community, seat: Any) -> None:
    """Five places on a phone, what fits a counter screen on a desk: the rest under 更多, named when one is there."""
    page = seat(north, "manager").get("/p/north/standards")
    rail = page.context["rail"]
    assert sum(not one["fold"] for one in rail) == 4 and [o["id"] for o in rail][:3] == ["today", "desk", "cases"]
    wide = [one for one in rail if one["fold"] != "always" and not one["foot"]]
    assert len(wide) == 9 and not any(one["fold"] == "always" for one in rail if one["foot"])
    assert page.context["rail_more"] == {"tone": "is-here-always"}
    few = seat(north, "cashier").get("/p/north/today").context
    assert not any(one["fold"] == "always" for one in few["rail"]) and few["rail_more"] == {"tone": "is-narrow"}


@pytest.mark.parametrize("post", sorted(STAFF_POSTS))
def test_whatever_today_leads_to_opens_for_that_post(north: Community, office: Project, post: str) -> None:
    repair(north)
    hire(office, north.project, "north.somebody", "甲同事", post)
    client = north.signed_in("somebody")
    page = client.get("/p/north/today").content.decode().partition("<main")[2]
    for address in {found.partition("#")[0] for found in re.findall(r'href="(/p/north/[^"]+)"', page)}:
        answer = client.get(unescape(address))
        assert answer.status_code < 400, (post, address, answer.status_code)
