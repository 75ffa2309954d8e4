"""The cabinet as a picture, a scanned tag, the sheets: as their users open them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.keys import papers
from guanjia.domains.keys.models import Authorisation, Key
from guanjia.domains.keys.operations import choose_tags, lend
from guanjia.domains.keys.papers import print_paper, print_sheet
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden
from guanjia.parts.custody.operations import hand_over, mark_rest, start_count
from guanjia.parts.handover import lines as handover
from guanjia.parts.papers.press import Press
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of

from .made import SEAL, a_cabinet, a_key, a_paper, in_hours, loan, out
from .test_keeping import issued

pytestmark = pytest.mark.django_db
Opened = Any


@pytest.fixture
def key(north: Community) -> Key:
    return a_key(north, name="会议室", cabinet=a_cabinet(north))


@pytest.mark.clause("KEY-03")
def test_the_cabinet_shows_every_slot_and_who_is_late(
    north: Community, key: Key, django_assert_max_num_queries: Opened
) -> None:
    lend(key, by=north.by("receptionist"), **loan(north))
    line = out(key)
    client, url = north.signed_in("receptionist"), reverse("keys:home", args=["north"])
    assert "slot-today" in client.get(url).content.decode() or "slot-out" in client.get(url).content.decode()
    line.due_at = in_hours(-1)
    line.save(update_fields=["due_at"])
    with django_assert_max_num_queries(60):
        page = client.get(url, {"key": key.pk}).content.decode()
    assert page.count("slot-empty") == 5 + 1 and "slot-overdue" in page and north.staff["technician"].name in page
    assert reverse("acts:do", args=["north", "handout", line.pk, "take_back"]) in page


def test_more_keys_cost_no_more_statements(north: Community, django_assert_num_queries: Opened) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cabinet, client, url = a_cabinet(north), north.signed_in("receptionist"), reverse("keys:home", args=["north"])
    a_key(north, cabinet=cabinet)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for _n in range(4):
        a_key(north, cabinet=cabinet)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)


def test_a_tag_leads_to_its_key_and_in_another_project_to_nothing(north: Community, south: Community, key: Key) -> None:
    there = reverse("keys:page", args=["north", key.pk])
    client = north.signed_in("technician")
    assert client.get(reverse("keys:tag", args=["north", key.tag]))["Location"] == there
    assert client.get(reverse("keys:find", args=["north"]), {"code": key.number.lower()})["Location"] == there
    assert client.get(reverse("keys:find", args=["north"]), {"code": "K-999"})["Location"] != there
    stranger = south.signed_in("technician")
    assert stranger.get(reverse("keys:tag", args=["south", key.tag])).status_code == 404
    assert stranger.get(reverse("keys:tag", args=["north", key.tag])).status_code == 404


@pytest.mark.clause("KEY-13")
def test_lent_and_taken_back_from_its_page(north: Community, key: Key) -> None:
    client, there = north.signed_in("receptionist"), reverse("keys:page", args=["north", key.pk])
    act = reverse("acts:do", args=["north", "key", key.pk, "lend"])
    assert act in client.get(there).content.decode()
    due = f"{in_hours(14):%Y-%m-%d %H:%M}"
    sent = {"employee": north.staff["technician"].pk, "work": "repair", "due_at": due, "condition": "whole"}
    assert client.post(act, sent).status_code == 302
    back = reverse("acts:do", args=["north", "handout", out(key).pk, "take_back"])
    assert f"{back}?next={there}" in client.get(there).content.decode()
    assert client.post(f"{back}?next={there}", {"condition": "whole", "next": there})["Location"] == there
    key.refresh_from_db()
    assert key.state == "in_store"


def test_the_form_of_an_owners_key_asks_for_paper_and_seal(north: Community) -> None:
    a_paper(north)
    key, client = a_key(north, "owner_key"), north.signed_in("receptionist")
    page = client.get(reverse("acts:do", args=["north", "key", key.pk, "lend"])).content.decode()
    assert 'name="seal_no"' in page and 'name="authorisation"' in page and SEAL not in page
    other = client.get(reverse("acts:do", args=["north", "key", a_key(north).pk, "lend"])).content.decode()
    assert 'name="seal_no"' not in other


def test_pages_of_making_open_for_who_may(north: Community, key: Key) -> None:
    owners = a_key(north, "owner_key", seal_no="FQ-77")
    paths = [
        reverse("keys:new_cabinet", args=["north"]), reverse("keys:copy", args=["north", key.pk]),
        reverse("keys:new", args=["north"]),
    ]  # fmt: skip
    supervisor, cashier = north.signed_in("supervisor"), north.signed_in("cashier")
    for path in paths:
        assert supervisor.get(path).status_code == 200 and cashier.get(path).status_code == 403
    page = supervisor.get(reverse("keys:issue_to", args=["north", north.house.pk])).content.decode()
    assert owners.number in page
    for name in ("list", "mine", "authorisations", "issued"):
        assert supervisor.get(reverse(f"keys:{name}", args=["north"])).status_code == 200


SHEETS = ("list", "log", "loans", "handovers", "issues", "tags")


@pytest.mark.clause("KEY-04", "KEY-08", "KEY-13", "KEY-16", "KEY-17")
def test_every_sheet_prints_from_the_records_and_leaves_an_event(north: Community, key: Key) -> None:
    full(north, key)
    client, url = north.signed_in("receptionist"), reverse("keys:sheets", args=["north"])
    assert client.get(url).content.decode().count('name="sheet"') == len(SHEETS)
    for name in SHEETS:
        answer = client.post(address_of(print_sheet, north.project), {"sheet": name})
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF"), name
    assert Event.objects.filter(name="keys.print_sheet").count() == len(SHEETS)
    assert north.signed_in("cashier").get(url).status_code == 403


@pytest.mark.clause("KEY-04", "KEY-13")
def test_the_rows_of_the_sheets_say_what_is_on_record(north: Community, key: Key) -> None:
    full(north, key)
    by = north.by("receptionist")
    listed = {row["key_no"]: row for row in papers.listed(north.project, by)}
    assert listed["K-001"]["storage"] == "A 柜 1-1" and listed["K-001"]["custodian"] == north.staff["officer"].name
    assert listed["K-002"]["key_kind"] == "security_door" and listed["K-002"]["place_name"] == "1201"
    [log] = papers.log(north.project, by)
    assert log["user"] == north.staff["technician"].name and log["purpose"] == "维修"
    [loan_] = papers.loans(north.project, by)
    assert loan_["approved_by"] == north.owner.name
    [handover_] = papers.handovers(north.project, by)
    assert handover_["expected"] == handover_["counted"] == 3
    [issue_] = papers.issues(north.project, by)
    assert issue_["security_door"] == 1 and issue_["owner"] == north.owner.name


@pytest.mark.clause("KEY-11")
def test_the_owners_paper_prints(north: Community) -> None:
    paper = a_paper(north)
    client = north.signed_in("receptionist")
    answer = client.post(address_of(print_paper, paper))
    assert answer.content.startswith(b"%PDF") and Authorisation.objects.get().state == "filed"
    assert client.get(reverse("keys:authorisation", args=["north", paper.pk])).status_code == 200


@pytest.mark.clause("KEY-08")
def test_the_address_is_on_the_tag_only_where_the_project_chose_it(
    north: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_key(north, "owner_key")
    seen: list[Any] = []
    monkeypatch.setattr(papers, "tags", lambda items, **more: seen.append(items) or b"")
    papers.labels(north.project, Press(north.by("receptionist"), "https://x"))
    with pytest.raises(Forbidden):
        choose_tags(north.project, by=north.by("receptionist"), shows_address=True)
    sheets = reverse("keys:sheets", args=["north"])
    asked = re.search(r'href="([^"]+choose_tags[^"]*)"', north.signed_in("supervisor").get(sheets).content.decode())
    assert asked
    done = north.signed_in("supervisor").post(unescape(asked[1]), {"shows_address": "on", "next": sheets})
    assert done.headers["Location"] == sheets and f"next={sheets.replace('/', '%2F')}" in asked[1]
    papers.labels(north.project, Press(north.by("receptionist"), "https://x"))
    assert [one["words"] for (one,) in seen] == ["", "3-2-1201 防盗铁门"]
    assert "1201" not in seen[0][0]["code"]


@pytest.mark.clause("KEY-07")
def test_what_opens_one_suite_or_floor_hangs_together(north: Community) -> None:
    for name, floor in (("风井", "2 层"), ("电井", "1 层"), ("水井", "2 层")):
        a_key(north, "public_key", name=name, floor=floor, spot=north.spot)
    a_key(north, "owner_key")
    names = [row["place_name"] for row in papers.listed(north.project, north.by("receptionist"))]
    assert names == ["1201", "电井", "风井", "水井"]


def test_keys_out_are_lines_of_the_handover(north: Community, key: Key) -> None:
    lend(key, by=north.by("receptionist"), **loan(north))
    found = {one.line.key: one for one in handover.found(north.project, north.by("officer"), "receptionist")}
    assert found["keys.out"].said() == [f"K-001 会议室　{north.staff['technician'].name}"]
    assert not found["keys.out"].urgent_ids
    line = out(key)
    line.due_at = in_hours(-1)
    line.save(update_fields=["due_at"])
    again = {one.line.key: one for one in handover.found(north.project, north.by("officer"), "receptionist")}
    assert again["keys.out"].urgent_ids == [line.pk]


def full(north: Community, key: Key) -> None:
    """Something on every sheet: a loan of each sort, a handover, an issue."""
    by = north.by("receptionist")
    owners = a_key(north, "owner_key")
    lend(key, by=by, **loan(north))
    lend(owners, by=by, **loan(north, authorisation=a_paper(north), seal_no=SEAL))
    issue_of = a_key(north, "owner_key", seal_no="FQ-88")
    count = start_count(north.project, by=by, kind="key")
    mark_rest(count, by=by)
    hand_over(count, by=beside(north.by("officer"), north.staff["receptionist"]))
    issued(north, issue_of)
