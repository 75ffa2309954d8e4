"""Posts that touch food or hygiene (TRN-15): which they are is the Book's list, as a company or project decides it.

Whoever holds one needs a valid certificate of each kind before the roster takes them, changes work clothes each day
(TRN-16), and is trained and examined by a doctor each year (TRN-17).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.kernel.operations import Call
from guanjia.kernel.outcomes import Refused, Stored
from guanjia.parts.standards import queries as standards
from guanjia.people.models import Duty, Employee, Posting
from guanjia.people.queries.dates import holding
from guanjia.places.models import Project

from .models import Certificate
from .models.reach import named

SOON = timedelta(days=30)  # a certificate that ends within these days is to be renewed
ROSTER, STAND_IN = "organization.plan_duty", "organization.plan_cover"
LACKS = _("%(name)s: no valid %(what)s on the last of these days. Enter it first, or plan somebody else.")


def kinds() -> tuple[str, ...]:
    """Training and health, in the words of the Book."""
    return tuple(kind for kind, _zh, _en in book.enum("cert_kinds"))


def posts_of(project: Project, day: date) -> frozenset[str]:
    """The posts that touch food or hygiene here, on a day."""
    return frozenset(standards.rule_in_force("TRN-15", project, day).get("hygiene_posts") or ())


# -- certificates ------------------------------------------------------------------------------------------------------


def valid(project: Project, people: Iterable[int]) -> dict[tuple[int, str], date]:
    """Until when the last certificate of each kind holds, for some people, in one statement."""
    rows = Certificate.objects.filter(project=project, employee__in=list(people), state=Certificate.State.KEPT)
    found = rows.values_list("employee_id", "kind").annotate(until=Max("valid_until"))
    return {(employee, kind): until for employee, kind, until in found}


def staff(project: Project, at: datetime) -> QuerySet[Employee]:
    """Who holds such a post."""
    day = standards.today_at(project, at)
    held = Posting.objects.filter(holding(day), project=project, post__in=posts_of(project, day))
    return Employee.objects.filter(
        Exists(held.filter(employee=OuterRef("pk"))), state=Employee.State.ACTIVE
    ).annotate(owes_id=F("pk"))  # fmt: skip


def to_renew(project: Project, at: datetime) -> list[tuple[Employee, str, date | None]]:
    """Who lacks a certificate, or whose ends soon: (person, kind, until when), the most pressing first."""
    today, people = standards.today_at(project, at), list(staff(project, at).order_by("id"))
    held = valid(project, [one.pk for one in people]) if people else {}
    found = [(one, kind, held.get((one.pk, kind))) for one in people for kind in kinds()]
    due = [row for row in found if row[2] is None or row[2] <= today + SOON]
    return sorted(due, key=lambda row: (row[2] or date.min, row[0].pk))


# -- the roster --------------------------------------------------------------------------------------------------------


def stand_guard(call: Call) -> Stored | None:
    """Nobody is planned into such a post, nor stands in for one, without certificates that hold to the last day."""
    if call.operation.name not in (ROSTER, STAND_IN):
        return None
    given, project = call.form.cleaned_data, call.subject
    planned, last, field = _planned(call.operation.name, given, project)
    if not planned or not standards.rule_in_force("TRN-15", project, last).is_on:
        return None
    held = valid(project, [one.pk for one in planned])
    names = dict(named("cert_kinds"))
    for one in planned:
        lacks = [str(names[kind]) for kind in kinds() if held.get((one.pk, kind), date.min) < last]
        if lacks:
            raise Refused(field, LACKS % {"name": one.name, "what": "、".join(lacks)}, "TRN-15")
    return None


def _planned(name: str, given: dict[str, Any], project: Project) -> tuple[list[Employee], date, str]:
    """Who comes into such a post by this act, until which day, and the field to say it at."""
    if name == ROSTER:
        last = given.get("last_on") or given["first_on"]
        return (list(given["employees"]) if given["post"] in posts_of(project, last) else []), last, "employees"
    last = given["to_on"]
    touched = Posting.objects.filter(
        holding(given["from_on"]), project=project, employee=given["absent"], post__in=posts_of(project, last)
    )
    return ([given["substitute"]] if touched.exists() else []), last, "substitute"


# -- clean work clothes ------------------------------------------------------------------------------------------------


def _of_day(project: Project, day: date) -> QuerySet[Duty]:
    """Shifts of a day at such posts that were not called off."""
    zone = ZoneInfo(project.zone)
    start = datetime.combine(day, time(0), zone)
    rows = Duty.objects.filter(
        project=project, post__in=posts_of(project, day), from_at__gte=start, from_at__lt=start + timedelta(days=1)
    )
    return rows.exclude(ended_at__lte=F("from_at"))


def shifts_of_today(project: Project, at: datetime) -> QuerySet[Duty]:
    """The first shift of each person on such a post today: clean clothes are owed once a day."""
    rows = _of_day(project, standards.today_at(project, at))
    earlier = rows.filter(employee=OuterRef("employee"), from_at__lt=OuterRef("from_at"))
    return rows.exclude(Exists(earlier)).annotate(owes_id=F("employee_id"))


def first_shift(thing: Any, event: Event) -> tuple[str, int] | None:
    """The shift by which the change of clothes of this day is owed; a shift that is called off owes it no more."""
    if not isinstance(thing, Duty):
        return None  # the manifest of many: each of them has an event of its own
    if event.name != "training.change_clothes":
        return ("duty", thing.pk)
    day = standards.today_at(thing.project, thing.from_at)
    first = _of_day(thing.project, day).filter(employee_id=thing.employee_id).order_by("from_at").first()
    return ("duty", first.pk) if first else None


def is_hygienic(duty: Duty) -> bool:
    """A shift at such a post."""
    return duty.post in posts_of(duty.project, standards.today_at(duty.project, duty.from_at))


def changed(project: Project, duties: Iterable[int]) -> set[int]:
    """The shifts for which clean clothes are on record."""
    rows = Event.objects.filter(
        project=project, name="training.change_clothes", subject_label="duty", subject_id__in=list(duties)
    )
    return set(rows.values_list("subject_id", flat=True))


def to_change(project: Project, by: Actor, leads: bool) -> list[tuple[Duty, bool]]:
    """Today's shifts with whether it is noted: of everybody for a lead, one's own for others."""
    rows = shifts_of_today(project, by.at).select_related("employee", "project").order_by("from_at", "pk")
    if not leads:
        rows = rows.filter(employee_id=by.id)
    found = list(rows[:100])
    done = changed(project, [one.pk for one in found]) if found else set()
    return [(one, one.pk in done) for one in found]


# -- each year ---------------------------------------------------------------------------------------------------------


def holder_of(kind: str) -> Callable[[Any, Event], tuple[str, int] | None]:
    """Whose year a certificate of this kind settles."""

    def found(certificate: Certificate, event: Event) -> tuple[str, int] | None:
        return ("employee", certificate.employee_id) if certificate.kind == kind else None

    return found


def is_of_this_year(event: Event, certificate: Certificate) -> bool:
    """An old paper that is entered now is no check of this year."""
    newest = event.given.get("issued_on") or certificate.issued_on
    issued = date.fromisoformat(newest) if isinstance(newest, str) else newest
    return issued.year == standards.today_at(certificate.project, event.at).year
