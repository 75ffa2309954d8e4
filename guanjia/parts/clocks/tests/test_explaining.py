"""A clock can say why it stands where it stands, to the second."""

import pytest
from django.utils import translation

from guanjia.parts.clocks import explaining, queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("minute", "tone", "words"),
    [(0, "calm", "2 h left"), (89, "calm", "31 m left"), (90, "soon", "30 m left"), (108, "soon", "12 m left"),
     (120, "soon", "0 s left"), (138, "late", "18 m over")],
)  # fmt: skip
def test_the_bar_says_what_is_left_and_when_it_is_soon(desk, declare, minute, tone, words):
    declare()
    desk.open()
    bar = explaining.bar(desk.clock, desk.at(minute))
    assert (bar["tone"], bar["words"]) == (tone, words)


def test_a_short_limit_warns_a_quarter_of_an_hour_before(desk, declare):
    declare("DESK-08", key="tests.pass_on")  # 30 minutes
    desk.open()
    assert explaining.bar(desk.clock, desk.at(14))["tone"] == "calm"
    assert explaining.bar(desk.clock, desk.at(15))["tone"] == "soon"


def test_a_paused_clock_says_why_and_keeps_what_was_left(desk, declare):
    declare()
    desk.open()
    desk.take(30)
    bar = explaining.bar(desk.clock, desk.at(500))
    assert (bar["tone"], bar["share"]) == ("paused", 25)
    assert "住户改约" in bar["words"] and not bar["is_late"]


def test_a_clock_on_natural_time_ticks_by_itself_and_one_on_working_time_does_not(desk, declare):
    declare()
    declare("DESK-08", key="tests.pass_on")
    desk.open()
    first, second = queries.of(desk.ticket).order_by("clause_id").reverse()
    assert explaining.bar(first, desk.at(1))["due"] == "2026-03-18T03:00:00Z"
    assert "due" not in explaining.bar(second, desk.at(1))


def test_the_explanation_sums_to_the_second_and_names_who_paused_and_why(desk, declare, north):
    declare()
    desk.open()
    desk.take(10)
    desk.phone(40)
    found = explaining.explain(desk.clock, desk.at(160))
    assert [(s["kind"], s["seconds"]) for s in found["segments"]] == [
        ("run", 600),
        ("pause", 1800),
        ("run", 7200),
    ]
    assert (found["used"], found["paused"], found["left"], found["is_late"]) == (7800, 1800, -600, True)
    assert north.staff["steward"].name in found["sentence"] and "住户改约" in found["sentence"]


def test_the_axis_shows_what_ran_what_paused_and_where_it_turned(desk, declare):
    declare()
    desk.open()
    desk.take(10)
    desk.phone(40)
    at = desk.at(200)
    drawn = explaining.axis(explaining.explain(desk.clock, at), at)
    assert [s["tone"] for s in drawn["segments"]] == ["run", "paused", "run", "soon", "late"]
    assert drawn["now"]["x"] == 100 and all(0 <= s["x"] <= 100 for s in drawn["segments"])


def test_a_page_of_clocks_costs_one_statement(desk, declare, north, django_assert_num_queries):
    declare()
    ids = [desk.open().pk for _ in range(5)]
    with django_assert_num_queries(1):
        assert len(explaining.bars(north.project.pk, "ticket", ids, desk.at(10))) == 5


def test_the_board_is_overdue_longest_first_then_soonest_due(desk, declare, north):
    declare()
    for minute in (60, 0, 200):
        desk.open(minute)
    rows = queries.board(north.by("supervisor"), [north.project.pk])
    assert [clock.started_at for clock in rows] == [desk.at(0), desk.at(60), desk.at(200)]


def test_another_project_sees_no_clock(desk, declare, north, south):
    declare()
    desk.open()
    assert not queries.board(south.by("supervisor"), [north.project.pk]).exists()
