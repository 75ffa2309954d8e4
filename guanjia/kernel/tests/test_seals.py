"""Tampering with the journal, done as the owner of the tables: every case is found and the first bad row named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from guanjia.kernel import seals, verify
from guanjia.kernel.models import Event, Seal
from guanjia.kernel.tests.room import note_phone, open_ticket
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db(transaction=True)
Tamper = Callable[..., None]


@pytest.fixture
def tamper(settings: Any) -> Iterator[Tamper]:
    """SQL as somebody who holds the owner's password."""
    from conftest import _use

    def run(sql: str, *values: Any) -> None:
        _use(settings.OWNER_URL)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        _use(settings.APP_URL)

    yield run
    _use(settings.APP_URL)


@pytest.fixture(autouse=True)
def outside(settings: Any, tmp_path: Path) -> Path:
    """The folder outside the database that heads are copied to."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def sealed(north: Community) -> list[int]:
    """Six events in three seals; their ids."""
    for words in ("灯门", "窗墙", "梯井"):
        for word in words:
            open_ticket(north.project, by=north.by("receptionist"), words=word)
        assert seals.seal(north.project.pk)
    return list(Event.objects.order_by("id").values_list("pk", flat=True))


def found(north: Community) -> list[str]:
    later = timezone.now() + seals.LATE_COMMIT * 2
    return [*verify.cut_tails(), *verify.problems(north.project.pk, later)]


def test_an_untouched_journal_is_whole(north: Community, sealed: list[int]) -> None:
    seals.copy_heads()
    assert found(north) == []


@pytest.mark.parametrize(
    "change",
    [
        "name = 'tests.close'", "actor_id = actor_id + 1", "actor_name = '别人'", "at = at - interval '1 microsecond'",
        "recorded_at = recorded_at + interval '1 hour'", "given = '{}'", "changes = '{\"state\": [1, 2]}'",
        "subject_id = subject_id + 1", "is_late = not is_late", "cause_id = 1", "channel = 'import'",
        "request_id = gen_random_uuid()",
    ],
)  # fmt: skip
def test_any_field_of_any_row_that_was_changed_is_found(
    north: Community, sealed: list[int], tamper: Tamper, change: str
) -> None:
    tamper(f"UPDATE kernel_event SET {change} WHERE id = %s", sealed[2])
    assert found(north) == [
        f"project {north.project.pk}: an event between {sealed[2]} and {sealed[3]} was changed (seal 2)"
    ]


def test_a_row_that_was_taken_out_is_named(north: Community, sealed: list[int], tamper: Tamper) -> None:
    tamper("DELETE FROM kernel_event WHERE id = %s", sealed[3])
    assert found(north) == [f"project {north.project.pk}: event {sealed[3]} is missing (seal 2)"]


def test_the_first_of_several_is_named(north: Community, sealed: list[int], tamper: Tamper) -> None:
    tamper("DELETE FROM kernel_event WHERE id IN (%s, %s)", sealed[1], sealed[4])
    assert found(north) == [f"project {north.project.pk}: event {sealed[1]} is missing (seal 1)"]


def test_a_row_slipped_in_below_what_is_sealed_is_named(north: Community, sealed: list[int], tamper: Tamper) -> None:
    tamper("DELETE FROM kernel_event WHERE id = %s", sealed[0])
    tamper(
        "INSERT INTO kernel_event (id, project_id, name, actor_kind, actor_id, actor_name, channel, subject_label, "
        "subject_id, given, changes, at, is_late, request_id) SELECT %s, project_id, name, actor_kind, actor_id, "
        "actor_name, channel, subject_label, subject_id, given, changes, at, is_late, request_id FROM kernel_event "
        "WHERE id = %s",
        sealed[0], sealed[1],
    )  # fmt: skip
    assert len(found(north)) == 1 and str(sealed[0]) in found(north)[0]


def test_a_row_put_where_none_was_is_never_sealed(north: Community, tamper: Tamper) -> None:
    open_ticket(north.project, by=north.by("receptionist"), words="灯")
    tamper("SELECT setval(pg_get_serial_sequence('kernel_event', 'id'), 900)")
    open_ticket(north.project, by=north.by("receptionist"), words="门")
    seals.seal(north.project.pk)
    tamper("UPDATE kernel_event SET id = 500 WHERE id > 900")
    assert any("event 901 is missing" in line for line in found(north))


def test_a_hole_filled_long_after_is_found(north: Community, sealed: list[int], tamper: Tamper) -> None:
    tamper("SELECT setval(pg_get_serial_sequence('kernel_event', 'id'), 900)")
    open_ticket(north.project, by=north.by("receptionist"), words="梁")
    seals.seal(north.project.pk)
    tamper(
        "INSERT INTO kernel_event (id, project_id, name, actor_kind, actor_id, actor_name, channel, subject_label, "
        "subject_id, given, changes, at, is_late, request_id) SELECT 500, project_id, name, actor_kind, actor_id, "
        "actor_name, channel, subject_label, subject_id, given, changes, at, is_late, request_id FROM kernel_event LIMIT 1"
    )
    assert found(north) == [f"project {north.project.pk}: event 500 was never sealed"]


@pytest.mark.parametrize(("number", "sentence"), [(1, "seal 1 is missing"), (2, "seal 2 is missing")])
def test_a_seal_that_was_taken_out_is_named(
    north: Community, sealed: list[int], tamper: Tamper, number: int, sentence: str
) -> None:
    tamper("DELETE FROM kernel_seal WHERE number = %s", number)
    assert found(north) == [f"project {north.project.pk}: {sentence}"]


def test_a_seal_made_anew_over_a_changed_row_breaks_the_chain(
    north: Community, sealed: list[int], tamper: Tamper
) -> None:
    tamper("UPDATE kernel_event SET name = 'tests.close' WHERE id = %s", sealed[0])
    first = Seal.objects.get(number=1)
    forged = seals.digest("", Event.objects.filter(pk__in=first.event_ids).order_by("id"))
    tamper("UPDATE kernel_seal SET digest = %s WHERE number = 1", forged)
    assert found(north) == [f"project {north.project.pk}: seal 2 does not follow seal 1"]


def test_a_whole_chain_made_anew_is_found_by_the_head_outside(
    north: Community, sealed: list[int], tamper: Tamper
) -> None:
    seals.copy_heads()
    tamper("UPDATE kernel_event SET name = 'tests.close' WHERE id = %s", sealed[0])
    tamper("DELETE FROM kernel_seal")
    seals.seal(north.project.pk)
    assert found(north) == [f"project {north.project.pk}: the tail after seal 2 was cut"]


def test_a_tail_that_was_cut_is_found(north: Community, sealed: list[int], tamper: Tamper) -> None:
    seals.copy_heads()
    tamper("DELETE FROM kernel_event WHERE id >= %s", sealed[4])
    tamper("DELETE FROM kernel_seal WHERE number = 3")
    assert found(north) == [f"project {north.project.pk}: the tail after seal 2 was cut"]


def test_a_journal_emptied_whole_is_found(
    north: Community, sealed: list[int], tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    seals.copy_heads()
    tamper("DELETE FROM kernel_seal")
    tamper("DELETE FROM kernel_event")
    assert verify.main(["verify"]) == 1 and "the tail after seal 2 was cut" in capsys.readouterr().out


def test_events_of_a_project_whose_rows_are_all_gone_are_missed(
    north: Community, sealed: list[int], tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper("DELETE FROM kernel_event")
    assert verify.main(["verify"]) == 1 and f"event {sealed[0]} is missing" in capsys.readouterr().out


def test_a_head_is_copied_once_a_day_and_stays(north: Community, sealed: list[int], outside: Path) -> None:
    seals.copy_heads()
    open_ticket(north.project, by=north.by("receptionist"), words="梁")
    seals.seal_all()
    seals.copy_heads()
    lines = [json.loads(line) for line in seals.heads_file().read_text().splitlines()]
    assert [line["number"] for line in lines] == [3, 4] and found(north) == []


def test_a_late_committer_is_sealed_by_the_next_and_is_no_tampering(
    north: Community, sealed: list[int], tamper: Tamper
) -> None:
    tamper("UPDATE kernel_seal SET sealed_at = sealed_at - interval '30 minutes'")
    tamper("SELECT setval(pg_get_serial_sequence('kernel_event', 'id'), 900)")
    open_ticket(north.project, by=north.by("receptionist"), words="梁")  # takes 901 and commits first
    seals.seal(north.project.pk)
    tamper("SELECT setval(pg_get_serial_sequence('kernel_event', 'id'), 899)")
    open_ticket(north.project, by=north.by("receptionist"), words="柱")  # 900, committed later
    made = seals.seal(north.project.pk)
    assert made is not None and made.event_ids == [900] and found(north) == []


def test_what_is_not_sealed_yet_is_no_fault(north: Community, sealed: list[int]) -> None:
    open_ticket(north.project, by=north.by("receptionist"), words="梁")
    assert list(verify.problems(north.project.pk, timezone.now() + timedelta(days=1))) == []


def test_projects_have_chains_of_their_own(
    north: Community, south: Community, sealed: list[int], tamper: Tamper
) -> None:
    open_ticket(south.project, by=south.by("receptionist"), words="灯")
    seals.seal_all()
    tamper("UPDATE kernel_event SET name = 'x' WHERE id = %s", sealed[0])
    assert list(verify.problems(south.project.pk)) == [] and len(list(verify.problems(north.project.pk))) == 1


def test_an_erased_person_leaves_the_journal_whole(north: Community, sealed: list[int]) -> None:
    from guanjia.kernel.models import PersonKey
    from guanjia.kernel.tests.models import Ticket

    note_phone(Ticket.objects.earliest("id"), by=north.by("receptionist"), phone="13900009999")
    seals.seal(north.project.pk)
    PersonKey.objects.all().delete()
    assert found(north) == []


@pytest.mark.parametrize(
    "sql", ["UPDATE kernel_seal SET digest = 'x'", "DELETE FROM kernel_seal", "TRUNCATE kernel_seal"]
)
def test_the_application_itself_may_not_touch_a_seal(north: Community, sealed: list[int], sql: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
