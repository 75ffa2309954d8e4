"""Whom to revisit first (REV-06): a view of what happened, in the order of the clause, each with its reason.

Nothing is written down for it: a household that moved in, a complaint that was kept, a repair that was confirmed stand
here by themselves, and are gone as soon as somebody has asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks.models import Clock
from guanjia.parts.clocks.rules import by_limit
from guanjia.parts.entries.models import Entry
from guanjia.parts.obligations import periods
from guanjia.parts.standards import calendars
from guanjia.people import reach
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import House, Project
from guanjia.web import words

from .models import Mode, Timing, Trigger, Visit

RANK = {trigger: place for place, trigger in enumerate(Trigger)}
# Our defaults (note of REV-14): seven days after moving in, three working days after a complaint, a quarter for a VIP.
DEFAULTS: dict[str, tuple[int | None, str]] = {
    Trigger.MOVE_IN: (7, Mode.HOME),
    Trigger.COMPLAINT: (3, Mode.PHONE),
    Trigger.MAJOR_REPAIR: (None, Mode.HOME),
    Trigger.VIP: (90, Mode.HOME),
    Trigger.REPAIR: (None, Mode.PHONE),
}
# What happened longer ago is no reason any more; a VIP shows two weeks ahead.
WINDOW, AHEAD, MOST = timedelta(days=60), timedelta(days=14), 60


@dataclass(frozen=True)
class Ask:
    """One household to be asked: why, by when, how, and where it is done."""

    trigger: str
    place: str
    who: str
    why: str
    due_at: datetime
    mode: str
    url: str

    @property
    def order(self) -> tuple[int, datetime]:
        return RANK[Trigger(self.trigger)], self.due_at


@dataclass(frozen=True)
class Search:
    """Whose queue, at which project, within which houses, by which timing."""

    project: Project
    by: Actor
    houses: QuerySet[House] | None
    timing: dict[str, tuple[int | None, str]]

    def near(self, rows: QuerySet[Any], path: str = "house") -> QuerySet[Any]:
        """A steward asks the households of the own districts."""
        return rows if self.houses is None else rows.filter(**{f"{path}__in": self.houses})


def timings(project: Project) -> dict[str, tuple[int | None, str]]:
    """Days and way of each trigger that is in use."""
    decided = {row.trigger: row for row in Timing.objects.filter(project=project)}
    found = dict(DEFAULTS)
    for trigger, row in decided.items():
        if row.is_on:
            found[trigger] = (row.days or DEFAULTS[trigger][0], row.mode)
        else:
            found.pop(trigger)
    return found


def waiting(project: Project, by: Actor) -> list[Ask]:
    """The queue: by the clause's order, then by what is due first."""
    search = Search(project, by, reach.houses(by, project), timings(project))
    found: list[Ask] = []
    for triggers, source in SOURCES:
        if triggers & set(search.timing):
            found += [one for one in source(search) if one.trigger in search.timing]
    return sorted(found, key=lambda one: one.order)


