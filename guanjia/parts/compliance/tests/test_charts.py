"""The charts of a clause count what its rows count, bar by bar; the board by post adds up the same clauses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bench.counting import statements
from guanjia import book
from guanjia.domains.repairs.operations import agree_visit, dispatch
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import by_post, charted, durations, following, queries
from guanjia.parts.compliance.models import Day
from guanjia.parts.obligations.tests.conftest import ZONE, day_at, repair, told
from guanjia.parts.standards import queries as standards
from guanjia.people.tests.cast import Community

from .test_sums import busy, signed_in

pytestmark = pytest.mark.django_db
CLAUSE = "RPR-04"


def sent(north: Community, minutes: int, words: str) -> Clock:
    """A repair whose visit was agreed so long after it was reported."""
    at = day_at(-4, 9)
    case = repair(north, at, words)
    done = at + timedelta(minutes=minutes)
    dispatch(case, by=told(north, "receptionist", at + timedelta(minutes=1)), executor=north.staff["technician"])
    agree_visit(case, by=told(north, "technician", done), appointment_from=done + timedelta(hours=1))
    return Clock.objects.get(clause_id=CLAUSE, subject_id=case.pk)


def month_of(clock: Clock) -> date:
    return clock.due_at.astimezone(ZONE).date().replace(day=1)


def counted(north: Community, clock: Clock) -> dict[str, Any]:
    return durations.counted(north.project, book.clause(clock.clause_id), month_of(clock), day_at(0, 23))


def test_every_bar_is_as_high_as_the_rows_it_opens(north: Community) -> None:
    clocks = [sent(north, minutes, f"第 {minutes} 件") for minutes in (2, 3, 400, 1439, 1500, 4000)]
    clause, first = CLAUSE, month_of(clocks[0])
    found = counted(north, clocks[0])
    assert sum(sum(bar) for bar in found["took"].values()) == 6
    for key, (met, missed) in found["took"].items():
        for which, expected in (("met", met), ("missed", missed)):
            rows = queries.evidence(north.project, book.clause(clause), first, which, day_at(0, 23))
            assert rows is not None and durations.narrowed(rows, str(key)).count() == expected, (key, which)
    page = signed_in("north.manager").get(
        reverse("compliance:rows", args=["north", clause]), {"month": f"{first:%Y-%m}", "which": "met", "took": 0}
    )
    assert page.content.decode().count("<tr tabindex") == found["took"][0][0] == 2


def test_exactly_the_limit_still_stands_before_the_mark(north: Community) -> None:
    clock = sent(north, 3, "刚好到点")
    for used, eighth in ((clock.limit_seconds, 7), (clock.limit_seconds + 1, 8), (10**7, durations.LAST), (0, 0)):
        Clock.objects.filter(pk=clock.pk).update(used_seconds=used)
        assert list(counted(north, clock)["took"]) == [eighth]


def test_what_is_late_and_not_done_has_a_bar_of_its_own(north: Community) -> None:
    repair(north, day_at(-4, 9), "没人管")
    late = Clock.objects.get(clause_id=CLAUSE)
    assert counted(north, late)["took"] == {durations.OPEN: [0, 1]}


def test_made_anew_the_months_are_the_same_and_open_to_their_rows(north: Community) -> None:
    busy(north)
    following.rebuild(north.project, day_at(0, 23))
    rule = standards.rule_in_force("RPR-07", north.project, day_at(0).date())
    first = day_at(-1).date().replace(day=1)
    before = charted.months(north.project, rule, first, opens=True)
    Day.objects.all().delete()
    following.rebuild(north.project, day_at(0, 23))
    assert before is not None and charted.months(north.project, rule, first, opens=True) == before
    assert before["points"][-1]["url"].endswith(f"month={first:%Y-%m}&which=all")


def test_a_clause_page_draws_and_opens_rows_only_to_who_reads_the_sums(north: Community) -> None:
    clock = sent(north, 3, "厨房漏水")
    following.rebuild(north.project, day_at(0, 23))
    url = reverse("standards:clause", args=["north", clock.clause_id])
    manager, desk = (signed_in(f"north.{who}").get(url).content.decode() for who in ("manager", "receptionist"))
    rows = reverse("compliance:rows", args=["north", clock.clause_id])
    assert "chart-scroll" in manager and "chart-scroll" in desk
    assert rows in manager and rows not in desk


def test_a_forged_span_is_no_span(north: Community) -> None:
    client = signed_in("north.manager")
    url = reverse("compliance:rows", args=["north", "RPR-03"])
    for took in ("99", "-1", "٣", "<x>", "open", "9" * 40):
        assert client.get(url, {"took": took}).status_code == 200


def test_by_post_each_post_counts_the_clauses_on_which_it_acts(north: Community) -> None:
    busy(north)
    following.rebuild(north.project, day_at(0, 23))
    first = day_at(-1).date().replace(day=1)
    tallies = queries.month([north.project], first)[north.project.pk]
    rows = by_post.posts_of(north.project, tallies, first, day_at(0).date())
    for post, _name, own in rows:
        assert own and all(post in book.clause(one).roles for one in own)
    assert {one for _p, _n, own in rows for one in own} <= set(tallies) and len(rows) > 1
    page = signed_in("north.manager").get(
        reverse("compliance:by-post", args=["north"]), {"month": f"{first:%Y-%m}", "post": rows[0][0]}
    )
    assert page.status_code == 200 and rows[0][1] in page.content.decode()


def test_by_post_is_not_there_for_who_reads_no_sums(north: Community, south: Community) -> None:
    url = reverse("compliance:by-post", args=["north"])
    for who in ("north.receptionist", "north.technician", "south.manager", "north.owner"):
        assert signed_in(who).get(url).status_code == 404
    odd = {"month": "x", "post": "<b>", "at": "south", "strict": "7"}
    assert signed_in("north.manager").get(url, odd).status_code == 200


def test_the_charts_cost_the_same_for_one_clock_and_for_many(north: Community) -> None:
    clock = sent(north, 3, "第一件")
    client = signed_in("north.manager")
    url = reverse("standards:clause", args=["north", clock.clause_id])
    client.get(url)
    with statements() as few:
        client.get(url)
    for number in range(8):
        sent(north, 4 + number, f"第 {number} 件")
    with statements() as many:
        client.get(url)
    assert len(many) <= len(few), many
