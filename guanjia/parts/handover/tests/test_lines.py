"""Lines of a handover: each room says what of its own goes on after a shift."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from guanjia.domains.gifts.models import Gift
from guanjia.domains.gifts.operations import receive
from guanjia.parts import handover
from guanjia.people import posts
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Iterator[handover.Line]:
    made = handover.handed_over(
        "tests.gifts", label="Gifts", rows=lambda project, by: Gift.visible_to(by).filter(project=project),
        block="goods", page="gifts:list", posts={posts.STEWARD}, urgent=lambda at: Q(is_valuable=True),
        mine=lambda one: Q(received_by_id=one),
    )  # fmt: skip
    yield made
    del handover.registry["tests.gifts"]


def given(north: Community, words: str, **more: bool) -> Gift:
    by = north.by("steward")
    return receive(north.project, by=by, giver="沈住客", description=words, declined=True, **more)


def of(north: Community, who: str, post: str, key: str) -> handover.Found | None:
    return next((one for one in handover.found(north.project, north.by(who), post) if one.line.key == key), None)


def test_a_line_says_its_rows_the_urgent_ones_first(north: Community, line: handover.Line) -> None:
    given(north, "水果")
    watch = given(north, "手表", is_valuable=True)
    shown = of(north, "steward", posts.STEWARD, "tests.gifts")
    assert shown is not None and shown.said() == ["手表", "水果"]
    assert shown.urgent_ids == [watch.pk] and not shown.has_more
    assert line.address(north.project) == "/p/north/gifts"


def test_a_line_stands_only_in_the_handover_of_its_posts(north: Community, line: handover.Line) -> None:
    assert of(north, "guard", posts.SECURITY_GUARD, "tests.gifts") is None
    assert of(north, "steward", posts.STEWARD, "tests.gifts") is not None


def test_what_lies_in_another_project_stands_on_no_line(
    north: Community, south: Community, line: handover.Line
) -> None:
    given(south, "茶叶")
    shown = of(north, "steward", posts.STEWARD, "tests.gifts")
    assert shown is not None and shown.rows == ()


def test_more_rows_than_anybody_goes_through_are_cut_and_it_is_said(
    north: Community, line: handover.Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanjia.parts.handover.lines.MOST", 2)
    for number in range(3):
        given(north, f"水果 {number}")
    shown = of(north, "steward", posts.STEWARD, "tests.gifts")
    assert shown is not None and shown.count == 2 and shown.has_more


def test_what_is_one_persons_own_is_found_for_who_leaves(north: Community, line: handover.Line) -> None:
    given(north, "水果")
    own = {one.line.key for one in handover.of_person(north.project, north.by("manager"), north.staff["steward"].pk)}
    assert own == {"tests.gifts", "gifts.received"}
    assert not list(handover.of_person(north.project, north.by("manager"), north.staff["guard"].pk))


def test_each_line_costs_one_statement(north: Community, line: handover.Line) -> None:
    from django.db import connection

    by = north.by("steward")
    with CaptureQueriesContext(connection) as asked:
        found = handover.found(north.project, by, posts.STEWARD)
    assert len(asked) == len(found)  # nothing is late: no line needs anything beside its rows


def test_two_lines_of_one_name_or_of_no_block_are_refused(line: handover.Line) -> None:
    with pytest.raises(ValueError, match=r"tests\.gifts"):
        handover.handed_over("tests.gifts", label="", rows=line.rows)
    with pytest.raises(ValueError, match="no block"):
        handover.handed_over("tests.other", label="", rows=line.rows, block="cellar")
