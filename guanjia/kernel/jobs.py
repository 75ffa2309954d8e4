"""Jobs and schedules on PostgreSQL (procrastinate), deferred inside the operation's transaction.

Guards: nothing is queued for an event without a reaction; a reaction runs once for an event, however often its job is
delivered; jobs of a killed worker are given back by a queue with a slot of its own; finished jobs are purged; arguments
are ids only. How the queue works is known here and in `work.py` alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.utils import timezone

log = logging.getLogger("guanjia.jobs")
# Schedules wait in `house`; only the rescue has `rescue`, so that no long job can stand before it.
HOUSE, RESCUE = "house", "rescue"
FAILED_KEPT = timedelta(days=30)
KEYS_KEPT = timedelta(days=30)
# Longer than any job may wait to be delivered again.
REACTED_KEPT = timedelta(days=60)
_schedules: list[tuple[str, str, str, Callable[[], Any]]] = []
_jobs: dict[str, tuple[str, Callable[..., Any]]] = {}
_app: Any = None


def defer(
    name: str, *, queue: str | None = None, lock: str | None = None, after: timedelta | None = None, **ids: int | str
) -> None:
    """Queue a job in the current transaction; `lock` keeps two of a kind from waiting at once, `after` puts it off."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    known = _jobs.get(name, ("default",))
    at = timezone.now() + after if after else None
    task = app.configure_task(name, queue=queue or known[0], queueing_lock=lock, schedule_at=at)
    if lock is None:
        task.defer(**ids)
        return
    try:
        with transaction.atomic():
            task.defer(**ids)
    except AlreadyEnqueued:
        log.debug("already queued: %s", name)


def job(name: str, *, queue: str = "default") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of ids as a job. It may be delivered twice: what it does must bear that."""

    def bind(work: Callable[..., Any]) -> Callable[..., Any]:
        _jobs[name] = (queue, work)
        if _app is not None:
            _bind_job(name)
        return work

    return bind


def every(cron: str, name: str, *, queue: str = HOUSE) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a schedule (five fields, or a sixth for seconds, in UTC); two ticks of it never wait at once."""

    _check_cron(name, cron)

    def bind(work: Callable[[], Any]) -> Callable[[], Any]:
        _schedules.append((cron, name, queue, work))
        if _app is not None:
            _bind_schedule(*_schedules[-1])
        return work

    return bind


def _check_cron(name: str, cron: str) -> None:
    """A sixth field is the seconds and stands last: `*/30 * * * * *` would run every second of two minutes an hour."""
    import croniter

    fields = cron.split()
    if len(fields) not in (5, 6) or not croniter.croniter.is_valid(cron):
        raise ValueError(f"{name}: “{cron}” is no schedule")
    if len(fields) == 6 and fields[5] == "*":
        raise ValueError(f"{name}: “{cron}” runs every second; the seconds are the last field")


def register(app: Any) -> None:
    """The queue is ready (PROCRASTINATE_ON_APP_READY); rooms that load later bind themselves as they come."""
    global _app
    _app = app
    for name in _jobs:
        _bind_job(name)
    for schedule in _schedules:
        _bind_schedule(*schedule)


def _bind_job(name: str) -> None:
    from procrastinate import RetryStrategy

    queue, work = _jobs[name]
    # 4, 16, 64, 256 seconds, 17 minutes: a database or a disk that is back by then loses nothing.
    _app.task(name=name, queue=queue, retry=RetryStrategy(max_attempts=5, exponential_wait=4))(work)


def _bind_schedule(cron: str, name: str, queue: str, work: Callable[[], Any]) -> None:
    # No retry: the next tick does what this one could not.
    _app.periodic(cron=cron)(_app.task(name=name, queue=queue, queueing_lock=name)(_tick(work)))


def _tick(work: Callable[[], Any]) -> Callable[[int], None]:
    def run(timestamp: int) -> None:
        work()

    return run


@job("kernel.react", queue="react")
def react(event_id: int, project_id: int, reaction: str) -> None:
    """Run one `later` reaction of one event. Mark and effect commit together: a second delivery does nothing."""
    from . import reactions
    from .models import Event

    with transaction.atomic():
        event = Event.objects.filter(project_id=project_id, pk=event_id).first()
        if event is not None and _is_first(project_id, event_id, reaction):
            reactions.perform_later(reaction, event)


def _is_first(project_id: int, event_id: int, reaction: str) -> bool:
    """False when this reaction to this event is done; a rival that is doing it now is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_reacted (project_id, event_id, reaction) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [project_id, event_id, reaction],
        )
        return bool(cursor.rowcount)


@every("* * * * * */30", "kernel.retry_stalled", queue=RESCUE)
def retry_stalled() -> int:
    """A worker that was killed leaves its jobs `doing`: half a minute after its last sign of life, give them back."""
    from procrastinate.contrib.django import app

    stalled = list(async_to_sync(app.job_manager.get_stalled_jobs)())
    for one in stalled:
        _give_back(app, one)
    if stalled:
        log.warning("gave back %d jobs of workers that died", len(stalled))
    return len(stalled)


def _give_back(app: Any, stalled: Any) -> None:
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(stalled.id, retry_at=timezone.now())
    except ConnectorException:
        # The next tick of the same schedule waits already (its lock is taken): that one does the work.
        if stalled.queueing_lock is None:
            raise
        async_to_sync(app.job_manager.finish_job_by_id_async)(stalled.id, Status.FAILED, delete_job=True)


@every("17 19 * * *", "kernel.purge")
def purge() -> None:
    """Nightly: what failed for good a month ago, idempotency keys after 30 days, marks of reactions after 60."""
    from procrastinate.contrib.django import app

    from .models import IdempotencyKey, Reacted

    hours = int(FAILED_KEPT.total_seconds() // 3600)
    async_to_sync(app.job_manager.delete_old_jobs)(hours, None, True, True, True)  # failed, cancelled, aborted too
    now = timezone.now()
    IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()
    Reacted.objects.filter(at__lt=now - REACTED_KEPT).delete()


def work() -> None:
    """Run the worker until it is told to stop; a running job finishes first."""
    from .work import run

    run()
