"""The lists and pages of visitors: who reads what, and how many statements a list costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.visitors import papers
from guanjia.domains.visitors.operations import arrive, issue, put_on_watch
from guanjia.kernel.models import Event
from guanjia.parts.instructions.operations import note
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of

pytestmark = pytest.mark.django_db


def seat(community: Community, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"{community.project.code}.{who}"))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def come(community: Community, **more: Any) -> Any:
    said = {"house": community.house.code, "name": "陶访客", "purpose": "送家具", "phone": "13311110000", **more}
    return arrive(community.project, by=community.by("guard"), **said)


@pytest.mark.clause("VIS-02")
def test_the_register_finds_a_visitor_by_name_and_house_and_shows_no_number(north: Community) -> None:
    come(north)
    client, url = seat(north, "receptionist"), reverse("visitors:list", args=["north"])
    assert "陶访客" in client.post(url, {"q": "陶访"}).content.decode()
    page = client.post(url, {"q": "0000"}).content.decode()
    assert "13311110000" not in page
    assert "陶访客" not in client.post(url, {"q": "王某"}).content.decode()


def test_the_page_of_a_visitor_shows_what_the_house_asked_for_and_what_is_missing(north: Community) -> None:
    note(north.project, by=north.by("receptionist"), house=north.house.code, kind="no_admission", words="出差一周")
    visitor = come(north)
    page = seat(north, "guard").get(reverse("visitors:page", args=["north", visitor.pk])).content.decode()
    assert "出差一周" in page and "请先核对证件" in page and "住户还没有确认" in page


@pytest.mark.parametrize(("who", "reads"), [("manager", True), ("control_room", True), ("guard", False)])
def test_why_somebody_is_watched_for_is_read_by_few(north: Community, who: str, reads: bool) -> None:
    until = timezone.localdate() + timedelta(days=9)
    put_on_watch(
        north.project, by=north.by("manager"), name="陶访客", level="stop", reason="多次尾随住户进楼", until_on=until
    )
    client, visitor = seat(north, who), come(north)
    page = client.get(reverse("visitors:page", args=["north", visitor.pk])).content.decode()
    assert "关注名单" in page and ("多次尾随住户进楼" in page) == reads
    assert client.get(reverse("visitors:watch", args=["north"])).status_code == (200 if reads else 404)


def test_the_code_of_a_pass_is_shown_to_who_may_issue_one(north: Community) -> None:
    said = {"house": north.house.code, "visitor": "陶访客", "purpose": "探亲"}
    one = issue(north.project, by=north.by("owner"), **said)
    url, code = reverse("visitors:pass", args=["north", one.pk]), str(one.code)
    assert code[:4] in seat(north, "receptionist").get(url).content.decode()
    assert code[:4] not in seat(north, "guard").get(url).content.decode()
    assert seat(north, "technician").get(url).status_code == 404


@pytest.mark.clause("VIS-03")
def test_the_reception_of_a_vip_is_started_about_the_pass_and_stands_on_it(north: Community) -> None:
    said = {
        "house": north.house.code,
        "visitor": "陶访客",
        "purpose": "考察",
        "asked_by": north.owner.name,
        "is_vip": True,
    }
    one = issue(north.project, by=north.by("officer"), **said)
    client, url = seat(north, "officer"), reverse("visitors:pass", args=["north", one.pk])
    page = client.get(url).content.decode()
    assert "clause=VIS-03" in page
    given, new = (
        {"clause": "VIS-03", "label": "visitor_pass", "thing": one.pk},
        reverse("runsheets:new", args=["north"]),
    )
    desk = seat(north, "receptionist")  # receives nobody: is not offered it, nor another procedure in its place
    assert "clause=VIS-03" not in desk.get(url).content.decode() and desk.get(new, given).status_code == 403
    assert client.post(new, given).status_code == 302
    assert "/run-sheets/" in client.get(url).content.decode()


@pytest.mark.clause("VIS-02")
def test_a_day_is_printed_and_that_it_was_stands_in_the_journal(north: Community) -> None:
    come(north)
    client, url = seat(north, "guard"), address_of(papers.print_register, north.project)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"day": timezone.localdate().isoformat()})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert Event.objects.filter(name="visitors.print_register").count() == 1
    assert client.post(url, {"day": "yesterday"}).status_code == 422
    assert seat(north, "technician").get(url).status_code == 403


@pytest.mark.parametrize("name", ["list", "inside", "passes"])
def test_a_list_costs_ten_statements_however_long(north: Community, name: str) -> None:
    for _n in range(3):
        come(north)
        said = {"house": north.house.code, "visitor": "陶访客", "purpose": "探亲"}
        issue(north.project, by=north.by("owner"), **said)
    client, url = seat(north, "manager"), reverse(f"visitors:{name}", args=["north"])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= 10, "\n".join(q["sql"][:120] for q in seen)
