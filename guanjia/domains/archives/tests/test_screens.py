"""The shelves, one file, one document, what is printed: as their users open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia import book
from guanjia.domains.archives import operations, papers, queries
from guanjia.domains.archives.models import Destruction, Scan
from guanjia.kernel.models import Event
from guanjia.parts.entries import keepers
from guanjia.parts.papers import printing
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of

from .shelf import Shelf, picture, shelf
from .test_reading import pledged, signed

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db
PIN = "402917"


def signed_in(community: Community, who: str) -> Client:
    client = Client()
    account = Account.objects.get(username=f"{community.project.code}.{who}")
    account.set_pin(PIN)
    account.save(update_fields=["pin"])
    client.force_login(account)
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def shown(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"archives:{name}", args=["north", *args]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("ARC-01")
def test_the_list_says_complete_or_missing_and_finds_by_name_and_house(shelf: Shelf) -> None:
    shelf.put("id_copy")
    client = signed_in(shelf.north, "officer")
    page = shown(client, "list")
    assert "1/8" in page and "装修管理协议" in page
    assert shelf.file.number in shown(client, "list", lack="missing")
    assert shelf.file.number not in shown(client, "list", lack="whole")
    url = reverse("archives:list", args=["north"])
    for words in (shelf.north.owner.name, "1201"):
        assert shelf.file.number in client.post(url, {"q": words}).content.decode()
    assert shelf.file.number not in client.post(url, {"q": "无此人"}).content.decode()


def test_the_list_costs_the_same_whatever_stands_there(shelf: Shelf, django_assert_max_num_queries: Any) -> None:
    client, north = signed_in(shelf.north, "officer"), shelf.north
    shown(client, "list")
    for number in range(6):
        operations.open_file(
            north.project, by=north.by("officer"), kind="other", title=f"会议纪要 {number}", box="Z"
        )  # fmt: skip
    with django_assert_max_num_queries(16):
        shown(client, "list")


@pytest.mark.clause("ARC-04", "ARC-13")
def test_a_scan_opens_to_who_says_what_for_is_marked_and_goes_no_other_way(shelf: Shelf) -> None:
    document, client = shelf.put("id_copy", scans=[picture()]), signed_in(shelf.north, "steward")
    scan = Scan.objects.get()
    door = reverse("archives:scan", args=["north", scan.pk])
    assert client.get(door).status_code == 404 and door not in shown(client, "documents:page", document.pk)
    act = reverse("acts:do", args=["north", "archive_document", document.pk, "consult"])
    assert client.post(act, {"purpose": "核对产权人"}).status_code == 302
    assert door in shown(client, "documents:page", document.pk)
    answer = client.get(door)
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    from guanjia.parts.files.models import StoredFile

    stored = StoredFile.objects.get(subject_label="archive_scan")
    assert client.get(reverse("files:show", args=["north", stored.pk])).status_code == 404
    assert signed_in(shelf.north, "supervisor").get(door).status_code == 404


@pytest.mark.clause("ARC-05")
def test_the_page_of_a_confidential_document_says_why_it_is_not_lent(shelf: Shelf) -> None:
    page = shown(signed_in(shelf.north, "supervisor"), "documents:page", shelf.put("id_copy").pk)
    assert "不得复印、打印、借出" in page
    act = reverse("acts:do", args=["north", "archive_document", shelf.put("owner_info").pk, "lend"])
    assert act not in page


@pytest.mark.clause("ARC-12")
def test_two_witnesses_type_their_own_numbers_on_the_page(shelf: Shelf) -> None:
    north, old = shelf.north, pledged(shelf)
    entry = operations.propose(north.project, by=north.by("supervisor"), documents=[old], appraisal="保管期满")
    from guanjia.kernel.outcomes import Stored

    with pytest.raises(Stored) as stored:
        operations.clear(entry, by=north.by("supervisor"))
    signed(shelf, stored.value, "service_manager", "manager")
    for who in ("officer", "supervisor"):
        signed_in(north, who)
    client = signed_in(north, "service_manager")
    act = reverse("acts:do", args=["north", "archive_destruction", entry.pk, "destroy"])
    assert 'name="present_pin_2"' in client.get(act).content.decode()
    sent = {"method": "粉碎", "is_content_checked": "on", "present_username": "north.officer", "present_pin": PIN}
    assert client.post(act, sent).status_code == 422
    again = {**sent, "present_username_2": "north.officer", "present_pin_2": PIN}
    assert client.post(act, again).status_code == 422
    wrong = {**sent, "present_username_2": "north.supervisor", "present_pin_2": "1"}
    assert client.post(act, wrong).status_code == 422
    right = {**sent, "present_username_2": "north.supervisor", "present_pin_2": PIN}
    assert client.post(act, right).status_code == 302
    done = Destruction.objects.get()
    assert {done.witness_one, done.witness_two} == {north.staff["officer"], north.staff["supervisor"]}
    event = Event.objects.get(name="archives.destroy")
    assert len(event.given["$present"]) == 2 and PIN not in str(event.given)
    url = address_of(papers.print_destruction, entry)
    assert signed_in(north, "supervisor").post(url).content.startswith(b"%PDF")


@pytest.mark.clause("ARC-01", "ARC-08")
def test_directory_list_and_label_are_printed_from_the_record_and_stand_in_its_story(shelf: Shelf) -> None:
    shelf.put("id_copy", copies=2)
    client = signed_in(shelf.north, "supervisor")
    for verb in (papers.print_file, papers.print_list, papers.print_label):
        answer = client.post(address_of(verb, shelf.file))
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert Event.objects.filter(name=verb.name).count() == 1


@pytest.mark.clause("ARC-02")
def test_the_directory_of_a_tenants_file_is_the_tenants_form(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    north, drawn = shelf.north, []
    draw = printing.render
    monkeypatch.setattr(printing, "render", lambda form_id, *a, **k: drawn.append(form_id) or draw(form_id, *a, **k))
    given = {"kind": "tenant", "house": north.house, "resident": north.owner, "box": "2"}
    file = operations.open_file(north.project, by=north.by("supervisor"), **given)
    answer = signed_in(north, "supervisor").post(address_of(papers.print_file, file))
    assert answer.content.startswith(b"%PDF") and drawn == ["F-TENANT-FILE"]
    assert Event.objects.filter(name="archives.print_file").count() == 1


@pytest.mark.clause("ARC-10")
def test_the_keeping_times_are_printed_as_they_hold(shelf: Shelf) -> None:
    url, client = address_of(papers.print_retention, shelf.north.project), signed_in(shelf.north, "supervisor")
    assert url in shown(client, "retention")
    assert client.post(url).content.startswith(b"%PDF") and client.get(url).status_code == 405
    assert Event.objects.filter(name="archives.print_retention").count() == 1
    assert signed_in(shelf.north, "guard").post(url).status_code == 403


@pytest.mark.clause("ARC-07")
def test_the_register_of_loans_has_the_columns_of_the_form(shelf: Shelf) -> None:
    from .test_reading import asked_to_lend

    signed(shelf, asked_to_lend(shelf, shelf.put("movein_notice")), "manager")
    client, day = signed_in(shelf.north, "supervisor"), timezone.localdate()
    (line,) = queries.loans_of_days(shelf.north.project, shelf.north.by("supervisor"), day, day)
    assert set(line) == {f.key for f in book.form("F-ARC-LOAN").fields}
    assert shelf.north.staff["steward"].name in shown(client, "loans")
    url = address_of(papers.print_loans, shelf.north.project)
    assert client.post(url, {"since": day.isoformat(), "until": day.isoformat()}).content.startswith(b"%PDF")
    assert client.post(url, {"since": day.isoformat(), "until": "2020-01-01"}).status_code == 422
    assert signed_in(shelf.north, "guard").get(url).status_code == 403


@pytest.mark.clause("ARC-10")
def test_the_page_of_keeping_times_names_what_is_over(shelf: Shelf) -> None:
    old = pledged(shelf)
    page = shown(signed_in(shelf.north, "supervisor"), "retention")
    assert old.number in page and "消防安全责任书" in page


@pytest.mark.parametrize("name", ["list", "documents:list", "loans", "retention", "destructions:list", "tidyings:new"])
def test_strangers_and_residents_meet_nothing(shelf: Shelf, south: Community, name: str) -> None:
    url = reverse(f"archives:{name}", args=["north"])
    assert signed_in(south, "supervisor").get(url).status_code == 404
    assert signed_in(shelf.north, "owner").get(url).status_code == 404


def test_a_households_file_is_nothing_to_who_does_not_need_it(shelf: Shelf) -> None:
    document = shelf.put("movein_notice")
    client = signed_in(shelf.north, "guard")
    for name, pk in (("page", shelf.file.pk), ("documents:page", document.pk)):
        assert client.get(reverse(f"archives:{name}", args=["north", pk])).status_code == 404
    assert shelf.file.number not in shown(client, "list")


def test_every_page_opens_and_the_forms_have_left_the_entries(shelf: Shelf) -> None:
    client = signed_in(shelf.north, "supervisor")
    shelf.put("movein_notice")
    shown(client, "page", shelf.file.pk)
    for name in ("new", "documents:list", "destructions:list", "destructions:new", "tidyings:list", "tidyings:new"):
        shown(client, name)
    tidying = operations.tidy(
        shelf.north.project, by=shelf.north.by("officer"), place="A 柜", gone_through=3, misplaced=0
    )
    shown(client, "tidyings:page", tidying.pk)
    moved = {"F-OWNER-FILE", "F-TENANT-FILE", "F-ARC-LIST", "F-ARC-LOAN", "F-ARC-DESTROY"}
    assert not moved & {form.id for form in keepers.kept_forms()}
