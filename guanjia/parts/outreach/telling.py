"""Writing notices and queueing what goes out of the house: called by queued reactions and schedules, not by acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.kernel.actors import STAFF, system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.clocks.models import Clock
from guanjia.people.models import Resident
from guanjia.places.models import Project

from . import queries, routes, sending
from .kinds import KINDS, Kind
from .models import Kind as Way
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
        doer, themself = (event.actor_id, 0) if event.actor_kind == STAFF else (0, queries.resident_behind(event))
        give(
            event.project_id, line.kind, f"event:{event.pk}", staff=[one for one in staff if one != doer],
            residents=[one for one in residents if one != themself],
            subject=(event.subject_label, event.subject_id), at=event.at,
            params={"number": str(getattr(thing, "number", "")), **getattr(thing, "told_params", {})},
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
    subject: tuple[str, int], at: datetime, params: Mapping[str, Any], is_urgent: bool = False,
) -> None:  # fmt: skip
    """Write the notices of one source, each person once, and queue the e-mail that goes with them."""
    what = KINDS[kind]
    is_old = timezone.now() - at > STALE
    staff, residents = list(staff), list(residents)
    given = {
        "project_id": project_id, "kind": kind, "title": what.title, "params": dict(params),
        "subject_label": subject[0], "subject_id": subject[1], "created_at": at,
    }  # fmt: skip
    to = [{"employee_id": one} for one in staff] + [{"resident_id": one} for one in residents]
    rows = [Notice(**given, **one, source=source, read_at=at if is_old else None) for one in to]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if not is_old:
        given |= {"next_at": at, "is_urgent": is_urgent or what.tone == "danger"}
        _post(what, given, source, staff, residents)


def call_off(thing: Any) -> int:
    """What was to be said about a thing and still waits does not go out any more."""
    label, state = subjects.label_of(thing), Message.State
    rows = Message.objects.filter(project_id=thing.project_id, subject_label=label, subject_id=thing.pk)
    return rows.filter(state=state.QUEUED).update(state=state.OFF, fault="called off", sealed=b"")


def _post(what: Kind, given: dict[str, Any], source: str, staff: Iterable[int], residents: Iterable[int]) -> None:
    """Queue what goes out of the house: each person once, by the first way that is set up, then by the others."""
    project = Project.objects.filter(pk=given["project_id"])[0]
    rows = []
    if what.mail and (staff := list(staff)):
        first, *rest = routes.staff_ways(project)
        rows += [Message(**given, employee_id=one, channel=first, then=rest, key=f"{source}:{one}") for one in staff]
    if what.robot and routes.channel_for(project, Way.ROBOT) is not None:
        rows.append(Message(**given, channel=Way.ROBOT, key=f"{source}:group"))
    if what.reach:
        people = list(Resident.objects.filter(project=project, pk__in=list(residents)))
        for resident, ways in routes.ways_of(project, people):
            if ways:
                to = {"resident": resident, "purpose": what.reach, "channel": ways[0], "then": ways[1:]}
                rows.append(Message(**given, **to, key=f"{source}:r{resident.pk}"))
    post(rows)


def post(rows: list[Message]) -> list[Message]:
    """Into the outbox, each key once, with the job that sends it; in the transaction of whoever asks."""
    if not rows:
        return []
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    made = Message.objects.filter(project_id=rows[0].project_id, key__in=[one.key for one in rows])
    waiting = list(made.filter(state=Message.State.QUEUED))
    for one in waiting:
        sending.queue(one)
    return waiting


def _thing(label: str, subject_id: int, at: datetime) -> Any:
    try:
        return subjects.get(label, subject_id, system(at))
    except Unknown:
        return None