def _day(project: Project, day: date) -> datetime:
    """The end of a day at the project."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(project.zone))


def _visit_url(project: Project, house_id: int, resident_id: int | None, mode: str) -> str:
    given: dict[str, Any] = {"house": house_id, "kind": "home_visit", "mode": mode}
    if resident_id:
        given["resident"] = resident_id
    return f"{reverse('followups:visits:new', args=[project.code])}?{urlencode(given)}"


def _moved_in(search: Search) -> Iterator[Ask]:
    """Households that came within the window and were not visited since."""
    project, (days, mode) = search.project, search.timing[Trigger.MOVE_IN]
    today = timezone.localdate(search.by.at)
    rows = Occupancy.visible_to(search.by).filter(
        project=project, ended_on__isnull=True, from_on__gt=today - WINDOW, from_on__lte=today,
        role__in=[Occupancy.Role.OWNER, Occupancy.Role.TENANT], resident__erased_at__isnull=True,
    )  # fmt: skip
    since = Visit.objects.filter(project=project, house=OuterRef("house_id"), at__date__gte=OuterRef("from_on"))
    rows = search.near(rows.filter(~Exists(since))).select_related("house", "resident").order_by("from_on", "pk")
    for row in _first_of_each_house(rows[:MOST]):
        due = _day(project, row.from_on + timedelta(days=days or 0))
        why = _("Moved in %(day)s; asked within %(days)d days.") % {"day": words.when(row.from_on), "days": days}
        url = _visit_url(project, row.house_id, row.resident_id, mode)
        yield Ask(Trigger.MOVE_IN, row.house.code, row.resident.name, why, due, mode, url)


def _first_of_each_house(rows: Iterable[Occupancy]) -> Iterator[Occupancy]:
    seen: set[int] = set()
    for row in rows:
        if row.house_id not in seen:
            seen.add(row.house_id)
            yield row


def _complained(search: Search) -> Iterator[Ask]:
    """Complaints on record whose household was not asked since."""
    project, (days, mode) = search.project, search.timing[Trigger.COMPLAINT]
    rows = Entry.visible_to(search.by).filter(
        project=project, form_id="F-CMP", house__isnull=False, kept_at__gt=search.by.at - WINDOW
    )
    asked = Visit.objects.filter(project=project, house=OuterRef("house_id"), at__gt=OuterRef("kept_at"))
    rows = search.near(rows.exclude(state="struck").filter(~Exists(asked))).select_related("house").order_by("kept_at")
    workdays = calendars.calendar_of(project, calendars.WORKDAYS)
    for row in rows[:MOST]:
        due = by_limit(workdays, row.kept_at, {"within": f"P{days}D"}, row)
        why = _("Complaint %(number)s of %(day)s; asked within %(days)d working days.") % {
            "number": row.number, "day": words.when(row.kept_at), "days": days,
        }  # fmt: skip
        house: Any = row.house
        yield Ask(Trigger.COMPLAINT, house.code, "", why, due, mode, _visit_url(project, house.pk, None, mode))


def _repaired(search: Search) -> Iterator[Ask]:
    """Confirmed repairs; a major one was an emergency, or had to be done again."""
    running = Clock.objects.filter(
        project=search.project, rule_key="followups.revisit_repair", subject_label="case", subject_id=OuterRef("pk"),
        stopped_at__isnull=True,
    )  # fmt: skip
    rows = Case.visible_to(search.by).filter(project=search.project, state=State.CONFIRMED)
    if search.houses is not None:
        rows = rows.filter(house__in=search.houses)
    rows = rows.annotate(asked_by=Subquery(running.order_by("-pk").values("due_at")[:1]))
    for case in rows.select_related("house", "spot", "resident").order_by(F("asked_by").asc(nulls_last=True))[:MOST]:
        is_major = case.urgency == Case.Urgency.EMERGENCY or case.round > 1
        trigger = Trigger.MAJOR_REPAIR if is_major else Trigger.REPAIR
        if trigger in search.timing:
            mode = search.timing[trigger][1]
            yield Ask(
                trigger, case.place, case.resident.name if case.resident else "", _repair_why(case),
                case.asked_by or case.moved_at, mode, subjects.address_of(case),
            )  # fmt: skip


def _repair_why(case: Case) -> str:
    given = {"number": case.number, "day": words.when(case.moved_at)}
    if case.round > 1:
        return _("Repair %(number)s was done again; confirmed %(day)s.") % given
    if case.urgency == Case.Urgency.EMERGENCY:
        return _("Emergency repair %(number)s; confirmed %(day)s.") % given
    return _("Repair %(number)s; confirmed %(day)s.") % given


def _particular(search: Search) -> Iterator[Ask]:
    """Residents of particular attention whose last visit is a quarter ago, or who were never visited."""
    project, (days, mode) = search.project, search.timing[Trigger.VIP]
    homes = Occupancy.objects.filter(project=project, resident=OuterRef("pk"), ended_on__isnull=True)
    homes = search.near(homes).order_by("-is_head", "pk")
    visited = Visit.objects.filter(project=project, resident=OuterRef("pk")).order_by()
    rows = Resident.visible_to(search.by).filter(
        project=project, is_vip=True, merged_into__isnull=True, erased_at__isnull=True
    )
    last = Subquery(visited.values("resident").annotate(last=Max("at")).values("last"))
    rows = rows.annotate(home=Subquery(homes.values("house_id")[:1]), code=Subquery(homes.values("house__code")[:1]))
    rows = rows.annotate(last=last).filter(home__isnull=False).order_by(F("last").asc(nulls_first=True), "pk")
    quarter = periods.first_day("quarter", timezone.localdate(search.by.at))
    quarter_ends = _day(project, periods.next_first("quarter", quarter) - timedelta(days=1))
    for row in rows[:MOST]:
        due = _day(project, timezone.localdate(row.last) + timedelta(days=days or 0)) if row.last else quarter_ends
        if row.last and due > search.by.at + AHEAD:
            return
        why = (
            _("Last visited %(day)s; every %(days)d days.") % {"day": words.when(row.last), "days": days}
            if row.last
            else _("Never visited; every %(days)d days.") % {"days": days}
        )
        yield Ask(Trigger.VIP, row.code, row.name, why, due, mode, _visit_url(project, row.home, row.pk, mode))


SOURCES: tuple[tuple[set[Any], Any], ...] = (
    ({Trigger.MOVE_IN}, _moved_in),
    ({Trigger.COMPLAINT}, _complained),
    ({Trigger.MAJOR_REPAIR, Trigger.REPAIR}, _repaired),
    ({Trigger.VIP}, _particular),
)
