"""The pages of a room beside each other: which are there for whom, and which one is open."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
OPEN = re.compile(r'<a href="([^"]+)"[^>]*aria-current="page"')


def page(north: Community, who: str, name: str) -> str:
    return north.signed_in(who).get(reverse(name, args=["north"])).content.decode()


@pytest.mark.parametrize(
    "name", ["hazmat:stock", "hazmat:lots:list", "keys:list", "visitors:passes", "reception:slips"]
)
def test_the_open_page_is_the_marked_one(north: Community, name: str) -> None:
    marked = OPEN.findall(page(north, "supervisor", name))
    assert reverse(name, args=["north"]) in marked


def test_a_tab_is_there_only_for_the_posts_it_is_for(north: Community) -> None:
    watch = reverse("visitors:watch", args=["north"])
    assert watch in page(north, "supervisor", "visitors:list")
    assert watch not in page(north, "steward", "visitors:list")


def test_a_page_without_a_tab_stands_under_one(north: Community) -> None:
    assert reverse("training:handbook", args=["north"]) in OPEN.findall(page(north, "supervisor", "training:changes"))
