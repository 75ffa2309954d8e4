"""Keeping the daily sums: which days an event, a due moment or a new duty touches, and writing those days anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Q, QuerySet

from guanjia.kernel import rows
from guanjia.kernel.models import Event
from guanjia.parts.clocks.models import Clock
from guanjia.parts.inspections.models import Mark
from guanjia.parts.obligations.models import Obligation, Settlement
from guanjia.parts.obligations.queries import day_of
from guanjia.places.models import Project

from .models import Day, Followed
from .sources import SOURCES

# Events whose ids were taken before, but committed after, the last look are among these.
LATE = 2000
AT_ONCE = 5000
# Looks overlap a little; a duty may be voided long after its row was made.
MARGIN, VOIDED = timedelta(minutes=1), timedelta(days=60)
NONE = Q(pk__in=[])


def follow(project: Project, at: datetime) -> int:
    """Bring the sums up to a moment; returns how many days were written anew. The first time: all of them."""
    last = Followed.objects.filter(project=project).first()
    if last is None:
        return rebuild(project, at)
    seen = Event.objects.filter(project=project).aggregate(n=Max("pk"))["n"] or 0
    made = Obligation.objects.filter(project=project).aggregate(n=Max("pk"))["n"] or 0
    days = touched(project, last, at)
    rows.together(*(_writing(project, first, after, at) for first, after in _runs(days)))
    Followed.objects.filter(project=project, pk=last.pk).update(event_id=seen, obligation_id=made, until_at=at)
    return len(days)


def rebuild(project: Project, at: datetime) -> int:
    """Throw the sums away and make them again, all or nothing."""
    seen = Event.objects.filter(project=project).aggregate(n=Max("pk"))["n"] or 0
    made = Obligation.objects.filter(project=project).aggregate(n=Max("pk"))["n"] or 0
    first, last = _bounds(project, at)

    def clear() -> None:
        Day.objects.filter(project=project).delete()

    rows.together(clear, _writing(project, first, last + timedelta(days=1), at))
    Followed.objects.update_or_create(
        project=project, defaults={"event_id": seen, "obligation_id": made, "until_at": at}
    )
    return (last - first).days + 1


def touched(project: Project, last: Followed, at: datetime) -> set[date]:
    """Days whose sums may have changed since the last look."""
    days: set[date] = set()
    zone = ZoneInfo(project.zone)

    def take(model: Any, field: str, which: Q, ends: bool) -> None:
        for moment in model.objects.filter(which, project=project).values_list(field, flat=True):
            days.add((moment - timedelta(microseconds=1) if ends else moment).astimezone(zone).date())

    recent = last.event_id - LATE
    passed = Q(due_at__gt=last.until_at - MARGIN, due_at__lte=at + MARGIN)
    take(Clock, "due_at", passed | Q(stopped_by__gt=recent), True)
    take(Obligation, "due_at", passed | Q(pk__gt=last.obligation_id, due_at__lte=at), True)
    settled = Settlement.objects.filter(project=project, event_id__gt=recent)
    take(Obligation, "due_at", Q(pk__in=settled.values("obligation_id")), True)
    for label, ids in _subjects(project, recent):
        take(Clock, "due_at", _about(label, ids, "clock"), True)
        take(Obligation, "due_at", _about(label, ids, "obligation") & Q(due_at__gt=last.until_at - VOIDED), True)
        for source in SOURCES:
            if not source.ends:
                take(source.model, source.moment, _own(source.model, label, ids), False)
    return days


def _about(label: str, ids: list[int], own: str) -> Q:
    """Clocks and obligations of these things, or these themselves."""
    about = Q(subject_label=label, subject_id__in=ids)
    return about | Q(pk__in=ids) if label == own else about


def _own(model: Any, label: str, ids: list[int]) -> Q:
    """Marks of these inspections, and ended run sheets among these."""
    if model is Mark:
        return {"inspection": Q(inspection_id__in=ids), "inspection_mark": Q(pk__in=ids)}.get(label, NONE)
    return Q(pk__in=ids, ended_at__isnull=False) if label == "run_sheet" else NONE


def _subjects(project: Project, after: int) -> Iterator[tuple[str, list[int]]]:
    """What recent events are about, by kind."""
    found: dict[str, set[int]] = {}
    recent: QuerySet[Any] = Event.objects.filter(project=project, pk__gt=after)
    for label, pk in recent.values_list("subject_label", "subject_id").distinct():
        found.setdefault(label, set()).add(pk)
    for label, ids in found.items():
        whole = sorted(ids)
        for start in range(0, len(whole), AT_ONCE):
            yield label, whole[start : start + AT_ONCE]


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days that follow each other as one span: (first, the day after the last)."""
    first = before = None
    for day in sorted(days):
        if before is None or day != before + timedelta(days=1):
            if first is not None and before is not None:
                yield first, before + timedelta(days=1)
            first = day
        before = day
    if first is not None and before is not None:
        yield first, before + timedelta(days=1)


def _writing(project: Project, first: date, after: date, at: datetime) -> Any:
    """Writes the sums of some days anew: what was there goes, one statement for each source."""

    def write() -> None:
        since, until = day_of(project, first)[0], day_of(project, after)[0]
        Day.objects.filter(project=project, day__gte=first, day__lt=after).delete()
        for source in SOURCES:
            rows.put(
                Day, source.sums(project, since, until, at), ("clause_id", "day", "met", "missed", "exempted"),
                constants={"project": project.pk}, unique=("project", "day", "clause_id"),
                update=("met", "missed", "exempted"),
            )  # fmt: skip

    return write


def _bounds(project: Project, at: datetime) -> tuple[date, date]:
    """The first and last day on which anything counts."""
    zone = ZoneInfo(project.zone)
    moments = [at]
    for source in SOURCES:
        found = source.model.objects.filter(project=project).aggregate(a=Min(source.moment), b=Max(source.moment))
        moments += [moment for moment in found.values() if moment]
    return min(moments).astimezone(zone).date() - timedelta(days=1), max(moments).astimezone(zone).date()
