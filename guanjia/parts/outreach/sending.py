"""Sending one message, once: asked whether it may go, claimed, handed over; every way a gateway can fail included.

A message is claimed in the database before the gateway is spoken to, and marked again before its first byte goes out.
What fails before that, and what the provider says it did not take, is tried again, later each time. What was handed
over without an answer is never sent again, unless the provider drops a second delivery of the same key. What fails for
good goes by the next way, if the message has one.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanjia.kernel import jobs
from guanjia.web.words import masked

from . import gateways, queries, routes, writing
from .gateways import Gateway, Later, Never, Parcel, Unsure
from .models import Channel, Kind, Message

log = logging.getLogger("guanjia.outreach")
State = Message.State
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
# A code is asked for by somebody who waits for it.
CODE_WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 45, 90))
# A worker that says nothing for so long while it sends has died.
CLAIM = timedelta(minutes=2)
# After so many failures in a row a gateway is left alone for a while, so that it holds up nothing else.
MOST_FAULTS, REST = 3, timedelta(minutes=1)


def send(message: Message, at: datetime) -> str:
    """Send it if it may go now; returns its state afterwards. Raises nothing that a gateway can cause."""
    if reason := _hindrance(message, at):
        return _end(message, State.OFF, (State.QUEUED,), fault=reason)
    if (wakes_at := routes.wakes_at(message, at)) is not None:
        return _put_off(message, wakes_at, "quiet hours")
    channel, to = routes.channel_for(message.project, message.channel), routes.address_of(message)
    if channel is None or not to:
        return _elsewhere(message, State.OFF, (State.QUEUED,), "no channel" if channel is None else "no address")
    if channel.rests_until and channel.rests_until > at and not message.is_code:
        return _put_off(message, channel.rests_until, "rests")
    gateway = gateways.of(channel.provider)
    if _is_past_doubt(message, gateway, channel, at):
        return _end(message, State.UNSURE, (State.QUEUED,))
    try:
        parcel = writing.parcel(message, to, at, needs_template=gateway.needs_template)
    except writing.NoTemplate:
        return _elsewhere(message, State.OFF, (State.QUEUED,), "no template")
    if not _claim(message, at, channel, to):
        return str(message.state)
    return _hand_over(message, channel, gateway, parcel, at)


def recover(at: datetime) -> int:
    """What a killed worker left: nothing was sent yet, so it waits again; or nobody knows, and it stays."""
    left = Message.objects.filter(next_at__lte=at)
    count = left.filter(state=State.SENDING).update(state=State.QUEUED)
    left.filter(state=State.HANDING).update(state=State.UNSURE, fault="worker ended")
    return count


# -- the steps --------------------------------------------------------------------------------------------------------


def _hindrance(message: Message, at: datetime) -> str:
    """Why it is not sent at all."""
    if message.expires_at is not None and message.expires_at <= at:
        return "expired"
    if message.employee_id:
        wish = queries.wish_of(message.employee_id, message.project_id)
        return "" if wish.wants or message.channel != Kind.EMAIL else "not wanted"
    return routes.unwanted(message)


def _put_off(message: Message, until: datetime, reason: str) -> str:
    return _end(message, State.QUEUED, (State.QUEUED,), next_at=until, fault=reason)


def _claim(message: Message, at: datetime, channel: Channel, to: str) -> bool:
    rows = Message.objects.filter(pk=message.pk, project_id=message.project_id, state=State.QUEUED, next_at__lte=at)
    said = {"provider": channel.provider, "masked": mask(message.channel, to)}
    if not rows.update(state=State.SENDING, attempts=message.attempts + 1, next_at=at + CLAIM, **said):
        message.refresh_from_db(fields=["state", "attempts"])
        return False
    message.attempts += 1
    return True


def _hand_over(message: Message, channel: Channel, gateway: Gateway, parcel: Parcel, at: datetime) -> str:
    try:
        receipt = gateway.send(channel, parcel, lambda: _handing(message))
    except Later as error:
        _fault(channel, str(error))
        return _again(message, str(error), at, error.wait)
    except Never as error:
        _fault(channel, str(error), counts=False)
        return _elsewhere(message, State.FAILED, (State.SENDING, State.HANDING), str(error))
    except Unsure as error:
        _fault(channel, str(error))
        return _unsure(message, channel, gateway, str(error), at)
    _went(channel)
    return _end(message, State.SENT, (State.SENDING, State.HANDING), sent_at=_now(), receipt=receipt, fault="")


def _handing(message: Message) -> None:
    _end(message, State.HANDING, (State.SENDING,))


def _unsure(message: Message, channel: Channel, gateway: Gateway, fault: str, at: datetime) -> str:
    """Nobody knows. Within the time in which the provider drops a second delivery it is sent again, with its key."""
    message.doubted_at = message.doubted_at or at
    if not _is_past_doubt(message, gateway, channel, at + _wait_of(message)):
        return _again(message, fault, at, None, doubted_at=message.doubted_at)
    return _end(message, State.UNSURE, (State.SENDING, State.HANDING), fault=fault[:80])


def _is_past_doubt(message: Message, gateway: Gateway, channel: Channel, at: datetime) -> bool:
    """Whether a message that may have been taken could be delivered a second time now."""
    window = gateway.same_key_for(channel)
    return message.doubted_at is not None and (window is None or at >= message.doubted_at + window)


def _wait_of(message: Message) -> timedelta:
    waits = _waits(message)
    return waits[min(message.attempts, len(waits)) - 1]


def _again(message: Message, fault: str, at: datetime, wait: timedelta | None, **more: Any) -> str:
    waits = _waits(message)
    log.info("message %d: attempt %d: %s", message.pk, message.attempts, fault)
    if message.attempts > len(waits):
        return _elsewhere(message, State.FAILED, (State.SENDING, State.HANDING), fault)
    pause = max(wait or timedelta(), waits[message.attempts - 1])
    more |= {"fault": fault[:80], "next_at": at + pause}
    state = _end(message, State.QUEUED, (State.SENDING, State.HANDING), **more)
    if message.is_code:
        queue(message, after=pause)
    return state


def _waits(message: Message) -> tuple[timedelta, ...]:
    return CODE_WAITS if message.is_code else WAITS


def _elsewhere(message: Message, state: str, among: tuple[str, ...], fault: str) -> str:
    """It ends here, and goes by the next way if there is one."""
    rest = list(message.then)
    ended = _end(message, state, among, fault=fault[:80])
    if message.state == state and rest:
        made = Message.objects.filter(pk=message.pk, project_id=message.project_id).get()
        made.pk, made.channel, made.then, made.state = None, rest[0], rest[1:], State.QUEUED
        made.doubted_at = None
        made.attempts, made.fault, made.provider, made.receipt, made.masked = 0, "", "", "", ""
        made.next_at = max(made.next_at, _now()) if state == State.OFF else _now()
        for one in Message.objects.bulk_create([made], ignore_conflicts=True):
            row = Message.objects.filter(project_id=one.project_id, channel=one.channel, key=one.key).first()
            if row is not None:
                queue(row)
    return ended


def _end(message: Message, state: str, among: tuple[str, ...], **more: Any) -> str:
    """Compare-and-set: a message that somebody else has moved stays as it is. A code does not outlive its message."""
    if message.is_code and state not in (State.QUEUED, State.SENDING, State.HANDING):
        more["sealed"] = b""
    rows = Message.objects.filter(pk=message.pk, project_id=message.project_id, state__in=among)
    if rows.update(state=state, **more):
        message.state = state
    return state


def queue(message: Message, *, after: timedelta | None = None) -> None:
    """Its job; codes have a queue of their own."""
    name = "outreach.send_code" if message.is_code else "outreach.send"
    lock = None if after else f"mail:{message.pk}"
    jobs.defer(name, lock=lock, after=after, message_id=message.pk, project_id=message.project_id)


def mask(channel: str, to: str) -> str:
    """Where it went, as others may read it."""
    if channel == Kind.SMS:
        return masked(to)
    if channel == Kind.EMAIL:
        name, _at, host = to.partition("@")
        return f"{name[:1]}***@{host}"[:60]
    return "" if channel == Kind.ROBOT else f"{to[:2]}***"


def _now() -> datetime:
    """After the network has taken its time."""
    return timezone.now()


# -- how the gateway is doing -----------------------------------------------------------------------------------------


def _fault(channel: Channel, fault: str, *, counts: bool = True) -> None:
    if channel.pk is None:
        return
    now = _now()
    faults = channel.faults + 1 if counts else 0
    rests = now + REST if faults >= MOST_FAULTS else None
    rows = Channel.objects.filter(project_id=channel.project_id, pk=channel.pk)
    rows.update(faults=min(faults, 30000), last_fault=fault[:80], last_fault_at=now, rests_until=rests)


def _went(channel: Channel) -> None:
    if channel.pk is not None:
        rows = Channel.objects.filter(project_id=channel.project_id, pk=channel.pk)
        rows.update(faults=0, rests_until=None, last_sent_at=_now())
