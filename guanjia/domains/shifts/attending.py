"""Reading attendance: who is expected and came when, who asked for leave, who stands ready in extreme weather."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.parts.runsheets.models import RunSheet
from guanjia.parts.standards.ratios import Share
from guanjia.people import posts
from guanjia.people.models import Cover, Duty
from guanjia.places.models import Project

from .models import Leave, OfficeCheck, WeatherHour, WeatherWatch

EXPECTED = timedelta(hours=1)
STILL = timedelta(hours=12)  # what downtime left out
# Who stands ready when something breaks, floods or falls.
READY = posts.ENGINEERING | posts.SECURITY | posts.SUPERVISORS | {posts.STEWARD}


def to_expect(at: datetime) -> QuerySet[Duty]:
    """Shifts that begin within the hour, nobody has signed in to, and whose person is not on leave; across projects."""
    said = Event.objects.filter(
        project_id=OuterRef("project_id"), subject_label="duty", subject_id=OuterRef("pk"), name="shifts.expect"
    )
    away = Leave.objects.filter(
        project_id=OuterRef("project_id"), employee=OuterRef("employee"), state=Leave.State.GRANTED,
        from_at__lte=OuterRef("from_at"), until_at__gt=OuterRef("from_at"),
    )  # fmt: skip
    stood_in_for = Cover.objects.filter(
        project_id=OuterRef("project_id"), absent=OuterRef("employee"), from_on__lte=OuterRef("from_at__date"),
        to_on__gte=OuterRef("from_at__date"),
    )  # fmt: skip
    rows = Duty.objects.filter(
        from_at__gt=at - STILL, from_at__lte=at + EXPECTED, signed_in_at__isnull=True, ended_at__isnull=True
    )
    return rows.exclude(Exists(said)).exclude(Exists(away)).exclude(Exists(stood_in_for)).select_related("project")


def to_lapse(at: datetime) -> QuerySet[Duty]:
    """Shifts that were expected and passed without anybody; across projects."""
    about = Event.objects.filter(
        project_id=OuterRef("project_id"), subject_label="duty", subject_id=OuterRef("pk")
    )  # fmt: skip
    rows = Duty.objects.filter(
        to_at__gt=at - 4 * STILL, to_at__lte=at, signed_in_at__isnull=True, ended_at__isnull=True
    )
    rows = rows.filter(Exists(about.filter(name="shifts.expect"))).exclude(Exists(about.filter(name="shifts.lapse")))
    return rows.select_related("project")


def shifts(project: Project, by: Actor) -> QuerySet[Duty]:
    """Shifts that have begun or begin within the hour, without those called off; `is_closed`: the closing is done."""
    rows = Duty.visible_to(by).filter(project=project, from_at__lte=by.at + EXPECTED)
    called_off = Q(ended_at__isnull=False, ended_at__lte=F("from_at"), signed_in_at__isnull=True)
    closed = RunSheet.objects.filter(
        project_id=OuterRef("project_id"), clause_id="SFT-06", about_label="duty", about_id=OuterRef("pk"),
        state="finished",
    )  # fmt: skip
    return rows.exclude(called_off).annotate(is_closed=Exists(closed)).select_related("employee", "project")


def own_shifts(project: Project, by: Actor) -> list[Duty]:
    """One's own that are on, begin within the hour, or ended and still wait for signing out."""
    rows = shifts(project, by).filter(employee_id=by.id, ended_at__isnull=True)
    on = Q(to_at__gt=by.at) | Q(signed_in_at__isnull=False, to_at__gt=by.at - STILL)
    return list(rows.filter(on).order_by("from_at")[:3])


def leaves(project: Project, by: Actor) -> QuerySet[Leave]:
    return Leave.visible_to(by).filter(project=project).select_related("employee", "decided_by", "project")


def leaves_to_decide(project: Project, by: Actor) -> list[Leave]:
    """Slips of others that wait for whoever decides."""
    if not by.may("shifts.grant_leave", project.pk):
        return []
    rows = leaves(project, by).filter(state=Leave.State.ASKED).exclude(employee_id=by.id)
    return list(rows.order_by("from_at", "id")[:10])


def office_checks(project: Project, by: Actor) -> QuerySet[OfficeCheck]:
    return OfficeCheck.visible_to(by).filter(project=project).select_related("checked_by", "project")


def weather(project: Project, by: Actor) -> QuerySet[WeatherWatch]:
    return WeatherWatch.visible_to(by).filter(project=project).select_related("declared_by", "project")


def hours(rows: QuerySet[WeatherHour]) -> QuerySet[Any]:
    """With how many of the ready posts were there, signed in, as the hour began (`on`), and how many are planned."""
    there = Duty.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("from_at")), project_id=OuterRef("project_id"),
        post__in=READY, from_at__lte=OuterRef("from_at"), to_at__gt=OuterRef("from_at"),
    )  # fmt: skip
    signed_in = there.filter(signed_in_at__lte=OuterRef("from_at"))
    return rows.annotate(on=Coalesce(_people(signed_in), 0), planned=Coalesce(_people(there), 0))


def _people(duties: QuerySet[Duty]) -> Subquery:
    counted = duties.order_by().values("project_id").annotate(n=Count("employee", distinct=True))
    return Subquery(counted.values("n"), output_field=IntegerField())


def readiness(project: Project, since: datetime, until: datetime) -> Share:
    """Hours of extreme weather in which enough were on duty, of those that have begun (EMG-36)."""
    rows = hours(WeatherHour.objects.filter(project=project, from_at__gte=since, from_at__lt=until))
    begun = rows.filter(from_at__lte=Now())
    return Share(begun.filter(on__gte=F("needed")), begun)
