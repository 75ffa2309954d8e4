"""Reading visitors: who is inside, who waits, which pass a code opens, whom the watch list knows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import House, Project

from . import codes
from .models import Pass, Visitor, Watch, hashed

State = Visitor.State


def visitors(project: Project, by: Actor) -> QuerySet[Visitor]:
    """The register, as far as this person may see it."""
    return Visitor.visible_to(by).filter(project=project).select_related("house", "confirmed_by", "admitted_by")


def inside(project: Project, by: Actor) -> QuerySet[Visitor]:
    """Who is in the building now."""
    return visitors(project, by).filter(state=State.INSIDE)


def waiting(project: Project, by: Actor) -> QuerySet[Visitor]:
    """Who stands at the gate."""
    return visitors(project, by).filter(state=State.WAITING)


def heads_inside(project: Project, by: Actor) -> int:
    """How many people that is, counted no further than a thousand entries."""
    rows = Visitor.visible_to(by).filter(project=project, state=State.INSIDE)
    return sum(rows.order_by().values_list("headcount", flat=True)[:1000])


def of_day(project: Project, by: Actor, day: date) -> QuerySet[Visitor]:
    """Who arrived on a day of the project's zone, in the order of arrival."""
    zone = ZoneInfo(project.zone)
    begin = datetime.combine(day, time.min, tzinfo=zone)
    return visitors(project, by).filter(arrived_at__gte=begin, arrived_at__lt=begin + timedelta(days=1)).order_by("id")


def pass_by_code(project: Project, by: Actor, said: str) -> Pass | None:
    """The pass that a code opens, valid or not; None for a code of no pass here."""
    code = codes.read(said)
    if not code:
        return None
    rows = Pass.visible_to(by).filter(project=project, code_hash=hashed("pass", code))
    return rows.select_related("house__building", "house__unit", "resident").first()


def why_not(one: Pass, at: datetime) -> str:
    """Why a pass does not open now, by its id of `gate.WHY_NOT`; empty when it does."""
    if one.state != Pass.State.VALID:
        return str(one.state)
    if at < one.from_at:
        return "early"
    return "expired" if at >= one.until_at else ""


def count_of(houses: list[int], project: Project, by: Actor) -> int:
    """How many guests of a household are expected: passes that open now or will."""
    rows = Pass.visible_to(by).filter(project=project, house__in=houses, state=Pass.State.VALID, until_at__gt=by.at)
    return int(rows.count()) if houses else 0


def passes_of(house: House) -> QuerySet[Pass]:
    """Passes of a house, newest first."""
    return Pass.objects.filter(project_id=house.project_id, house=house).select_related("resident").order_by("-id")


def valid_passes(house: House, at: datetime) -> QuerySet[Pass]:
    """Those that open now or will."""
    return passes_of(house).filter(state=Pass.State.VALID, until_at__gt=at)


def household_of(house_id: int | None, project_id: int) -> QuerySet[Resident]:
    """Who may say yes at a house: whoever lives in (or owns) it now."""
    homes = Occupancy.objects.filter(project_id=project_id, house_id=house_id or 0, ended_on__isnull=True)
    return Resident.objects.filter(project_id=project_id, pk__in=homes.values("resident"))


def watched(
    project_id: int, at: datetime, *, name: str = "", phone: str = "", number: str = "", plate: str = ""
) -> Watch | None:
    """Whom the list knows by document, number, plate or name; who is not let in comes before who is only told of."""
    known: Any = Q(name=name) if name else Q(pk__in=[])
    for field, value in (("document_hash", hashed("document", number)), ("phone_hash", hashed("phone", phone))):
        known |= Q(**{field: value}) if value else Q(pk__in=[])
    known |= Q(plate=plate) if plate else Q(pk__in=[])
    rows = Watch.objects.filter(
        known, project_id=project_id, state=Watch.State.WATCHED, until_on__gte=timezone.localdate(at)
    )
    return rows.order_by("-level", "id").first()


def past_keeping(project: Project, before: datetime) -> QuerySet[Visitor]:
    """Visits that are over and were kept long enough."""
    ended = Q(left_at__lt=before) | Q(state=State.TURNED_AWAY, moved_at__lt=before)
    return Visitor.objects.filter(ended, project=project, forgotten_at__isnull=True)
