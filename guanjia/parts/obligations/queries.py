"""Reading what is owed: today by rule, a month by day, one day in full, how often it was kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.places.queries import between

from . import rules
from .models import Obligation, Settlement

State = Obligation.State
ALL = posts.SUPERVISORS | posts.MANAGERS | {posts.COMPANY_SERVICE, posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER}


# What is due later than this is in the calendar, not among today's duties.
NEAR = timedelta(days=8)


def concerns(by: Actor, project: Project) -> list[str]:
    """Keys of the rules that this person owes or answers for: supervisors (and the wall) all, others their posts'."""
    held = by.posts.get(project.pk, frozenset())
    if by.is_system or held & ALL:
        return list(rules.registry)
    return [
        rule.key for rule in rules.registry.values() if held & set(roles := book.clause(rule.clause).roles)
        or "all_staff" in roles
    ]  # fmt: skip


def day_of(project: Project, day: date) -> tuple[datetime, datetime]:
    """The bounds of a day at the project."""
    return between(project, day, day)


def missed(at: datetime) -> Q:
    return Q(state=State.OPEN, due_at__lte=at)


def today(by: Actor, project: Project, at: datetime) -> list[dict[str, Any]]:
    """By rule: what is owed in a period that runs now or ended within this day, and what yesterday left undone."""
    local = at.astimezone(ZoneInfo(project.zone)).date()
    start, _end = day_of(project, local)
    running = Q(from_at__lte=at, due_at__gt=at, due_at__lte=at + NEAR) | Q(due_at__gt=start, due_at__lte=at)
    ahead = Q(from_at__gt=at, from_at__lt=start + timedelta(days=1))
    left = Q(due_at__gt=start - timedelta(days=1), due_at__lte=start, state=State.OPEN, excused_at__isnull=True)
    rows = Obligation.visible_to(by).filter(project=project, rule_key__in=concerns(by, project))
    found: Any = (
        rows.filter(running | ahead | left)
        .exclude(state=State.VOID)
        .values("rule_key")
        .annotate(
            subjects=Count("pk"),
            met=Count("pk", filter=Q(state=State.MET)),
            begun=Count("pk", filter=Q(state=State.OPEN, done__gt=0, due_at__gt=at)),
            missed=Count("pk", filter=missed(at)),
            yesterday=Count("pk", filter=left),
            times=Sum("needed"),
            done=Sum("done"),
            due=Min("due_at", filter=Q(state=State.OPEN, due_at__gt=at)),
            met_last=Max("met_at"),
        )
        .order_by(F("missed").desc(), F("due").asc(nulls_last=True), "rule_key")
    )
    return list(found)


def month(by: Actor, project: Project, first: date, at: datetime) -> dict[date, dict[str, int]]:
    """How many were owed, done and missed, by the day on which they were due."""
    since, until = day_of(project, first)[0], day_of(project, (first + timedelta(days=32)).replace(day=1))[0]
    rows: Any = (
        Obligation.visible_to(by)
        .filter(project=project, rule_key__in=concerns(by, project), due_at__gt=since, due_at__lte=until)
        .exclude(state=State.VOID)
        .annotate(day=TruncDate(F("due_at") - timedelta(seconds=1), tzinfo=ZoneInfo(project.zone)))
        .values("day")
        .annotate(
            owed=Count("pk"),
            met=Count("pk", filter=Q(state=State.MET)),
            missed=Count("pk", filter=missed(at)),
            excused=Count("pk", filter=Q(excused_at__isnull=False)),
        )
    )
    return {row.pop("day"): row for row in rows}


def due_on(
    by: Actor, project: Project, day: date, *, rule: str = "", only: str = "", at: datetime
) -> QuerySet[Obligation]:
    """What was or is due on a day, missed first."""
    since, until = day_of(project, day)
    rows = Obligation.visible_to(by).filter(
        project=project, rule_key__in=concerns(by, project), due_at__gt=since, due_at__lte=until
    )
    if rule:
        rows = rows.filter(rule_key=rule)
    if only == "missed":
        rows = rows.filter(missed(at))
    return (
        rows.exclude(state=State.VOID).select_related("project", "owner").order_by("state", "rule_key", "due_at", "pk")
    )


def breaches(project: Project, clause_id: str, since: datetime, until: datetime, at: datetime) -> QuerySet[Obligation]:
    """Misses of a clause that were due in a span, longest ago first."""
    rows = Obligation.objects.filter(
        missed(at), project=project, clause_id=clause_id, due_at__gt=since, due_at__lte=until
    )
    return rows.select_related("project", "owner").order_by("due_at", "pk")


def settled_by(obligations: Iterable[Obligation]) -> dict[int, list[Settlement]]:
    """The events behind each, oldest first, in one statement."""
    wanted = list(obligations)
    found: dict[int, list[Settlement]] = {}
    if wanted:
        rows = Settlement.objects.filter(project_id=wanted[0].project_id, obligation__in=wanted)
        for row in rows.order_by("at", "pk"):
            found.setdefault(row.obligation_id, []).append(row)
    return found
