"""A worker that ended in the middle: its jobs are given back, told to stop it finishes; what ended long ago is cleared."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.kernel import jobs
from guanjia.kernel.models import IdempotencyKey
from guanjia.people.tests.cast import Community

from .test_jobs import waiting

pytestmark = pytest.mark.django_db
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
