"""`guanjia journal verify`: reads the whole journal against its seals and names the first bad row."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from . import seals
from .models import Event, Seal


def problems(project_id: int, at: datetime | None = None) -> Iterator[str]:
    """Sentences about what does not fit, first bad row first. Nothing when the journal is whole."""
    previous, expected, named = "", 1, set[int]()
    for one in Seal.objects.filter(project_id=project_id).order_by("number").iterator():
        if one.number != expected:
            yield f"project {project_id}: seal {expected} is missing"
            return
        if one.previous != previous:
            yield f"project {project_id}: seal {one.number} does not follow seal {one.number - 1}"
            return
        events = list(Event.objects.filter(project_id=project_id, pk__in=one.event_ids).order_by("id"))
        gone = sorted(set(one.event_ids) - {e.pk for e in events})
        if gone:
            yield f"project {project_id}: event {gone[0]} is missing (seal {one.number})"
            return
        if seals.digest(previous, events) != one.digest:
            span = f"{events[0].pk} and {events[-1].pk}"
            yield f"project {project_id}: an event between {span} was changed (seal {one.number})"
            return
        named.update(one.event_ids)
        previous, expected = one.digest, expected + 1
    yield from _never_sealed(project_id, named, at or timezone.now())


def _never_sealed(project_id: int, named: set[int], at: datetime) -> Iterator[str]:
    """Rows slipped in below what has long been sealed."""
    old = Seal.objects.filter(project_id=project_id, sealed_at__lt=at - seals.LATE_COMMIT)
    floor = old.aggregate(m=Max("last_id"))["m"] or 0
    slipped = Event.objects.filter(project_id=project_id, pk__lte=floor).exclude(pk__in=named).order_by("id").first()
    if slipped:
        yield f"project {project_id}: event {slipped.pk} was never sealed"


def cut_tails() -> Iterator[str]:
    """Heads copied outside that the database no longer has."""
    path = seals.heads_file()
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        head = json.loads(line)
        if not Seal.objects.filter(project_id=head["project"], number=head["number"], digest=head["digest"]).exists():
            yield f"project {head['project']}: the tail after seal {head['number'] - 1} was cut"
            return


def main(argv: list[str]) -> int:
    """Command line: `verify` or `seal`. Exit code 1 when something does not fit."""
    parser = argparse.ArgumentParser(prog="guanjia journal")
    parser.add_argument("what", choices=["verify", "seal"])
    if parser.parse_args(argv).what == "seal":
        seals.seal_all()
        return 0
    found = list(cut_tails())
    # Of both tables: a project whose events are all gone still has its seals.
    ids: set[int] = set()
    for table in (Event, Seal):
        ids.update(table.objects.order_by().values_list("project_id", flat=True).distinct())
    for project_id in sorted(ids):
        found += problems(project_id)
    for line in found:
        print(line)
    if not found:
        print(f"whole: {Event.objects.count()} events, {Seal.objects.count()} seals")
    return 1 if found else 0
