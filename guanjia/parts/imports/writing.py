"""Writing a plan: inside the transaction of `bring_in`, by the batches of the room that owns the things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations.batches import runs_of
from guanjia.kernel.outcomes import Refused, RefusedRows
from guanjia.places.models import Project

from . import checking, queries
from .kinds import Tick
from .models import Import
from .opening import Unreadable

MOST_TOLD = 3


def write(one: Import, by: Actor) -> None:
    """Judge and write; sets what was made. Raises Refused with nothing written."""
    from .operations import requester

    project = Project.objects.select_for_update(no_key=True).get(pk=one.project_id)
    person = requester(one, by.at)
    tick = queries.Ticker(one, timezone.now)
    try:
        result = checking.look(one, project, person, tick)
    except Unreadable as refusal:
        raise Refused("", refusal.sentence) from None
    if not result.counts["new"]:
        raise Refused("", _("Everything in this file is on record already: there is nothing to import."))
    source = {"import": one.pk, "file": one.digest}
    counts = result.counts  # before the writing: then everything is on record already
    made = result.kind.write(project, result.plan, person, source, tick)
    one.made = {label: [list(run) for run in runs_of(ids)] for label, ids in made.items() if ids}
    one.counts = {**counts, "made": {label: len(ids) for label, ids in made.items() if ids}}
    if secrets := getattr(result.plan, "once", None):
        one.once = json.dumps(secrets, ensure_ascii=False)


class Batches:
    """Rows into the batches of a room, some at a time, telling how far it is."""

    def __init__(self, project: Project, by: Actor, source: Mapping[str, Any], tick: Tick, total: int) -> None:
        self.project, self.by, self.source, self.tick, self.total = project, by, source, tick, total
        self.done = 0

    def bring(
        self, step: str, batch: Any, rows: Sequence[Mapping[str, Any]], *, at_once: int = 10_000
    ) -> Iterator[Any]:
        """What was made, row by row."""
        for start in range(0, len(rows), at_once):
            self.tick(step, self.done, self.total)
            part = rows[start : start + at_once]
            try:
                made = batch(self.project, part, by=self.by, source=self.source, first=start + 1)
            except RefusedRows as refusal:
                raise _without_rows(step, batch, refusal) from None
            yield from made
            self.done += len(part)
        self.tick(step, self.done, self.total)


def _without_rows(step: str, batch: Any, refusal: RefusedRows) -> Refused:
    """What reading let through and the act itself refuses: the rows of a batch are not those of the file, and a wrong
    number would send somebody to a row that is right."""
    fields = batch.form.base_fields
    told = [
        _("%(what)s, %(field)s: %(sentence)s")
        % {"what": step, "field": fields[name].label if name in fields else step, "sentence": " ".join(map(str, lines))}
        for row in refusal.indexed.values()
        for name, lines in row.items()
    ]
    return Refused("", " ".join(list(dict.fromkeys(told))[:MOST_TOLD]))
