"""The outbox: sending, trying again, and clearing what is long over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.kernel import jobs

from . import queries, sending
from .models import Message, Notice

KEPT = timedelta(days=180)


@jobs.job("outreach.send", queue="outbox")
def send(message_id: int, project_id: int) -> None:
    """Send one message; a second delivery of this job finds it claimed or ended."""
    message = Message.objects.filter(project_id=project_id, pk=message_id).select_related("project").first()
    if message is not None and message.state == Message.State.QUEUED:
        sending.send(message, timezone.now())


@jobs.job("outreach.send_code", queue="codes")
def send_code(message_id: int, project_id: int) -> None:
    """The same for a code that somebody waits for, in a queue that no other message holds up."""
    send(message_id, project_id)


@jobs.every("* * * * *", "outreach.deliver")
def deliver() -> None:
    """Each minute: what was put off, what a killed worker left, what was queued while the worker was down."""
    now = timezone.now()
    sending.recover(now)
    for message in queries.due(now):
        sending.queue(message)


@jobs.every("41 18 * * *", "outreach.clear")
def clear() -> None:
    """Nightly: notices and messages of half a year ago. What happened stays in the journal."""
    before = timezone.now() - KEPT
    Notice.objects.filter(created_at__lt=before).delete()
    waiting = (Message.State.QUEUED, Message.State.SENDING, Message.State.HANDING)
    Message.objects.filter(created_at__lt=before).exclude(state__in=waiting).delete()
