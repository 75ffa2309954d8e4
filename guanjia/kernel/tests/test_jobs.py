"""The queue for real: in the operation's transaction, once for an event, given back when a worker dies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.kernel import jobs, reactions
from guanjia.kernel.models import Event, Reacted
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.tests.room import note_phone, open_ticket, take
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """A `later` reaction to a taken ticket that keeps the ids of its events."""
    ids: list[int] = []

    @reactions.later("tests.take", name="tests.hear")
    def hear(event: Event) -> None:
        ids.append(event.pk)

    yield ids
    reactions._later["tests.take"].remove("tests.hear")
    del reactions._tasks["tests.hear"]


def waiting(task: str = "kernel.react") -> list[dict[str, Any]]:
    return list(
        ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("id").values_list("args", flat=True)
    )


def drain() -> None:
    """Deliver what waits, as the worker would, in this thread and transaction."""
    for one in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[one.task_name].func(**one.args)


def taken(north: Community) -> Event:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    take(ticket, by=north.by("steward"))
    return Event.objects.get(name="tests.take")


def test_an_event_with_a_later_reaction_queues_one_job_of_ids_only(north: Community, heard: list[int]) -> None:
    event = taken(north)
    assert waiting() == [{"event_id": event.pk, "project_id": north.project.pk, "reaction": "tests.hear"}]


def test_an_event_without_a_reaction_queues_nothing(north: Community, heard: list[int]) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    note_phone(ticket, by=north.by("receptionist"), phone="13900009999")
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize(
    ("channel", "days", "jobs_made"), [("demo", 3, 0), ("import", 3, 0), ("demo", 0, 1), ("web", 2, 1)]
)
def test_history_that_is_brought_in_tells_nobody(
    north: Community, heard: list[int], channel: str, days: int, jobs_made: int
) -> None:
    at = timezone.now() - timedelta(days=days, minutes=1)
    ticket = open_ticket(north.project, by=north.by("receptionist", channel=channel).moment(at), words="灯")
    take(ticket, by=north.by("steward", channel=channel).moment(at))
    assert len(waiting()) == jobs_made


def test_a_transaction_that_is_rolled_back_takes_its_job_with_it(north: Community, heard: list[int]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        taken(north)
        assert len(waiting()) == 1
        raise RuntimeError
    assert waiting() == [] and not Event.objects.exists()


def test_a_refused_operation_queues_nothing(north: Community, heard: list[int]) -> None:
    taken(north)
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="门")
    take(ticket, by=north.by("steward"))
    with pytest.raises(Refused):
        take(ticket, by=north.by("steward"))
    assert len(waiting()) == 2


def test_a_reaction_that_is_delivered_twice_runs_once(north: Community, heard: list[int]) -> None:
    event = taken(north)
    drain()
    drain()
    assert heard == [event.pk] and Reacted.objects.get().event_id == event.pk


def test_a_reaction_that_fails_is_not_taken_for_done(north: Community, heard: list[int], monkeypatch: Any) -> None:
    event = taken(north)

    def broken(reaction: str, event: Event) -> None:
        raise OSError("disk")

    with monkeypatch.context() as broken_disk, pytest.raises(OSError), transaction.atomic():
        broken_disk.setattr(reactions, "perform_later", broken)
        drain()
    assert not Reacted.objects.exists()
    drain()
    assert heard == [event.pk]


def test_a_job_of_another_projects_event_does_nothing(north: Community, south: Community, heard: list[int]) -> None:
    event = taken(north)
    jobs.react(event.pk, south.project.pk, "tests.hear")
    assert heard == [] and not Reacted.objects.exists()


def test_two_of_a_kind_never_wait_at_once() -> None:
    for _ in range(3):
        jobs.defer("kernel.react", lock="one", event_id=1, project_id=1, reaction="x")
    assert len(waiting()) == 1


def test_a_job_that_is_put_off_is_not_due_yet() -> None:
    jobs.defer("kernel.react", after=timedelta(minutes=5), event_id=1, project_id=1, reaction="x")
    due = ProcrastinateJob.objects.get().scheduled_at
    assert timedelta(minutes=4) < due - timezone.now() <= timedelta(minutes=5)


def test_every_job_and_schedule_of_every_room_is_bound() -> None:
    named = {"kernel.react", "kernel.retry_stalled", "kernel.purge", "kernel.seal", "kernel.copy_heads", "clocks.sweep"}
    assert named <= set(app.tasks)
    scheduled = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert scheduled["kernel.retry_stalled"] == "* * * * * */30" and named - {"kernel.react"} <= set(scheduled)


def test_only_the_rescue_waits_in_its_queue() -> None:
    from guanjia.kernel.work import SLOTS

    assert [t.name for t in app.tasks.values() if t.queue == jobs.RESCUE] == ["kernel.retry_stalled"]
    served = {queue for queues, _ in SLOTS for queue in queues}
    assert {t.queue for t in app.tasks.values() if not t.name.startswith("builtin")} <= served


@pytest.mark.parametrize(("hours", "is_made_up"), [(1, True), (20, True), (30, False)])
def test_a_daily_tick_missed_while_no_worker_ran_is_made_up_once(hours: int, is_made_up: bool) -> None:
    from procrastinate.periodic import PeriodicDeferrer, PeriodicRegistry

    from guanjia.kernel.work import _app

    registry = PeriodicRegistry()
    registry.register_task(app.tasks["kernel.purge"], "17 19 * * 1", "", {})  # a Monday
    tick = datetime(2026, 3, 16, 19, 17, tzinfo=UTC).timestamp()
    deferrer = PeriodicDeferrer(registry, **_app().periodic_defaults)
    made = [at for _task, at in deferrer.get_previous_tasks(at=tick + hours * 3600)]
    assert made == ([int(tick)] if is_made_up else [])


@pytest.mark.parametrize("cron", ["*/30 * * * * *", "* * * *", "61 * * * *", "often", "* * * * * * *"])
def test_a_schedule_that_means_something_else_is_refused(cron: str) -> None:
    with pytest.raises(ValueError, match="never"):
        jobs.every(cron, "tests.never")
    assert "tests.never" not in {name for _cron, name, _queue, _work in jobs._schedules}
