"""Whom my house expects, and what is heeded at its door: of the own household, and of nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.visitors.models import Pass
from guanjia.parts.instructions.models import Instruction
from guanjia.people.tests.cast import Community

from .conftest import url

pytestmark = pytest.mark.django_db
PAGES = ("visitors", "visitors/new", "instructions")


def announced(at_home: Any, north: Community, who: str = "owner", **more: Any) -> Pass:
    said = {"visitor": "陶访客", "purpose": "探亲", "kind": "once", "headcount": "2", **more}
    answer = at_home(north, who).post(url(north, "visitors/new"), said)
    assert answer.status_code == 302, answer.content.decode()
    return Pass.objects.latest("id")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_open_for_residents_only(client: Any, at_home: Any, north: Community, name: str) -> None:
    assert client.get(url(north, name)).status_code == 302
    assert at_home(north, "owner").get(url(north, name)).status_code == 200


@pytest.mark.clause("VIS-01")
def test_a_resident_makes_a_pass_shows_it_and_takes_it_back(at_home: Any, north: Community) -> None:
    one = announced(at_home, north)
    assert (one.house, one.resident, one.headcount) == (north.house, north.owner, 2)
    client = at_home(north, "owner")
    page = client.get(url(north, f"visitors/{one.pk}")).content.decode()
    assert f"{str(one.code)[:4]} {str(one.code)[4:]}" in page and "data:image/png" in page
    client.post(url(north, f"visitors/{one.pk}"))
    one.refresh_from_db()
    assert one.state == "revoked"
    assert str(one.code)[:4] not in client.get(url(north, f"visitors/{one.pk}")).content.decode()


def test_the_household_shares_its_passes_and_the_neighbour_sees_none(at_home: Any, north: Community) -> None:
    one = announced(at_home, north)
    assert "陶访客" in at_home(north, "tenant").get(url(north, "visitors")).content.decode()
    neighbour = at_home(north, "stranger")
    assert "陶访客" not in neighbour.get(url(north, "visitors")).content.decode()
    assert neighbour.get(url(north, f"visitors/{one.pk}")).status_code == 404
    assert neighbour.post(url(north, f"visitors/{one.pk}")).status_code == 404
    one.refresh_from_db()
    assert one.state == "valid"


def test_nobody_makes_a_pass_for_another_house_or_a_vip_of_their_guest(at_home: Any, north: Community) -> None:
    one = announced(at_home, north, house=north.neighbour_house.code, is_vip="on", asked_by=north.stranger.name)
    assert (one.house, one.resident, one.is_vip) == (north.house, north.owner, False)


def test_a_pass_that_cannot_be_meant_comes_back_with_its_words(at_home: Any, north: Community) -> None:
    said = {"visitor": "陶访客", "purpose": "探亲", "kind": "period"}
    answer = at_home(north, "owner").post(url(north, "visitors/new"), said)
    assert answer.status_code == 422 and "陶访客" in answer.content.decode() and not Pass.objects.exists()


def test_an_instruction_is_asked_for_and_ended_by_the_own_household(at_home: Any, north: Community) -> None:
    until = timezone.localdate() + timedelta(days=5)
    said = {"kind": "away", "words": "回老家", "until_on": until.isoformat()}
    assert at_home(north, "owner").post(url(north, "instructions"), said).status_code == 302
    one = Instruction.objects.get()
    assert (one.house, one.resident) == (north.house, north.owner)
    assert "回老家" not in at_home(north, "stranger").get(url(north, "instructions")).content.decode()
    assert at_home(north, "stranger").post(url(north, "instructions"), {"end": one.pk}).status_code == 404
    assert at_home(north, "tenant").post(url(north, "instructions"), {"end": one.pk}).status_code == 302
    one.refresh_from_db()
    assert one.state == "ended"


@pytest.mark.parametrize("forged", ["0", "x", "9" * 40, "-1"])
def test_a_forged_number_ends_nothing(at_home: Any, north: Community, forged: str) -> None:
    assert at_home(north, "owner").post(url(north, "instructions"), {"end": forged}).status_code == 404
