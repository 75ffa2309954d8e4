"""The queue for real: in the operation's transaction, once for an event, given back when a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.kernel import jobs, reactions
from guanjia.kernel.models import Event, IdempotencyKey, Reacted
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


def doing(worker_id: int | None, lock: str | None = None) -> int:
    """A job that a worker took and never finished."""
    jobs.defer("kernel.react", lock=lock, event_id=1, project_id=1, reaction="x")
    job_id = ProcrastinateJob.objects.latest("id").pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker_id, job_id]
        )
    return job_id


def worker(age: timedelta) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [timezone.now() - age]
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=2), "todo"), (timedelta(seconds=5), "doing")])
def test_the_job_of_a_dead_worker_is_given_back_and_of_a_living_one_left(age: timedelta, status: str) -> None:
    job_id = doing(worker(age))
    jobs.retry_stalled()
    assert ProcrastinateJob.objects.get(pk=job_id).status == status


def test_a_job_whose_worker_is_forgotten_is_given_back() -> None:
    job_id = doing(None)
    assert jobs.retry_stalled() == 1
    assert ProcrastinateJob.objects.get(pk=job_id).attempts == 1


def test_a_stalled_tick_makes_way_for_the_tick_that_waits() -> None:
    job_id = doing(None, lock="tick")
    jobs.defer("kernel.react", lock="tick", event_id=1, project_id=1, reaction="x")
    jobs.retry_stalled()
    assert not ProcrastinateJob.objects.filter(pk=job_id).exists() and len(waiting()) == 1


def test_the_purge_takes_what_ended_long_ago_and_leaves_the_rest(north: Community) -> None:
    old, young = doing(None), doing(None)
    for job_id in (old, young):
        async_to_sync(app.job_manager.finish_job_by_id_async)(job_id, app_status("failed"), delete_job=False)
    key = {"project": north.project, "scope": "s", "operation": "o", "digest": "d", "answer": {}}
    IdempotencyKey.objects.create(**key, key="old", created_at=timezone.now() - timedelta(days=31))
    IdempotencyKey.objects.create(**key, key="young")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '40 days' WHERE job_id = %s", [old])
    jobs.purge()
    assert list(ProcrastinateJob.objects.values_list("pk", flat=True)) == [young]
    assert IdempotencyKey.objects.get().key == "young"


def app_status(name: str) -> Any:
    from procrastinate.jobs import Status

    return Status(name)


# -- a real worker process -------------------------------------------------------------------------------------------

SLOW = """
import django; django.setup()
import time
from django.db import connection
from guanjia.kernel import jobs

@jobs.job("tests.slow")
def slow(seconds):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kernel_counter (project_id, series, last) SELECT id, 'begun', 0 FROM places_project LIMIT 1 "
                       "ON CONFLICT (project_id, series) DO UPDATE SET last = kernel_counter.last + 1")
    time.sleep(seconds)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kernel_counter (project_id, series, last) SELECT id, 'ended', 0 FROM places_project LIMIT 1 "
                       "ON CONFLICT (project_id, series) DO UPDATE SET last = kernel_counter.last + 1")
jobs.work()
"""


def start_worker() -> subprocess.Popen[bytes]:
    made = connection.settings_dict
    url = f"postgresql://{made['USER']}:{made['PASSWORD']}@/{made['NAME']}?host={made['HOST']}&port={made['PORT']}"
    environment = {**os.environ, "DATABASE_URL": url}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen([sys.executable, "-c", SLOW], env=environment)


def wait_for(series: str, seconds: float = 30) -> bool:
    from guanjia.kernel.models import Counter

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if Counter.objects.filter(series=series).exists():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def slow() -> Iterator[None]:
    @jobs.job("tests.slow")
    def run(seconds: float) -> None:
        """Runs in the other process."""

    yield
    del jobs._jobs["tests.slow"], app.tasks["tests.slow"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_finishes_its_job(north: Community, slow: None) -> None:
    jobs.defer("tests.slow", seconds=2)
    process = start_worker()
    assert wait_for("begun")
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert wait_for("ended", 1) and not ProcrastinateJob.objects.filter(task_name="tests.slow").exists()


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_killed_worker_is_done_by_the_next(north: Community, slow: None) -> None:
    jobs.defer("tests.slow", seconds=5)
    process = start_worker()
    assert wait_for("begun")
    process.kill()
    process.wait()
    assert ProcrastinateJob.objects.get(task_name="tests.slow").status == "doing" and not wait_for("ended", 0.1)
    with connection.cursor() as cursor:  # half a minute later
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '2 minutes'")
    assert jobs.retry_stalled() >= 1
    process = start_worker()
    assert wait_for("ended")
    process.terminate()
    assert process.wait(30) == 0


@pytest.mark.parametrize("cron", ["*/30 * * * * *", "* * * *", "61 * * * *", "often", "* * * * * * *"])
def test_a_schedule_that_means_something_else_is_refused(cron: str) -> None:
    with pytest.raises(ValueError, match="never"):
        jobs.every(cron, "tests.never")
    assert "tests.never" not in {name for _cron, name, _queue, _work in jobs._schedules}
