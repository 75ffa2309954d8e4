"""The kernel through a small room of its own: districts are named, renamed and closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from guanjia.kernel import seals, verify
from guanjia.kernel.models import Event, IdempotencyKey
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.kernel.tests.room import close, note_phone, open_ticket, take
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_an_operation_moves_the_state_and_leaves_one_event(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="屋面渗水")
    take(ticket, by=north.by("steward"))
    assert ticket.state == "taken"
    event = Event.objects.get(name="tests.take")
    assert (event.subject_id, event.actor_id, event.changes["state"]) == (
        ticket.pk, north.staff["steward"].pk, ["open", "taken"],
    )  # fmt: skip


def test_the_wrong_post_is_refused_and_nothing_changed(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    with pytest.raises(Forbidden):
        take(ticket, by=north.by("guard"))
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_another_project_is_as_if_it_did_not_exist(north: Community, south: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    with pytest.raises(Unknown):
        take(ticket, by=south.by("steward"))


def test_the_wrong_state_is_a_conflict_and_the_object_is_as_before(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    take(ticket, by=north.by("steward"))
    with pytest.raises(Conflict):
        take(ticket, by=north.by("steward"))
    assert ticket.state == "taken" and Event.objects.filter(name="tests.take").count() == 1


def test_a_need_that_is_missing_refuses_with_its_sentence(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    take(ticket, by=north.by("steward"))
    with pytest.raises(Refused) as refusal:
        close(ticket, by=north.by("steward"))
    assert "phone" in refusal.value.sentence and ticket.state == "taken"


def test_unknown_and_missing_arguments_are_refused(north: Community) -> None:
    with pytest.raises(Refused) as strange:
        open_ticket(north.project, by=north.by("receptionist"), words="灯", colour="红")
    assert set(strange.value.errors) == {"colour"}
    with pytest.raises(Refused) as missing:
        open_ticket(north.project, by=north.by("receptionist"))
    assert set(missing.value.errors) == {"words"}


def test_a_house_of_another_project_is_a_stranger_to_the_form(north: Community, south: Community) -> None:
    with pytest.raises(Refused) as refusal:
        open_ticket(north.project, by=north.by("receptionist"), words="灯", house=south.house)
    assert set(refusal.value.errors) == {"house"}


def test_the_same_key_has_one_effect_and_the_same_answer(north: Community) -> None:
    by = north.by("receptionist")
    first = open_ticket(north.project, by=by, key="k1", words="灯")
    again = open_ticket(north.project, by=by, key="k1", words="灯")
    assert first.pk == again.pk and Event.objects.filter(name="tests.open_ticket").count() == 1


def test_a_retried_move_is_answered_not_refused(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    by = north.by("steward")
    take(ticket, by=by, key="k2")
    assert take(ticket, by=by, key="k2").state == "taken"


def test_the_same_key_with_another_body_is_refused(north: Community) -> None:
    by = north.by("receptionist")
    open_ticket(north.project, by=by, key="k3", words="灯")
    with pytest.raises(Refused):
        open_ticket(north.project, by=by, key="k3", words="门")


def test_a_refused_call_gives_its_key_back(north: Community) -> None:
    with pytest.raises(Refused):
        open_ticket(north.project, by=north.by("receptionist"), key="k4", words="")
    assert not IdempotencyKey.objects.exists()
    assert open_ticket(north.project, by=north.by("receptionist"), key="k4", words="灯").pk


def test_what_lies_in_the_future_or_too_far_back_is_refused(north: Community) -> None:
    now = timezone.now()
    for at in (now + timedelta(hours=1), now - timedelta(days=30)):
        with pytest.raises(Refused) as refusal:
            open_ticket(north.project, by=north.by("receptionist").moment(at), words="灯")
        assert set(refusal.value.errors) == {"at"}


def test_a_late_entry_is_marked_late_and_keeps_both_times(north: Community) -> None:
    at = timezone.now() - timedelta(hours=5)
    open_ticket(north.project, by=north.by("receptionist").moment(at), words="灯")
    event = Event.objects.get(name="tests.open_ticket")
    assert event.is_late and event.at == at and event.recorded_at > at


def test_a_claimed_time_before_the_last_step_is_refused(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    with pytest.raises(Refused):
        take(ticket, by=north.by("steward").moment(timezone.now() - timedelta(hours=1)))


def test_personal_values_stand_sealed_in_the_journal(north: Community) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    note_phone(ticket, by=north.by("receptionist"), phone="13900009999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT given::text || changes::text FROM kernel_event")
        everything = " ".join(row[0] for row in cursor.fetchall())
    assert "13900009999" not in everything and "$sealed" in everything


@pytest.mark.clause("CASE-11")
@pytest.mark.parametrize(
    "sql", ["UPDATE kernel_event SET name = 'x'", "DELETE FROM kernel_event", "TRUNCATE kernel_event"]
)
def test_the_application_may_not_change_the_journal(north: Community, sql: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_seals_cover_each_event_once_and_verify(north: Community) -> None:
    for word in "灯门窗":
        open_ticket(north.project, by=north.by("receptionist"), words=word)
    first = seals.seal(north.project.pk)
    open_ticket(north.project, by=north.by("receptionist"), words="墙")
    second = seals.seal(north.project.pk)
    assert first and second and len(first.event_ids) == 3 and len(second.event_ids) == 1
    assert seals.seal(north.project.pk) is None
    assert list(verify.problems(north.project.pk)) == []
