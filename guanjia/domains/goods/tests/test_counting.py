"""The store counted: alone, and together when the shift changes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guanjia.domains.goods.models import Borrowable
from guanjia.domains.goods.operations import register_good
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.custody import queries
from guanjia.parts.custody.models import Count, Line
from guanjia.parts.custody.operations import close_count, hand_over, mark, mark_rest, start_count
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

from .test_lending import lent

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(north: Community) -> list[Borrowable]:
    by = north.by("receptionist")
    places = ("前台", "前台", "库房")
    return [register_good(north.project, by=by, name="雨伞", position=place) for place in places]


@pytest.fixture
def count(north: Community, goods: list[Borrowable]) -> Count:
    made: Count = start_count(north.project, by=north.by("receptionist"), kind="borrowable")
    return made


def test_the_ledger_of_that_moment_is_ticked_off(north: Community, goods: list[Borrowable], count: Count) -> None:
    by, lines = north.by("receptionist"), list(queries.lines(count))
    assert count.expected == 3 and [line.position for line in lines] == ["前台", "前台", "库房"]
    mark(count, by=by, line=lines[0], is_found="no", remark="昨晚没见到")
    with pytest.raises(Refused):
        close_count(count, by=by)
    mark_rest(count, by=by)
    close_count(count, by=by)
    assert (count.state, count.found) == ("closed", 2)
    share = queries.agreeing("borrowable", north.project, count.started_at, count.closed_at.replace(year=2999))
    assert share.numbers == (2, 3)


def test_what_is_not_there_needs_a_word(north: Community, count: Count) -> None:
    line = queries.lines(count)[0]
    with pytest.raises(Refused) as refusal:
        mark(count, by=north.by("receptionist"), line=line, is_found="no")
    assert "remark" in refusal.value.errors
    line.refresh_from_db()
    assert line.is_found is None


def test_what_is_lent_is_counted_with_its_holder(north: Community, goods: list[Borrowable]) -> None:
    lent(north, goods[0])
    start_count(north.project, by=north.by("receptionist"), kind="borrowable", position="前台")
    assert set(Line.objects.values_list("holder", flat=True)) == {"外来访客 周某", ""}


def test_one_open_count_of_a_place_and_none_of_nothing(north: Community, count: Count) -> None:
    by = north.by("receptionist")
    with pytest.raises(Refused):
        start_count(north.project, by=by, kind="borrowable")
    with pytest.raises(Refused):
        start_count(north.project, by=by, kind="borrowable", position="屋顶")
    with pytest.raises(Refused):
        start_count(north.project, by=by, kind="case")
    with pytest.raises(Refused):  # keeps nothing of the kind
        start_count(north.project, by=north.by("technician"), kind="borrowable")


def test_a_line_of_another_count_is_refused_and_another_project_sees_nothing(
    north: Community, south: Community, count: Count
) -> None:
    other = register_good(south.project, by=south.by("receptionist"), name="雨伞", position="前台")
    theirs = start_count(south.project, by=south.by("receptionist"), kind="borrowable")
    with pytest.raises(Refused):
        mark(count, by=north.by("receptionist"), line=queries.lines(theirs)[0].pk, is_found="yes")
    with pytest.raises(Unknown):
        mark_rest(theirs, by=north.by("receptionist"))
    assert other.project_id == south.project.pk


def test_taking_over_takes_the_two_who_counted(north: Community, goods: list[Borrowable], count: Count) -> None:
    mark_rest(count, by=north.by("receptionist"))
    receptionist, officer = north.staff["receptionist"], north.by("officer")
    with pytest.raises(Refused):
        hand_over(count, by=officer)
    with pytest.raises(Refused):
        hand_over(count, by=beside(officer, north.staff["supervisor"]))
    with pytest.raises(Forbidden):
        hand_over(count, by=beside(north.by("receptionist"), north.staff["officer"]))
    hand_over(count, by=beside(officer, receptionist))
    assert count.receiver_id == north.staff["officer"].pk
    assert {g.keeper_id for g in Borrowable.objects.filter(project=north.project)} == {north.staff["officer"].pk}


def test_the_page_ticks_a_thing_with_one_press(north: Community, count: Count) -> None:
    client = north.signed_in("receptionist")
    page = client.get(reverse("custody:count", args=["north", count.pk])).content.decode()
    assert page.count('name="is_found"') == 3
    act = reverse("acts:do", args=["north", "stock_count", count.pk, "mark"])
    line = queries.lines(count)[0]
    done = client.post(act, {"line": line.pk, "is_found": "yes"})
    assert done.status_code == 302 and Line.objects.get(pk=line.pk).is_found
