"""Reading the counter: what is owed, who is there, which limits hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards.ratios import Share
from guanjia.parts.telephone.models import PhoneCall
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.places.models import Project

from .models import Call, CallBack, Slip, StandardReply, WalkIn

PRIVATE_MINUTES = 3


def calls(project: Project, by: Actor) -> QuerySet[Call]:
    """The call log with what its lines show."""
    return Call.visible_to(by).filter(project=project).select_related("house", "answered_by", "case")


def call_backs(project: Project, by: Actor) -> QuerySet[CallBack]:
    return CallBack.visible_to(by).filter(project=project).select_related("phone_call", "done_by")


def owed_back(project: Project, by: Actor) -> QuerySet[CallBack]:
    """Missed calls that nobody has rung back."""
    return call_backs(project, by).filter(state=CallBack.State.OPEN)


def slips(project: Project, by: Actor) -> QuerySet[Slip]:
    return Slip.visible_to(by).filter(project=project).select_related("addressee", "taken_by")


def unread_slips(project: Project, by: Actor) -> QuerySet[Slip]:
    return slips(project, by).filter(state=Slip.State.WAITING)


def walk_ins(project: Project, by: Actor) -> QuerySet[WalkIn]:
    return WalkIn.visible_to(by).filter(project=project).select_related("house", "received_by")


def at_counter(project: Project, by: Actor) -> QuerySet[WalkIn]:
    """Who stands there now, and whose register is still to be completed."""
    return walk_ins(project, by).filter(state__in=[WalkIn.State.HERE, WalkIn.State.TO_COMPLETE])


def promised_calls(project: Project, by: Actor) -> QuerySet[Call]:
    """Callers who were promised a reply."""
    return calls(project, by).filter(state=Call.State.PROMISED)


def promised_walk_ins(project: Project, by: Actor) -> QuerySet[WalkIn]:
    """Visitors who were promised a reply."""
    return walk_ins(project, by).filter(reply_by__isnull=False, replied_at__isnull=True)


def open_call_back(call: PhoneCall) -> CallBack | None:
    """What is owed to the number of a call."""
    rows = CallBack.objects.filter(
        project_id=call.project_id, number_hash=call.number_hash, state=CallBack.State.OPEN
    )  # fmt: skip
    return rows.first() if call.number_hash else None


def replies(project: Project, by: Actor) -> QuerySet[StandardReply]:
    """The library: what is in use first, retired ones left out."""
    rows = StandardReply.visible_to(by).filter(project=project).exclude(state=StandardReply.State.RETIRED)
    return rows.select_related("written_by")


# -- limits ----------------------------------------------------------------------------------------------------------


def quota_fen(project: Project, day: date) -> int | None:
    """The month's quota as the project decided it (in yuan); None while nobody has (DESK-16)."""
    limit = standards.rule_in_force("DESK-16", project, day).get("limit")
    text = str(limit)
    return int(text) * 100 if text.isascii() and text.isdigit() else None


def most_minutes(project: Project, at: datetime) -> int:
    """How long a private call may take (DESK-17)."""
    limit = str(standards.rule_in_force("DESK-17", project, timezone.localdate(at)).get("limit"))
    return int(limit) if limit.isascii() and limit.isdigit() else PRIVATE_MINUTES


# -- figures ---------------------------------------------------------------------------------------------------------


def answered(project: Project, since: datetime, until: datetime) -> Share:
    """DESK-04: answered, of the calls that came in; what still rings is neither."""
    rows = PhoneCall.objects.filter(project=project, rang_at__gte=since, rang_at__lt=until)
    rows = rows.exclude(state=PhoneCall.State.RINGING)
    return Share(rows.exclude(state=PhoneCall.State.MISSED), rows)


def attended(project: Project, since: datetime, until: datetime) -> Share:
    """DESK-01 over a period, shift by shift, so that each number opens to its shifts; five minutes are forgiven."""
    rows = Duty.objects.filter(
        project=project, post=posts.RECEPTIONIST, from_at__gte=since, from_at__lt=until, to_at__lte=Now()
    )
    in_time = rows.filter(signed_in_at__lte=F("from_at") + timedelta(minutes=5))
    return Share(in_time.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=F("to_at"))), rows)


@dataclass(frozen=True)
class Staffed:
    """Shifts at the counter, those signed in to; the numbers are minutes of the reception hours."""

    counted: QuerySet[Duty]
    of: QuerySet[Duty]
    numbers: tuple[int, int]


def staffed(project: Project, since: datetime, until: datetime) -> Staffed:
    """DESK-01 of a day: minutes of the reception hours with somebody signed in at the counter, of all those minutes."""
    rows = Duty.objects.filter(project=project, post=posts.RECEPTIONIST, from_at__lt=until, to_at__gt=since)
    there = rows.filter(signed_in_at__isnull=False)
    spans = [
        (max(one.from_at, one.signed_in_at or one.from_at), min(one.to_at, one.ended_at or one.to_at)) for one in there
    ]
    hours = list(_hours(project, since, until))
    return Staffed(there, rows, (sum(_covered(h, spans) for h in hours), sum(_minutes(*h) for h in hours)))


def _hours(project: Project, since: datetime, until: datetime) -> Any:
    """The reception hours of each day of a span."""
    zone = ZoneInfo(project.zone)
    opens, closes = (time.fromisoformat(str(t)) for t in (project.opens_at, project.closes_at))
    day = since.astimezone(zone).date()
    while datetime.combine(day, time.min, tzinfo=zone) < until:
        begin = max(since, datetime.combine(day, opens, tzinfo=zone))
        end = min(until, datetime.combine(day, closes, tzinfo=zone))
        if begin < end:
            yield begin, end
        day += timedelta(days=1)


def _covered(hours: tuple[datetime, datetime], spans: list[tuple[datetime, datetime]]) -> int:
    """Minutes of an interval that lie in any of the spans, each counted once."""
    covered, reached = 0, hours[0]
    for begin, end in sorted(spans):
        begin, end = max(begin, reached), min(end, hours[1])
        if begin < end:
            covered += _minutes(begin, end)
            reached = end
    return covered


def _minutes(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds()) // 60


def counter_now(project: Project, at: datetime) -> list[Duty]:
    """Who has a shift at the counter (at night in the control room) at this moment."""
    rows = Duty.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at), project=project, from_at__lte=at, to_at__gt=at,
        post__in=[posts.RECEPTIONIST, posts.CONTROL_ROOM],
    )  # fmt: skip
    return list(rows.select_related("employee").order_by("-post", "from_at")[:12])
