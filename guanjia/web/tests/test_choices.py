"""A choice among hundreds is looked up by typing; a page carries what is chosen and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.kernel import choosing
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
NEW = "/p/north/gifts/new"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST_OFFERED", 1)


def looked_up(
    community: Community, said: str, *, field: str = "house", who: str = "receptionist", of: Any = None
) -> Any:
    of_form = {"label": "project", "pk": (of or community.project).pk, "room": "gifts", "verb": "receive"}
    asked = reverse("acts:choices", kwargs={"project": community.project.code, **of_form, "field": field})
    return community.signed_in(who).post(asked, {"q": said})


def test_few_are_offered_in_the_page(north: Community) -> None:
    page = north.signed_in("receptionist").get(NEW).content.decode()
    assert f'<option value="{north.house.pk}">' in page and "data-choices-of" not in page


def test_of_many_the_page_carries_none_and_keeps_what_was_chosen(north: Community, few: None) -> None:
    client = north.signed_in("receptionist")
    page = client.get(NEW).content.decode()
    assert f'data-choices-of="project/{north.project.pk}/choices/gifts/receive"' in page
    assert f'value="{north.house.pk}"' not in page and north.house.code not in page
    answer = client.post(NEW, {"house": str(north.house.pk), "giver": "", "description": ""})
    again = answer.content.decode()
    assert answer.status_code == 422 and f'<option value="{north.house.pk}" selected>' in again
    assert f'value="{north.neighbour_house.pk}"' not in again
    for wrong in ("9" * 40, "-1", "x", "³"):
        assert client.post(NEW, {"house": wrong, "giver": "甲", "description": "茶"}).status_code == 422, wrong


def test_what_is_typed_finds_the_form_s_own_choices(north: Community, few: None) -> None:
    found = looked_up(north, "3幢2单元1201").json()["found"]
    assert {"value": north.house.pk, "words": str(north.house)} in found
    assert looked_up(north, "没有这户").json()["found"] == []


def test_what_is_typed_stands_in_no_address(north: Community, few: None) -> None:
    asked = reverse("acts:choices", args=["north", "project", north.project.pk, "gifts", "receive", "house"])
    assert north.signed_in("receptionist").get(asked, {"q": "1201"}).status_code == 405


def test_it_answers_nobody_who_could_not_do_it(north: Community, south: Community) -> None:
    assert looked_up(south, "1201", of=north.project).status_code == 404
    assert looked_up(north, "1201", who="owner").status_code in (403, 404)
    assert looked_up(north, "1201", field="giver").status_code == 404  # nothing that is chosen from a list
    assert looked_up(north, "1201", field="password").status_code == 404
    others = {one["value"] for one in looked_up(south, "1201").json()["found"]}
    assert south.house.pk in others and north.house.pk not in others
    asked = ["north", "project", north.project.pk, "privacy", "override_right", "post"]
    assert north.signed_in("guard").post(reverse("acts:choices", args=asked), {"q": "1"}).status_code == 403
