"""Read with a purpose, marked and on record; lent with approval; what is confidential stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.archives import operations, queries
from guanjia.domains.archives.models import ArchiveFile, Consultation, Document, DocumentState, Scan
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Stored
from guanjia.parts.approvals import operations as approvals
from guanjia.parts.approvals import seats
from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.tests.signing import switched_off
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import operations as custody
from guanjia.parts.custody.models import Handout
from guanjia.people.presence import beside

from .shelf import Shelf, picture, shelf

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db


def signed(shelf: Shelf, stored: Stored, *who: str) -> Approval:
    """The approval that was put forward, signed by these."""
    approval = stored.thing
    for one in who:
        by = seats.as_signer(shelf.north.by(one), approval)
        approvals.agree(Approval.objects.get(pk=approval.pk), by=by)
    return Approval.objects.get(pk=approval.pk)


def asked_to_lend(shelf: Shelf, document: Document, **more: Any) -> Stored:
    said = {
        "employee": shelf.north.staff["steward"], "purpose": "办理装修复核", "signature": picture("sign.png"),
        "due_at": timezone.now() + timedelta(days=2), **more,
    }  # fmt: skip
    with pytest.raises(Stored) as stored:
        operations.lend(document, by=shelf.north.by("supervisor"), **said)
    return stored.value


@pytest.mark.clause("ARC-04")
def test_whoever_reads_says_what_for_and_every_reading_is_on_record(shelf: Shelf) -> None:
    document, north = shelf.put("id_copy", scans=[picture()]), shelf.north
    with pytest.raises(Refused) as refusal:
        operations.consult(document, by=north.by("steward"), purpose="")
    assert set(refusal.value.errors) == {"purpose"}
    scan = Scan.objects.get()
    assert queries.scan_for(north.project, scan.pk, north.by("steward")) is None
    operations.consult(document, by=north.by("steward"), purpose="核对产权人")
    assert queries.scan_for(north.project, scan.pk, north.by("steward")) == scan
    assert queries.scan_for(north.project, scan.pk, north.by("officer")) is None
    later = north.by("steward", timezone.now() + timedelta(minutes=16))
    assert queries.scan_for(north.project, scan.pk, later) is None
    assert Event.objects.get(name="archives.consult").given["purpose"] == "核对产权人"


@pytest.mark.clause("ARC-04")
def test_to_an_outsider_it_is_shown_only_when_the_centre_manager_agrees(shelf: Shelf) -> None:
    document, north = shelf.put("movein_notice"), shelf.north
    with pytest.raises(Stored) as stored:
        operations.show_to(document, by=north.by("supervisor"), outsider="派出所 刘警官", purpose="协查")
    assert not Consultation.objects.exists()
    signed(shelf, stored.value, "manager")
    seen = Consultation.objects.get()
    assert seen.approved_by == north.staff["manager"].name
    assert "刘警官" not in str(Event.objects.get(name="archives.show_to").given)
    with pytest.raises(Forbidden):
        operations.show_to(document, by=north.by("steward"), outsider="某人", purpose="看看")


@pytest.mark.clause("ARC-04", "ARC-06")
def test_where_the_rules_were_switched_off_nothing_is_lent_or_shown_to_outsiders(shelf: Shelf) -> None:
    document, north = shelf.put("movein_notice"), shelf.north
    switched_off(north.project, "archive-loan", "archive-shown")
    by, due = north.by("supervisor"), timezone.now() + timedelta(days=1)
    with pytest.raises(Refused) as shown:
        operations.show_to(document, by=by, outsider="派出所 刘警官", purpose="协查")
    with pytest.raises(Refused) as lent:
        operations.lend(
            document, by=by, employee=north.staff["steward"], purpose="复核", signature=picture(), due_at=due
        )
    assert (shown.value.clause, lent.value.clause) == ("ARC-04", "ARC-06")
    assert not Consultation.objects.exists() and not Handout.objects.exists()


@pytest.mark.clause("ARC-05")
def test_what_is_confidential_is_neither_copied_nor_lent(shelf: Shelf) -> None:
    document, by = shelf.put("id_copy"), shelf.north.by("supervisor")
    acts = (
        lambda: operations.copy(document, by=by, number=1, purpose="备用"),
        lambda: operations.lend(
            document, by=by, employee=shelf.north.staff["steward"], purpose="备用", signature=picture(),
            due_at=timezone.now() + timedelta(days=1),
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.clause == "ARC-05"
    assert not Handout.objects.exists() and not Approval.objects.exists()
    operations.copy(shelf.put("movein_notice"), by=by, number=1, purpose="存查")


@pytest.mark.clause("ARC-06", "ARC-07")
def test_lending_waits_for_the_centre_manager_and_stands_in_the_register_with_all_names(shelf: Shelf) -> None:
    document, north = shelf.put("movein_notice"), shelf.north
    stored = asked_to_lend(shelf, document)
    document.refresh_from_db()
    assert document.state == DocumentState.IN_STORE and not Handout.objects.exists()
    signed(shelf, stored, "manager")
    document.refresh_from_db()
    day = timezone.localdate()
    (line,) = queries.loans_of_days(north.project, north.by("supervisor"), day, day)
    assert document.state == DocumentState.LENT
    assert (line["borrower"], line["approved_by"], line["recorded_by"]) == (
        north.staff["steward"].name, north.staff["manager"].name, north.staff["supervisor"].name,
    )  # fmt: skip
    assert line["file_no"] == document.number and line["department"] and line["returned_on"] is None
    custody.take_back(Handout.objects.get(), by=north.by("supervisor"), condition="whole")
    document.refresh_from_db()
    assert document.state == DocumentState.IN_STORE
    (line,) = queries.loans_of_days(north.project, north.by("supervisor"), day, day)
    assert line["returned_on"] == day


@pytest.mark.clause("ARC-06")
def test_without_the_borrowers_signature_or_to_oneself_nothing_is_lent(shelf: Shelf) -> None:
    document, north = shelf.put("movein_notice"), shelf.north
    due = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        operations.lend(
            document, by=north.by("supervisor"), employee=north.staff["steward"], purpose="复核", due_at=due
        )
    assert set(refusal.value.errors) == {"signature"}
    with pytest.raises(Refused) as refusal:
        operations.lend(
            document, by=north.by("supervisor"), employee=north.staff["supervisor"], purpose="复核", due_at=due,
            signature=picture(),
        )  # fmt: skip
    assert set(refusal.value.errors) == {"employee"}
    with pytest.raises(Forbidden):
        operations.lend(
            document, by=north.by("steward"), employee=north.staff["officer"], purpose="复核", due_at=due,
            signature=picture(),
        )  # fmt: skip


def pledged(shelf: Shelf) -> Document:
    """A document whose time is over."""
    document = shelf.put("fire_pledge", scans=[picture()])
    operations.end(shelf.file, by=shelf.north.by("supervisor"), ended_on=timezone.localdate() - timedelta(days=6 * 366))
    document.refresh_from_db()
    return document


@pytest.mark.clause("ARC-11")
def test_what_is_not_over_is_proposed_only_as_worthless_and_cleared_by_two_in_order(shelf: Shelf) -> None:
    north, by = shelf.north, shelf.north.by("supervisor")
    fresh, old = shelf.put("movein_notice"), pledged(shelf)
    with pytest.raises(Refused) as refusal:
        operations.propose(north.project, by=by, documents=[fresh], appraisal="无用")
    assert refusal.value.clause == "ARC-11"
    entry = operations.propose(north.project, by=by, documents=[old], appraisal="保管期满")
    with pytest.raises(Refused):
        operations.propose(north.project, by=by, documents=[old], appraisal="再来一次")
    with pytest.raises(Stored) as stored:
        operations.clear(entry, by=by)
    entry.refresh_from_db()
    assert entry.state == "proposed"
    signed(shelf, stored.value, "service_manager", "manager")
    entry.refresh_from_db()
    names = [north.staff[who].name for who in ("service_manager", "manager")]
    assert (entry.state, entry.cleared_by) == ("cleared", "、".join(names))


@pytest.mark.clause("ARC-12")
def test_destruction_takes_two_other_people_and_takes_the_scans_along(shelf: Shelf) -> None:
    north, old = shelf.north, pledged(shelf)
    entry = operations.propose(north.project, by=north.by("supervisor"), documents=[old], appraisal="保管期满")
    with pytest.raises(Stored) as stored:
        operations.clear(entry, by=north.by("supervisor"))
    signed(shelf, stored.value, "service_manager", "manager")
    entry.refresh_from_db()
    one, two, me = (north.staff[who] for who in ("supervisor", "officer", "service_manager"))
    said: dict[str, Any] = {"method": "粉碎", "is_content_checked": True}
    for there in ((), (one,), (one, one), (one, me)):
        with pytest.raises(Refused):
            operations.destroy(entry, by=beside(north.by("service_manager"), *there), **said)
    with pytest.raises(Refused):
        operations.destroy(entry, by=beside(north.by("service_manager"), one, two), method="粉碎")
    with pytest.raises(Forbidden):
        operations.destroy(entry, by=beside(north.by("supervisor"), two, me), **said)
    operations.destroy(entry, by=beside(north.by("service_manager"), one, two), **said)
    old.refresh_from_db()
    assert (old.state, old.scans, entry.witness_one, entry.witness_two) == ("destroyed", 0, one, two)
    assert not Scan.objects.exists()


@pytest.mark.clause("ARC-08")
def test_what_was_destroyed_leaves_a_list_to_bring_up_to_date(shelf: Shelf) -> None:
    north, old, by = shelf.north, pledged(shelf), shelf.north.by("supervisor")
    operations.update_list(ArchiveFile.objects.get(), by=by)
    assert not Clock.objects.filter(clause_id="ARC-08", state="running").exists()
    entry = operations.propose(north.project, by=by, documents=[old], appraisal="保管期满")
    with pytest.raises(Stored) as stored:
        operations.clear(entry, by=by)
    signed(shelf, stored.value, "service_manager", "manager")
    entry.refresh_from_db()
    two = (north.staff["supervisor"], north.staff["officer"])
    operations.destroy(entry, by=beside(north.by("service_manager"), *two), method="粉碎", is_content_checked=True)
    assert ArchiveFile.objects.get().is_behind
    assert Clock.objects.filter(clause_id="ARC-08", state="running").count() == 1
    operations.update_list(ArchiveFile.objects.get(), by=by)
    assert not Clock.objects.filter(clause_id="ARC-08", state="running").exists()


@pytest.mark.clause("ARC-12")
def test_the_database_wants_three_different_people(shelf: Shelf) -> None:
    from django.db import IntegrityError, transaction

    from guanjia.domains.archives.models import Destruction

    north, old = shelf.north, pledged(shelf)
    entry = operations.propose(north.project, by=north.by("supervisor"), documents=[old], appraisal="保管期满")
    now, one, me = timezone.now(), north.staff["officer"], north.staff["service_manager"]
    seen = {"state": "destroyed", "cleared_at": now, "destroyed_at": now, "is_content_checked": True, "checker": me}
    for two in (one, me):
        with pytest.raises(IntegrityError), transaction.atomic():
            Destruction.objects.filter(pk=entry.pk).update(witness_one=one, witness_two=two, **seen)


def test_without_the_names_of_those_who_cleared_it_nothing_is_destroyed(shelf: Shelf) -> None:
    """A project may switch the rule of approval off; the gate holds without it."""
    from guanjia.domains.archives.models import Destruction

    north, old = shelf.north, pledged(shelf)
    entry = operations.propose(north.project, by=north.by("supervisor"), documents=[old], appraisal="保管期满")
    Destruction.objects.filter(pk=entry.pk).update(state="cleared", cleared_at=timezone.now())
    by = beside(north.by("service_manager"), north.staff["officer"], north.staff["supervisor"])
    with pytest.raises(Refused) as refusal:
        operations.destroy(entry, by=by, method="粉碎", is_content_checked=True)
    assert refusal.value.clause == "ARC-11"
