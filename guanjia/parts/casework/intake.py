"""Opening a case: number, owner, frozen customer, steward as observer. Called by each kind's own operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from guanjia.kernel import crypto, events, numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places.models import Project

from .models import Case, Observer

PREFIX = {Case.Kind.REPAIR: "BX", Case.Kind.ENQUIRY: "ZX"}


def open_case(project: Project, kind: str, *, by: Actor, given: Mapping[str, Any]) -> Case:
    """A new case in state open. The owner is who took it; for portal and interface the district's steward (CASE-01)."""
    house, spot = _place(given)
    resident = given.get("resident")
    case = Case(
        pk=None if resident else _reserved_id(),
        project=project,
        number=numbering.daily(project, PREFIX[Case.Kind(kind)], by.at),
        kind=kind,
        content=given["content"],
        urgency=given.get("urgency") or Case.Urgency.ORDINARY,
        channel=_channel(by, given),
        house=house,
        spot=spot,
        location=given.get("location") or "",
        resident=resident,
        owner_id=owner_for(project, house, by),
        reported_at=by.at,
        recorded_at=by.recorded_at or by.at,
        moved_at=by.at,
        after_hours=is_after_hours(project, by.at),
        outside_number=given.get("outside_number") or "",
        outside_due_at=given.get("outside_due_at"),
    )
    if resident:
        events.lend_key(resident, case)
    case.customer = _frozen(case, given)
    case.save(force_insert=True)
    _observe_by_steward(case, house, by)
    return case


def owner_for(project: Project, house: Any, by: Actor) -> int | None:
    """First contact owns; where nobody took it: the district's steward, off duty the cover, else the supervisor."""
    if by.kind == "staff":
        return by.id
    steward = people.steward_of(house, by.at) if house else None
    if steward is not None:
        return (people.cover_of(steward, project, by.at) or steward).pk
    for post in (posts.CONTROL_ROOM, posts.SERVICE_SUPERVISOR, posts.RECEPTIONIST):
        on_duty = people.on_duty(project, post, by.at)
        if on_duty:
            return on_duty[0].pk
    return None


def is_after_hours(project: Project, at: Any) -> bool:
    """Outside the reception hours of the project, in its own zone."""
    local = at.astimezone(ZoneInfo(project.zone)).time()
    return not (_time(project.opens_at) <= local < _time(project.closes_at))


def _time(value: Any) -> Any:
    from datetime import time

    return time.fromisoformat(value) if isinstance(value, str) else value


def _place(given: Mapping[str, Any]) -> tuple[Any, Any]:
    house = given.get("house") if given.get("place", "home") == "home" else None
    spot = given.get("spot") if given.get("place") == "common" else None
    return house, spot


def _channel(by: Actor, given: Mapping[str, Any]) -> str:
    if by.is_resident:
        return str(Case.Channel.PORTAL)
    return str(given.get("channel") or Case.Channel.PHONE)


def _frozen(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """Name and number as they were at intake, sealed under the person's key."""
    resident = given.get("resident")
    name = given.get("caller_name") or (resident.name if resident else "")
    phone = given.get("caller_phone") or (resident.phone if resident else "")
    wrapped = events.key_of(case)
    if wrapped is None:
        raise Refused("", "no key")
    return crypto.sealed_json(wrapped, {"name": name, "phone": phone})


def _reserved_id() -> int:
    """A stranger's key hangs on the case itself, so its id is needed before it is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('casework_case', 'id'))")
        return int(cursor.fetchone()[0])


def _observe_by_steward(case: Case, house: Any, by: Actor) -> None:
    """The district's steward is told of everything in the district (CASE-02)."""
    steward = people.steward_of(house, by.at) if house else None
    if steward is not None and steward.pk != case.owner_id:
        Observer.objects.create(project_id=case.project_id, case=case, employee=steward, since=by.at)
