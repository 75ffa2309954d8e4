"""Writing notices and queueing e-mail: called by queued reactions and schedules, never by the act itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanjia.kernel import jobs, subjects
from guanjia.kernel.actors import STAFF, system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.clocks.models import Clock

from . import queries
from .kinds import KINDS
from .models import Message, Notice

# Older than this is history: kept as read, and no e-mail about it (the demo, a worker that was down for days).
STALE = timedelta(days=1)


@dataclass(frozen=True)
class Tell:
    """One line of the table: what is said to whom because of an event; `only` asks the thing."""

    kind: str
    to: tuple[str, ...]
    only: Callable[[Any], bool] | None = None


def tell(event: Event, lines: Iterable[Tell]) -> None:
    """Tell everybody whom the event concerns, except who did it. What is gone, and old paper, tells nobody."""
    thing = _thing(event.subject_label, event.subject_id, event.at)
    if thing is None or event.channel == "import":
        return
    for line in lines:
        if line.only is not None and not line.only(thing):
            continue
        staff, residents = queries.concerned(thing, line.to, event)
        doer = event.actor_id if event.actor_kind == STAFF else 0
        give(
            event.project_id, line.kind, f"event:{event.pk}", staff=[one for one in staff if one != doer],
            residents=residents, subject=(event.subject_label, event.subject_id), at=event.at,
            params={"number": str(getattr(thing, "number", ""))},
        )  # fmt: skip


def tell_step(event: Event) -> None:
    """A clock climbed a step of its ladder: whom the clause names for it."""
    clock = Clock.objects.filter(project_id=event.project_id, pk=event.subject_id).select_related("project").first()
    names = clocks.told(clock, event) if clock is not None else []
    thing = _thing(clock.subject_label, clock.subject_id, event.at) if clock is not None else None
    if clock is None or thing is None or not names:
        return
    give(
        event.project_id, "late" if event.at >= clock.due_at else "soon", f"event:{event.pk}",
        staff=clocks.recipients(clock, names, timezone.localdate(event.at)),
        subject=(clock.subject_label, clock.subject_id), at=event.at,
        params={"number": str(getattr(thing, "number", "")), "clause": clock.clause_id},
    )  # fmt: skip


def give(
    project_id: int, kind: str, source: str, *, staff: Iterable[int] = (), residents: Iterable[int] = (),
    subject: tuple[str, int], at: datetime, params: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write the notices of one source, each person once, and queue the e-mail that goes with them."""
    what = KINDS[kind]
    is_old = timezone.now() - at > STALE
    given = {
        "project_id": project_id, "kind": kind, "title": what.title, "params": dict(params),
        "subject_label": subject[0], "subject_id": subject[1], "created_at": at,
    }  # fmt: skip
    to = [{"employee_id": one} for one in staff] + [{"resident_id": one} for one in residents]
    rows = [Notice(**given, **one, source=source, read_at=at if is_old else None) for one in to]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if what.mail and not is_old:
        _post({**given, "next_at": at}, {one: f"{source}:{one}" for one in staff})


def _post(given: dict[str, Any], keys: Mapping[int, str]) -> None:
    rows = [Message(**given, employee_id=employee, key=key) for employee, key in keys.items()]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    made = Message.objects.filter(project_id=given["project_id"], key__in=list(keys.values()))
    for pk in made.filter(state=Message.State.QUEUED).values_list("pk", flat=True):
        jobs.defer("outreach.send", lock=f"mail:{pk}", message_id=pk, project_id=given["project_id"])


def _thing(label: str, subject_id: int, at: datetime) -> Any:
    try:
        return subjects.get(label, subject_id, system(at))
    except Unknown:
        return None
