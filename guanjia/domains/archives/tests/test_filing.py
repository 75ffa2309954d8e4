"""Complete or missing at a glance, kept in step, ended and kept as long as the Book says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.archives import kinds, operations, queries
from guanjia.domains.archives.models import ArchiveFile, Document, Secrecy
from guanjia.domains.archives.operations.filing import after
from guanjia.kernel.operations import registry
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.obligations.models import Obligation
from guanjia.people.tests.cast import Community

from .shelf import Shelf, picture, shelf

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db
EIGHT = [
    "id_copy", "movein_notice", "prelim_agreement", "owner_info", "interim_covenant", "renovation_agreement",
    "fire_pledge", "inspection_record",
]  # fmt: skip


@pytest.mark.clause("ARC-01")
def test_an_owner_file_wants_eight_documents_and_says_which_are_missing(shelf: Shelf) -> None:
    assert [p.key for p in kinds.papers("owner")] == EIGHT and all(p.is_required for p in kinds.papers("owner"))
    for kind in EIGHT[:3]:
        shelf.put(kind)
    rows = [ArchiveFile.objects.get(pk=shelf.file.pk)]
    queries.tell_missing(rows)
    assert [p.key for p in rows[0].missing] == EIGHT[3:]


@pytest.mark.clause("ARC-02")
def test_a_tenant_file_wants_what_the_form_requires_and_the_licence_if_there_is_one(north: Community) -> None:
    wanted = {p.key: p.is_required for p in kinds.papers("tenant")}
    assert wanted == {
        "agency_agreement": True, "id_copy": True, "licence_copy": False, "lease": True, "settlement": True,
        "others": False,
    }  # fmt: skip
    made = operations.open_file(
        north.project, by=north.by("officer"), kind="tenant", house=north.house, resident=north.tenant, box="T"
    )
    slots = queries.directory(made, [])
    assert len(slots) == 6 and not any(slot.there for slot in slots)


def test_a_household_has_one_file_of_a_kind_and_names_its_house(shelf: Shelf) -> None:
    north, by = shelf.north, shelf.north.by("officer")
    with pytest.raises(Refused):
        operations.open_file(north.project, by=by, kind="owner", house=north.house, resident=north.owner, box="9")
    with pytest.raises(Refused) as refusal:
        operations.open_file(north.project, by=by, kind="owner", box="9")
    assert set(refusal.value.errors) == {"house", "resident"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveFile.objects.filter(pk=shelf.file.pk).update(house=None)


def test_a_house_of_another_project_is_a_stranger(shelf: Shelf, south: Community) -> None:
    with pytest.raises(Refused) as refusal:
        operations.open_file(
            shelf.north.project, by=shelf.north.by("officer"), kind="owner", house=south.house, resident=south.owner,
            box="9",
        )  # fmt: skip
    assert set(refusal.value.errors) == {"house", "resident"}


@pytest.mark.clause("ARC-08")
def test_a_change_starts_the_clock_of_the_paper_list_and_bringing_it_up_to_date_stops_it(shelf: Shelf) -> None:
    document = shelf.put("movein_notice")
    clock = Clock.objects.get(clause_id="ARC-08")
    operations.update_list(shelf.file, by=shelf.north.by("supervisor"))
    clock.refresh_from_db()
    assert clock.state == "met" and not ArchiveFile.objects.get(pk=shelf.file.pk).is_behind
    with pytest.raises(Conflict):
        operations.update_list(shelf.file, by=shelf.north.by("supervisor"))
    operations.change_document(document, by=shelf.north.by("supervisor"), copies=2, has_paper=True, reason="补一份")
    assert Clock.objects.filter(clause_id="ARC-08", state="running").count() == 1
    assert list(queries.behind(shelf.north.project, shelf.north.by("supervisor"))) == [shelf.file]


@pytest.mark.clause("ARC-13")
def test_paper_without_a_scan_is_seen_and_a_scan_brings_both_in_step(shelf: Shelf) -> None:
    document = shelf.put("movein_notice")
    assert list(Document.objects.filter(queries.out_of_step())) == [document]
    operations.change_document(
        document, by=shelf.north.by("supervisor"), has_paper=True, scans=[picture()], reason="扫描"
    )
    assert not Document.objects.filter(queries.out_of_step()).exists() and document.scans == 1
    with pytest.raises(Refused) as refusal:
        operations.file_document(shelf.file, by=shelf.north.by("officer"), kind="lease")
    assert set(refusal.value.errors) == {"scans"}


def test_a_change_opens_with_what_stands_so_that_nothing_is_undone_by_leaving_it(shelf: Shelf) -> None:
    by, change = shelf.north.by("supervisor"), registry["archives.change_document"]
    document = shelf.put("movein_notice", copies=3, scans=[picture()])
    change(document, by=by, has_paper=False, reason="纸质遗失")
    opened = change.new_form(document, by, initial={"title": "房屋入伙通知书"}).initial
    assert opened == {
        "title": "房屋入伙通知书", "copies": 3, "pages": None, "secrecy": document.secrecy, "has_paper": False,
    }  # fmt: skip
    change(document, by=by, **opened, reason="改名")
    assert (document.quantity, document.has_paper, document.title) == (3, False, "房屋入伙通知书")
    assert not registry["archives.file_document"].new_form(shelf.file, by).initial, "what is made begins empty"


@pytest.mark.clause("ARC-05")
def test_what_is_about_a_person_is_confidential_whatever_is_ticked(shelf: Shelf) -> None:
    with pytest.raises(Refused) as refusal:
        shelf.put("id_copy", secrecy="internal")
    assert refusal.value.clause == "ARC-05"
    document = shelf.put("id_copy")
    assert document.secrecy == Secrecy.CONFIDENTIAL
    for changed in ({"secrecy": "public"}, {"state": "lent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**changed)


@pytest.mark.clause("ARC-10")
def test_the_years_to_keep_begin_when_the_file_ends_and_what_is_over_is_named(shelf: Shelf) -> None:
    pledge, notice = shelf.put("fire_pledge"), shelf.put("movein_notice")
    day, by = timezone.localdate(), shelf.north.by("supervisor")
    assert pledge.months == 60 and pledge.keep_until is None and notice.months is None
    operations.end(shelf.file, by=by, ended_on=day - timedelta(days=6 * 366))
    pledge.refresh_from_db()
    notice.refresh_from_db()
    assert pledge.keep_until is not None and pledge.has_expired(day) and notice.keep_until is None
    assert list(queries.expired(shelf.north.project, by, day)) == [pledge]
    with pytest.raises(Refused):
        operations.end(shelf.file, by=by, ended_on=day + timedelta(days=1))


def test_months_are_added_as_a_calendar_does() -> None:
    assert after(date(2024, 2, 29), 12) == date(2025, 2, 28) and after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert after(date(2025, 1, 1), None) is None


@pytest.mark.clause("ARC-14")
def test_the_month_owes_a_tidying_and_it_is_settled_by_one(north: Community) -> None:
    from guanjia.parts.obligations import keeping

    by = north.by("supervisor")
    keeping.make(north.project, by.at)
    owed = Obligation.objects.filter(rule_key="archives.tidy").order_by("id")
    assert owed.exists()
    with pytest.raises(Refused):
        operations.tidy(north.project, by=by, place="A 柜", gone_through=3, misplaced=4)
    operations.tidy(north.project, by=by, place="A 柜", gone_through=30, misplaced=1)
    assert owed.filter(state="met").count() == 1


@pytest.mark.parametrize("who", ["receptionist", "technician", "guard", "cashier"])
def test_the_wrong_post_files_nothing(shelf: Shelf, who: str) -> None:
    with pytest.raises((Forbidden, Unknown)):
        shelf.put("movein_notice", who=who)


def test_a_file_of_a_household_is_found_by_name_and_house_and_only_by_who_needs_it(shelf: Shelf) -> None:
    from guanjia.kernel import search

    north = shelf.north
    for words in (north.owner.name, "1201", shelf.file.number):
        assert shelf.file.pk in search.found([north.project.pk], "archive_file", words, limit=9)
    assert not ArchiveFile.visible_to(north.by("guard")).exists()
    assert ArchiveFile.visible_to(north.by("steward")).exists()
    assert not ArchiveFile.visible_to(north.by("owner")).exists()
