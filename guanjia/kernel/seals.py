"""Seals: an insert-only chain, one per project, written in the background.

Each seal names exactly the event ids it covers (late committers go into the next), their hash and the previous seal's.
The head of each chain is copied daily outside the database, so that a cut tail is noticed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .jobs import every
from .models import Event, Seal

BATCH = 2000
# A transaction that has been open longer than this is not expected to commit an event any more.
LATE_COMMIT = timedelta(hours=1)


def digest(previous: str, events: Iterable[Event]) -> str:
    """SHA-256 over the previous seal and every covered row, in id order."""
    whole = hashlib.sha256(previous.encode())
    for event in events:
        whole.update(_canonical(event))
    return whole.hexdigest()


def _canonical(event: Event) -> bytes:
    row: dict[str, Any] = {f.attname: getattr(event, f.attname) for f in Event._meta.concrete_fields}
    row["at"], row["recorded_at"] = event.at.timestamp(), event.recorded_at.timestamp()
    return json.dumps(row, sort_keys=True, default=str, ensure_ascii=False).encode()


def unsealed(project_id: int, at: datetime, limit: int = BATCH) -> list[Event]:
    """Events that no seal names, oldest first, late committers of the last hour included."""
    seals = Seal.objects.filter(project_id=project_id)
    settled = seals.filter(sealed_at__lt=at - LATE_COMMIT).order_by("-last_id").first()
    floor = settled.last_id if settled else 0
    recent = seals.filter(number__gt=settled.number if settled else 0)
    named = {event_id for ids in recent.values_list("event_ids", flat=True) for event_id in ids}
    rows = Event.objects.filter(project_id=project_id, pk__gt=floor).order_by("id")
    return list(rows.exclude(pk__in=named)[:limit])


def seal(project_id: int, at: datetime | None = None) -> Seal | None:
    """Write the next seal of a project, or nothing when nothing is new."""
    with transaction.atomic():
        head = Seal.objects.filter(project_id=project_id).order_by("-number").first()
        events = unsealed(project_id, at or timezone.now())
        if not events:
            return None
        previous = head.digest if head else ""
        # The unique (project, number) lets only one of two sealers win.
        return Seal.objects.create(
            project_id=project_id,
            number=head.number + 1 if head else 1,
            event_ids=[e.pk for e in events],
            last_id=max(events[-1].pk, head.last_id if head else 0),
            digest=digest(previous, events),
            previous=previous,
        )


@every("* * * * *", "kernel.seal")
def seal_all() -> None:
    """Each minute: seal what is new in each project."""
    for project_id in Event.objects.order_by().values_list("project_id", flat=True).distinct():
        while (made := seal(project_id)) is not None and len(made.event_ids) == BATCH:
            pass


def heads_file() -> Path:
    """Where the heads of the chains are copied: outside the database."""
    return Path(settings.DATA) / "seals" / "heads.jsonl"


@every("7 16 * * *", "kernel.copy_heads")
def copy_heads() -> None:
    """Daily: append each chain's head to the file outside."""
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    heads = Seal.objects.order_by("project_id", "-number").distinct("project_id")
    with path.open("a") as stream:
        for head in heads:
            stream.write(json.dumps({"project": head.project_id, "number": head.number, "digest": head.digest}) + "\n")
