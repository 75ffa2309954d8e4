"""The figures of the board: as many as the rows they open, the same at any size, nothing of a person on the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.counting import statements
from guanjia.domains.cases.operations import cancel
from guanjia.domains.repairs.operations import accept, agree_visit, dispatch, record
from guanjia.parts.casework import figures, views
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import following
from guanjia.parts.compliance.models import Followed
from guanjia.parts.compliance.tests.test_sums import signed_in
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community
from guanjia.shells.board import queries, shown
from guanjia.shells.board.models import Display

pytestmark = pytest.mark.django_db
Hang = Callable[..., tuple[Client, Display]]
PAGE = "/p/north/board"


def told(north: Community, who: str, at: Any) -> Any:
    return north.by(who, at, channel="demo", recorded_at=at)


def reported(north: Community, at: Any, words: str = "厨房水管漏水", **more: Any) -> Case:
    given = {
        "place": "home", "house": north.house, "resident": north.owner, "content": words, "apart": True,
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak", **more,
    }  # fmt: skip
    return record(north.project, by=told(north, "receptionist", at), **given)


@pytest.fixture
def busy(north: Community) -> Community:
    """Seven repairs: two late, one near its limit, one sent, one taken on with a visit today, one cancelled, one common."""
    now = timezone.now()
    for days in (9, 3):
        reported(north, now - timedelta(days=days), f"{days} 天前的")
    near = reported(north, now - timedelta(hours=1), "快到的")
    Clock.objects.filter(subject_id=near.pk).update(warn_at=now - timedelta(minutes=1), due_at=now + timedelta(hours=1))
    sent, taken = reported(north, now - timedelta(minutes=30)), reported(north, now - timedelta(minutes=25))
    for case in (sent, taken):
        dispatch(case, by=told(north, "receptionist", now - timedelta(minutes=20)), executor=north.staff["technician"])
    accept(taken, by=told(north, "technician", now - timedelta(minutes=10)))
    agree_visit(
        taken, by=told(north, "technician", now - timedelta(minutes=9)), appointment_from=now + timedelta(minutes=1)
    )
    gone = reported(north, now - timedelta(minutes=15), "报错了")
    cancel(gone, by=told(north, "supervisor", now - timedelta(minutes=5)), reason="误报")
    reported(north, now - timedelta(minutes=4), "车库灯不亮", place="common", house=None, spot=north.spot, resident=None,
             caller_name="路人", caller_phone="13900001234")  # fmt: skip
    following.rebuild(north.project, now)
    return north


def rows_behind(north: Community, url: str) -> int:
    """How many rows the page behind a figure holds, as its own queries say."""
    by, at = north.by("manager"), timezone.now()
    path, _mark, query = url.partition("?")
    given = dict(part.split("=") for part in query.split("&"))
    if path.endswith("/clocks"):
        return len(clocks.page(by, north.project.pk, given["view"], at, after=None, size=500))
    view = given.pop("view")
    return casework.narrowed(casework.visible(north.project, by).filter(views.view_of(view, by, at)), given).count()


def test_every_figure_is_as_large_as_the_rows_it_opens(busy: Community) -> None:
    by = busy.by("manager")
    board = shown.board(
        queries.of(busy.project, by), shown.Links(busy.project, opens=True, reads_sums=True), wall=False
    )
    figures_of = [(one["number"], one["url"]) for one in board["tiles"][:5]]
    figures_of += [(one["n"], one["url"]) for name in ("states", "carried", "clusters") for one in board[name]]
    assert board["carried"] and board["clusters"] and board["tiles"][0]["number"] and board["tiles"][4]["number"] == 1
    for number, url in figures_of:
        assert rows_behind(busy, url) == number, url
    for chart in (board["intake"]["chart"], board["days"]):
        assert any(bar["n"] for bar in chart["bars"])
        for bar in chart["bars"]:
            assert rows_behind(busy, bar["url"].replace("%3A", ":")) == bar["n"], bar["url"]
    for part in board["tiles"][3]["parts"]:
        assert rows_behind(busy, part["url"]) == int(re.search(r"\d+", part["words"])[0]), part


def test_every_figure_opens_for_the_manager(busy: Community) -> None:
    client = signed_in("north.manager")
    page = client.get(PAGE).content.decode()
    urls = {
        url.replace("&amp;", "&") for url in re.findall(r'href="(/p/north/(?:cases|clocks|compliance)[^"]*)"', page)
    }
    assert len(urls) > 12
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_the_months_limits_open_to_what_was_missed(busy: Community) -> None:
    page = signed_in("north.manager").get(PAGE).content.decode()
    found = shown.limits(
        queries.of(busy.project, busy.by("manager")), shown.Links(busy.project, opens=True, reads_sums=True), "2026-01"
    )
    assert all(reverse("compliance:rows", args=["north", one["clause"]]) in page for one in found)


def test_what_came_in_stands_beside_the_average_of_four_weeks(north: Community) -> None:
    at = timezone.localtime().replace(hour=12, minute=30, second=0, microsecond=0)
    for week in (1, 2, 3, 4):
        for _n in range(2):
            reported(north, at - timedelta(weeks=week, minutes=10))
    reported(north, at - timedelta(weeks=1, hours=-3))  # later in the day than now
    found = figures.intake(Case.objects.filter(project=north.project), at)
    assert found.usual[12] == 2 and found.usual_so_far == 2 and found.count == 0
    assert sum(n for _day, n in found.days) == 9 and len(found.days) == 29


def test_three_of_a_trade_in_a_building_within_a_week_are_a_cluster_and_two_are_none(north: Community) -> None:
    now, rows = timezone.now(), Case.objects.filter(project=north.project)
    for n in range(2):
        reported(north, now - timedelta(days=n + 1))
    assert figures.clusters(rows, now) == []
    reported(north, now - timedelta(hours=1))
    reported(north, now - timedelta(days=10))
    (found,) = figures.clusters(rows, now)
    assert (found.building_id, found.category, found.n, found.before) == (north.house.building_id, "plumbing", 3, 1)


def test_on_the_wall_nobody_is_named_and_no_house_in_full(busy: Community, hang: Hang) -> None:
    reported(busy, timezone.now() - timedelta(days=4), f"{busy.owner.name} 家 {busy.owner.phone} 漏水")
    screen, _display = hang(busy)
    for url in ("/board", "/board/figures"):
        text = screen.get(url).content.decode()
        assert "3-2-12**" in text and busy.house.code not in text
        for private in (busy.owner.name, busy.owner.phone, "路人", "13900001234", "天前的"):
            assert private not in text, private
        assert not re.search(r'<a [^>]*href="/p/', text)


@pytest.mark.parametrize(("label", "title", "said"), [
    ("borrowable", "雨伞 WP001", "雨伞 WP001"),
    ("key", "K-017 4 幢水井", "K-017 4 幢水井"),
    ("key", "A-012 3-2-1201 入户门", ""),
    ("archive_document", "D-0001　顾先生的合同", ""),
])  # fmt: skip
def test_what_is_lent_is_called_by_its_name_on_the_wall_unless_it_says_whose_it_is(
    label: str, title: str, said: str
) -> None:
    assert shown.on_wall(Handout(subject_label=label, title=title)) == said
    assert shown.on_wall(None) == ""


def test_the_wall_shows_nothing_of_another_project(busy: Community, south: Community, hang: Hang) -> None:
    screen, _display = hang(south)
    page = screen.get("/board").content.decode()
    assert south.project.name in page and busy.project.name not in page and "**" not in page
    assert not [one for one in busy.staff.values() if one.name in page]


def test_a_poll_brings_nothing_while_nothing_happened(busy: Community, hang: Hang) -> None:
    screen, _display = hang(busy)
    at = timezone.now()
    mark = queries.mark(busy.project, at)
    page = screen.get("/board").content.decode()
    assert f'"seen": "{mark.split("-")[0]}-' in page
    seen = re.search(r'"seen": "([^"]+)"', page)[1]
    with statements() as quiet:
        answer = screen.get("/board/figures", {"seen": seen})
    if answer.status_code == 204:  # else the minute turned between the two
        assert len(quiet) <= 2 and not answer.content
    reported(busy, at - timedelta(minutes=1))
    assert screen.get("/board/figures", {"seen": seen}).status_code == 200


def test_figures_whose_sums_are_behind_say_so(busy: Community) -> None:
    client = signed_in("north.manager")
    assert "合计停在" not in client.get(PAGE).content.decode()
    Followed.objects.update(until_at=timezone.now() - timedelta(hours=2))
    assert "合计停在" in client.get(PAGE).content.decode()


def test_leaders_open_the_board_and_for_others_it_does_not_exist(north: Community, south: Community) -> None:
    for who in ("manager", "supervisor", "service_manager", "engineering_supervisor"):
        assert signed_in(f"north.{who}").get(PAGE).status_code == 200, who
    for who in ("north.receptionist", "north.technician", "north.hr", "north.owner", "south.manager"):
        for url in (PAGE, f"{PAGE}/figures", f"{PAGE}/day"):
            assert signed_in(who).get(url).status_code == 404, who
    assert signed_in("north.manager").get("/p/office/board").status_code == 404


def test_the_day_of_the_manager_stands_on_today_and_nobody_elses_does(busy: Community) -> None:
    url = reverse("board:day", args=["north"])
    assert url in signed_in("north.manager").get("/p/north/today").content.decode()
    assert url not in signed_in("north.receptionist").get("/p/north/today").content.decode()
    assert "已超时" in signed_in("north.manager").get(url).content.decode()


def test_the_rail_leads_leaders_to_the_board(north: Community) -> None:
    assert 'href="/p/north/board"' in signed_in("north.manager").get("/p/north/today").content.decode()
    assert 'href="/p/north/board"' not in signed_in("north.receptionist").get("/p/north/today").content.decode()


def test_an_empty_project_has_a_board_too(north: Community, hang: Hang) -> None:
    screen, _display = hang(north)
    assert screen.get("/board").status_code == 200
    assert signed_in("north.manager").get(PAGE).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_wall_speaks_other_languages(busy: Community, hang: Hang, language: str) -> None:
    screen, _display = hang(busy)
    screen.cookies["django_language"] = language
    assert screen.get("/board").status_code == 200


def test_the_board_costs_the_same_for_seven_cases_and_for_thirty(busy: Community, hang: Hang) -> None:
    screen, _display = hang(busy)
    screen.get("/board/figures")
    with statements() as few:
        screen.get("/board/figures")
    for number in range(23):
        reported(busy, timezone.now() - timedelta(hours=number * 7), f"第 {number} 件")
    with statements() as many:
        screen.get("/board/figures")
    assert len(many) == len(few) <= 22, many
