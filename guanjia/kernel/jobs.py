"""Jobs and schedules on PostgreSQL (procrastinate), deferred inside the operation's transaction.

Guards: stalled jobs are retried on a queue of their own; finished jobs are purged; nothing is queued for an event
without a reaction; arguments are ids only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

log = logging.getLogger("guanjia.jobs")
QUEUES = "default,react,outbox,house"
_schedules: list[tuple[str, str, Callable[[], Any]]] = []
_jobs: dict[str, tuple[str, Callable[..., Any]]] = {}


def defer(name: str, *, queue: str | None = None, lock: str | None = None, **ids: int | str) -> None:
    """Queue a job in the current transaction; `lock` keeps two of a kind from being queued at once."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    task = app.configure_task(name, queue=queue or _jobs.get(name, ("default",))[0], queueing_lock=lock)
    if lock is None:
        task.defer(**ids)
        return
    try:
        with transaction.atomic():
            task.defer(**ids)
    except AlreadyEnqueued:
        log.debug("already queued: %s", name)


def job(name: str, *, queue: str = "default") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of ids as a job."""

    def bind(work: Callable[..., Any]) -> Callable[..., Any]:
        _jobs[name] = (queue, work)
        return work

    return bind


def every(cron: str, name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a schedule (five or six fields, UTC)."""

    def bind(work: Callable[[], Any]) -> Callable[[], Any]:
        _schedules.append((cron, name, work))
        return work

    return bind


@job("kernel.react", queue="react")
def react(event_id: int, project_id: int, reaction: str) -> None:
    """Run one `later` reaction of one event."""
    from . import reactions
    from .models import Event

    event = Event.objects.filter(project_id=project_id, pk=event_id).first()
    if event is not None:
        reactions.perform_later(reaction, event)


@every("*/2 * * * *", "kernel.retry_stalled")
def retry_stalled() -> None:
    """A worker that was killed leaves its job `doing`: give it back after two minutes without a heartbeat."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id "
            "WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '2 minutes')"
        )
        stalled = [row[0] for row in cursor.fetchall()]
        for job_id in stalled:
            cursor.execute("SELECT procrastinate_retry_job_v1(%s, %s, NULL, NULL, NULL)", [job_id, timezone.now()])
    if stalled:
        log.warning("gave back %d stalled jobs", len(stalled))


@every("17 19 * * *", "kernel.purge")
def purge() -> None:
    """Nightly: finished jobs after a day, idempotency keys after 30 days."""
    from datetime import timedelta

    from django.db import connection

    from .models import IdempotencyKey

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'succeeded' AND scheduled_at IS NULL")
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - timedelta(days=30)).delete()


def register(app: Any) -> None:
    """Bind all jobs and schedules to the queue; called once when the queue is ready."""
    for name, (queue, work) in _jobs.items():
        app.task(name=name, queue=queue, retry=3)(work)
    for cron, name, work in _schedules:
        app.periodic(cron=cron)(app.task(name=name, queue="house")(_tick(work)))


def _tick(work: Callable[[], Any]) -> Callable[[int], Any]:
    def run(timestamp: int) -> Any:
        return work()

    return run


def work() -> None:
    """Run the worker until it is told to stop; a running job finishes first."""
    from procrastinate.contrib.django import app

    real = app.with_connector(app.connector.get_worker_connector())
    with real.open():
        real.run_worker(queues=QUEUES.split(","), concurrency=2, delete_jobs="successful", name="guanjia")
