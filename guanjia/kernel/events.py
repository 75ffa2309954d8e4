"""Writing and reading the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from . import crypto
from .actors import Actor
from .models import Event, Made, PersonKey
from .subjects import label_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What is recorded later than this after it happened is marked late.
LATE_AFTER = timedelta(minutes=15)
_batched: set[Any] = set()


def person_key(project_id: int, person: tuple[str, int], *, create: bool = True) -> bytes | None:
    """The wrapped key of a person; made on first use."""
    label, person_id = person
    rows = PersonKey.objects.filter(project_id=project_id, label=label, person_id=person_id)
    wrapped = rows.values_list("wrapped", flat=True).first()
    if wrapped is None and create:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO kernel_personkey (project_id, label, person_id, wrapped) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (project_id, label, person_id) DO UPDATE SET label = excluded.label RETURNING wrapped",
                [project_id, label, person_id, crypto.new_person_key()],
            )
            wrapped = cursor.fetchone()[0]
    return bytes(wrapped) if wrapped is not None else None


def key_of(subject: Any, *, create: bool = True) -> bytes | None:
    """The wrapped key under which a thing's personal values are sealed; read once for an object in memory."""
    person = (subject.project_id, *subject.person())
    kept: tuple[Any, bytes] | None = subject.__dict__.get("_person_key")
    if kept is not None and kept[0] == person:
        return kept[1]
    wrapped = person_key(subject.project_id, subject.person(), create=create)
    if wrapped is not None:
        subject.__dict__["_person_key"] = person, wrapped
    return wrapped


def with_keys(people: QuerySet[Any]) -> QuerySet[Any]:
    """The same people, each read together with their wrapped key: see `lend_key`."""
    keys = PersonKey.objects.filter(
        project_id=OuterRef("project_id"), label=people.model._meta.label_lower, person_id=OuterRef("pk")
    )
    return people.annotate(wrapped_key=Subquery(keys.values("wrapped")[:1]))


def lend_key(person: Any, subject: Any) -> None:
    """Seal a thing's values under the key that was read with the person, if it was."""
    if (wrapped := getattr(person, "wrapped_key", None)) and subject.person() == person.person():
        subject.__dict__["_person_key"] = (subject.project_id, *subject.person()), bytes(wrapped)


def sealed(subject: Any, values: Mapping[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    """The same mapping with personal values sealed under the person's key."""
    hidden = {name for name in personal if values.get(name) not in (None, "", [])}
    if not hidden:
        return {name: value for name, value in values.items() if name not in personal}
    wrapped = key_of(subject)
    assert wrapped is not None
    return {n: crypto.sealed_json(wrapped, v) if n in hidden else v for n, v in values.items()}


def append(name: str, subject: Any, *, by: Actor, given: Mapping[str, Any], changes: Mapping[str, Any]) -> Event:
    """One row of the journal. `given` and `changes` are already sealed."""
    event = entry(name, subject, by=by, given=given, changes=changes)
    event.save(force_insert=True)
    return event


def append_many(entries: list[Event]) -> list[Event]:
    """Several rows in one statement."""
    return Event.objects.bulk_create(entries)


def entry(name: str, subject: Any, *, by: Actor, given: Mapping[str, Any], changes: Mapping[str, Any]) -> Event:
    """A row of the journal that is not written yet."""
    happened = by.at
    recorded = by.recorded_at or timezone.now()
    event = Event(
        project_id=subject.project_id,
        name=name,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name if by.is_staff else "",
        channel=by.channel,
        subject_label=label_of(subject),
        subject_id=subject.pk,
        given={**given, **_witnessed(by)},
        changes=dict(changes),
        at=happened,
        is_late=recorded - happened > LATE_AFTER,
        request_id=by.request_id,
        cause_id=by.cause_id,
    )
    if by.recorded_at is not None:
        event.recorded_at = by.recorded_at
    return event


def made_by_batches(model: Any) -> None:
    """Things of this kind are made by batches: their timelines look for the batch too."""
    _batched.add(model)


def link(event: Event, label: str, runs: Iterable[tuple[int, int]]) -> None:
    """Which things the event of a batch made."""
    told = {"project_id": event.project_id, "event_id": event.pk, "label": label}
    Made.objects.bulk_create([Made(first_id=first, last_id=last, **told) for first, last in runs])


def _witnessed(by: Actor) -> dict[str, Any]:
    """Who else was there, beside what was given: `$` can begin no name of a field."""
    return {"$present": [{"id": p.id, "name": p.name, "how": p.how} for p in by.present]} if by.present else {}


def timeline(subject: Any, *others: Any, limit: int = 100) -> QuerySet[Event]:
    """What happened to a thing (and to others that belong to its story), newest first; the batch that made it
    included."""
    label = label_of(subject)
    named = Q(subject_label=label, subject_id=subject.pk)
    for other in others:
        named |= Q(subject_label=label_of(other), subject_id=other.pk)
    own = Event.objects.filter(named, project_id=subject.project_id)
    if type(subject) in _batched:
        runs = Made.objects.filter(
            project_id=subject.project_id, label=label, first_id__lte=subject.pk, last_id__gte=subject.pk
        )
        ids = own.values("pk").union(runs.values("event_id"), all=True)
        own = Event.objects.filter(project_id=subject.project_id, pk__in=ids)
    return own.order_by("-id")[:limit]


def opened(subject: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping with sealed values opened; None where the person was erased."""
    if not any(crypto.is_sealed(v) for v in values.values()):
        return dict(values)
    wrapped = person_key(subject.project_id, subject.person(), create=False)
    return {n: _open(wrapped, v) if crypto.is_sealed(v) else v for n, v in values.items()}


def _open(wrapped: bytes | None, value: dict[str, str]) -> Any:
    return None if wrapped is None else crypto.opened_json(wrapped, value)
