"""Posting, trying again, and clearing the log."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.kernel import jobs

from . import delivering
from .models import Delivery

KEPT = timedelta(days=30)


@jobs.job("webhooks.deliver", queue="webhooks")
def deliver(delivery_id: int, project_id: int) -> None:
    """Post one delivery; a second run of this job finds it claimed or ended."""
    rows = Delivery.objects.filter(project_id=project_id, pk=delivery_id, state=Delivery.State.QUEUED)
    delivery = rows.select_related("subscription").first()
    if delivery is not None:
        delivering.deliver(delivery, timezone.now())


@jobs.every("* * * * * */20", "webhooks.sweep")
def sweep() -> None:
    """What waits for its next attempt, and what was queued while the worker was down."""
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, next_at__lte=timezone.now()).order_by("next_at")
    for one in due.only("id", "project_id")[:200]:
        delivering.queue(one)


@jobs.every("47 18 * * *", "webhooks.clear")
def clear() -> None:
    """Nightly: the log of a month ago. What happened stays in the journal."""
    old = Delivery.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(state=Delivery.State.QUEUED).delete()
