"""One delivery: queued with the change, posted by the worker, tried again, and in the end given up or delivered."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from django.db.models import F
from django.utils import timezone

from guanjia.kernel import jobs, subjects
from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.outreach import calling

from . import listening, signing
from .models import Delivery, Subscription

log = logging.getLogger("guanjia.webhooks")
State = Delivery.State
WAITS = tuple(timedelta(seconds=s) for s in (30, 120, 600, 3600, 4 * 3600, 12 * 3600))
# So many attempts in a row without one success, and the subscription is paused.
MOST_FAULTS = 20
GONE = 410


def queue_event(event: Event, subscription_ids: Iterable[int]) -> None:
    """A delivery of an event to each subscription, in the event's own transaction."""
    rows = [
        Delivery(
            project_id=event.project_id, subscription_id=pk, event_id=event.pk, name=event.name,
            created_at=event.at, next_at=event.at,
        )
        for pk in subscription_ids
    ]  # fmt: skip
    for one in Delivery.objects.bulk_create(rows):
        queue(one)


def queue(delivery: Delivery) -> None:
    jobs.defer("webhooks.deliver", lock=f"hook:{delivery.pk}", delivery_id=delivery.pk, project_id=delivery.project_id)


def deliver(delivery: Delivery, at: datetime) -> str:
    """Post it if it is due; returns its state afterwards."""
    subscription, is_test = delivery.subscription, delivery.name == listening.TEST
    if subscription.state != Subscription.State.ON and not is_test:
        return _end(delivery, State.DROPPED, fault=subscription.state)
    if delivery.next_at > at or not _claim(delivery, at):
        return str(delivery.state)
    body = payload(delivery)
    if body is None:
        return _end(delivery, State.DROPPED, fault="gone")
    message_id, stamp = f"evt_{delivery.project_id}_{delivery.event_id}", int(timezone.now().timestamp())
    headers = signing.headers(subscription.secrets(at), message_id, stamp, body)
    try:
        answer = calling.call(
            "POST", subscription.url, headers=headers | {"Content-Type": "application/json"}, content=body
        )
    except (calling.Unreachable, calling.Lost) as error:
        return _failed(delivery, str(error), None, at, is_test)
    delivery.ms = answer.ms
    if 200 <= answer.status < 300:
        return _went(delivery, answer.status)
    return _failed(delivery, f"HTTP {answer.status}", answer.status, at, is_test)


def payload(delivery: Delivery) -> bytes | None:
    """Ids, states and times, as they stand in the journal and on the thing now."""
    event = Event.objects.filter(project_id=delivery.project_id, pk=delivery.event_id).select_related("project").first()
    if event is None:
        return None
    thing = _thing(event)
    data = {
        "project": event.project.code,
        "subject": {"kind": event.subject_label, "id": str(event.subject_id), "number": getattr(thing, "number", None)},
        "state": getattr(thing, "state", None),
        "changed": sorted(event.changes),
        "is_late": event.is_late,
    }
    content = {
        "id": f"evt_{event.project_id}_{event.pk}",
        "type": event.name,
        "timestamp": _stamp(event.at),
        "data": data,
    }
    return orjson.dumps(content)


def _thing(event: Event) -> Any:
    try:
        return subjects.get(event.subject_label, event.subject_id, system(event.at))
    except Unknown:
        return None


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _claim(delivery: Delivery, at: datetime) -> bool:
    """For the time of the call; a worker that dies leaves it due again: the other side drops a double by its id."""
    rows = Delivery.objects.filter(
        project_id=delivery.project_id, pk=delivery.pk, state=State.QUEUED, next_at=delivery.next_at
    )
    if not rows.update(attempts=F("attempts") + 1, next_at=at + WAITS[0]):
        return False
    delivery.attempts += 1
    return True


def _went(delivery: Delivery, status: int) -> str:
    now = timezone.now()
    rows = Subscription.objects.filter(project_id=delivery.project_id, pk=delivery.subscription_id)
    rows.update(faults=0, last_at=now)
    return _end(delivery, State.SENT, status=status, sent_at=now, ms=delivery.ms, fault="")


def _failed(delivery: Delivery, fault: str, status: int | None, at: datetime, is_test: bool) -> str:
    log.info("delivery %d: attempt %d: %s", delivery.pk, delivery.attempts, fault)
    said = {"fault": fault[:60], "status": status, "ms": delivery.ms}
    if is_test:
        return _end(delivery, State.FAILED, **said)
    _count_fault(delivery, "410" if status == GONE else fault, is_gone=status == GONE)
    if status == GONE or delivery.attempts > len(WAITS):
        return _end(delivery, State.FAILED, **said)
    _end(delivery, State.QUEUED, next_at=at + WAITS[delivery.attempts - 1], **said)
    return str(State.QUEUED)


def _count_fault(delivery: Delivery, fault: str, *, is_gone: bool) -> None:
    rows = Subscription.objects.filter(project_id=delivery.project_id, pk=delivery.subscription_id)
    rows.update(faults=F("faults") + 1)
    if not is_gone:
        rows = rows.filter(faults__gte=MOST_FAULTS)
    said = f"HTTP {GONE}" if is_gone else fault
    if rows.filter(state=Subscription.State.ON).update(state=Subscription.State.PAUSED, paused_why=said[:80]):
        listening.forget()


def _end(delivery: Delivery, state: str, **more: Any) -> str:
    rows = Delivery.objects.filter(project_id=delivery.project_id, pk=delivery.pk, state=State.QUEUED)
    if rows.update(state=state, **more):
        delivery.state = state
    return str(state)
