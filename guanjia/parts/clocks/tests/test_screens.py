"""The board and the page of a clock."""

import pytest

from guanjia.parts.clocks import panels, queries, screens
from guanjia.parts.standards.tests.test_screens import browser

pytestmark = pytest.mark.django_db


def test_the_board_shows_late_clocks_and_pages_by_key(desk, declare, north, monkeypatch):
    declare()
    tickets = [desk.open(minute) for minute in range(5)]
    pages = {t.pk: f"/p/north/clocks/{queries.of(t).get().pk}" for t in tickets}
    oldest, youngest = pages[tickets[0].pk], pages[tickets[4].pk]
    monkeypatch.setattr(screens, "PAGE", 3)
    client = browser(north, "supervisor")
    first = client.get("/p/north/clocks", {"view": "late"})
    assert f'{oldest}"' in first.content.decode() and f'{youngest}"' not in first.content.decode()
    second = client.get(first.context["next_url"]).content.decode()
    assert f'{youngest}"' in second and f'{oldest}"' not in second


def test_the_page_of_a_clock_says_why_it_is_late(desk, declare, north):
    declare()
    desk.open()
    desk.take(10)
    desk.phone(40)
    page = browser(north, "supervisor").get(f"/p/north/clocks/{desk.clock.pk}")
    assert page.status_code == 200 and "住户改约" in page.content.decode()
    assert page.context["is_late"]


def test_a_reason_is_given_from_the_page(desk, declare, north):
    declare()
    desk.open()
    client = browser(north, "steward")
    answer = client.post(
        f"/p/north/clock/{desk.clock.pk}/do/give_reason",
        {"cause": "staffing", "breach_reason": "夜间班只有一人", "next": f"/p/north/clocks/{desk.clock.pk}"},
    )
    assert answer.status_code == 302 and desk.clock.cause == "staffing"


def test_a_clock_of_another_project_answers_404(desk, declare, north, south):
    declare()
    desk.open()
    pk = desk.clock.pk
    assert browser(south, "supervisor").get(f"/p/south/clocks/{pk}").status_code == 404
    assert browser(south, "supervisor").get(f"/p/north/clocks/{pk}").status_code == 404


@pytest.mark.parametrize("odd", ["0", "9" * 40, "abc"])
def test_odd_numbers_in_the_address_answer_404(north, odd):
    assert browser(north, "supervisor").get(f"/p/north/clocks/{odd}").status_code == 404


@pytest.mark.parametrize("odd", ["x", "9" * 40, "1-" + "9" * 30, "-", "１-２"])
def test_an_odd_place_in_the_board_starts_at_the_beginning(desk, declare, north, odd):
    declare()
    desk.open()
    assert browser(north, "supervisor").get("/p/north/clocks", {"after": odd}).status_code == 200


def test_the_board_costs_the_same_for_one_clock_and_for_many(desk, declare, north):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    declare()
    client = browser(north, "supervisor")
    counts = []
    for _ in range(2):
        desk.open()
        with CaptureQueriesContext(connection) as taken:
            client.get("/p/north/clocks")
        counts.append(len(taken))
        for minute in range(20):
            desk.open(minute)
    assert counts[0] == counts[1]


def test_the_page_of_a_clause_shows_its_rate_and_breaches(desk, declare, north):
    declare()
    desk.open()
    shown = panels.clause(north.project, _rule(north), north.by("supervisor", desk.at(500)), desk.at(500))
    assert shown["figures"]["missed"] == 1 and shown["figures"]["rate"] == "0"
    assert browser(north, "supervisor").get("/p/north/standards/clause/RPR-03").status_code == 200


def _rule(community):
    from datetime import date

    from guanjia.parts.standards.queries import rule_in_force

    return rule_in_force("RPR-03", community.project, date(2026, 3, 18))


@pytest.mark.parametrize(("met", "due", "said"), [(61, 63, "96.8"), (0, 0, "—"), (63, 63, "100"), (1, 3, "33.3")])
def test_a_rate_is_said_to_a_tenth(met, due, said):
    assert panels.percent(met, due) == said
