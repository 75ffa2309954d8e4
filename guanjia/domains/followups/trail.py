"""The steward's trail of a month (REV-13): reception, home visits, dunning, the rounds beside them; from the journal.

Nothing is typed for it: what a steward did stands in the journal already, and is laid out here by its three duties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.people.models import DistrictPost, Employee
from guanjia.people.queries.dates import holding
from guanjia.places.models import Project

RECEPTION = frozenset({
    "cases.record_enquiry", "repairs.record", "reception.log", "reception.receive", "reception.help_out",
})  # fmt: skip
VISITS = frozenset({"followups.record_visit", "followups.revisit"})
DUNNING = frozenset({"entries.keep_arrears", "entries.keep_dun", "entries.keep_deadline", "entries.keep_paynotice"})
ROUNDS = frozenset({"entries.keep_pat", "entries.keep_pat_issue", "entries.keep_vac_pat", "entries.keep_ren_pat"})
MOST = 120


@dataclass
class Part:
    """One duty of the month, with what stands for it."""

    key: str
    label: Any
    names: frozenset[str]
    is_owed: bool = True
    total: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)


def parts() -> list[Part]:
    return [
        Part("reception", _("Residents received"), RECEPTION),
        Part("visits", _("Home visits and revisits"), VISITS),
        Part("dunning", _("Dunning"), DUNNING),
        Part("rounds", _("Rounds and patrols"), ROUNDS, is_owed=False),
    ]


def stewards(project: Project, at: datetime) -> QuerySet[Any]:
    """Whoever has a district now owes the trail themself."""
    held = DistrictPost.objects.filter(holding(timezone.localdate(at)), project=project)
    return Employee.objects.filter(pk__in=held.values("employee_id")).annotate(owes_id=F("pk"))


def of_month(project: Project, steward: Employee, first: date, by: Actor) -> list[Part]:
    """What the journal says of a steward in a month; things that may not be seen stay without a name."""
    made = parts()
    since = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    until = timezone.make_aware(datetime.combine(following, datetime.min.time()))
    for part in made:
        rows = Event.objects.filter(
            project=project, name__in=part.names, at__gte=since, at__lt=until, actor_kind="staff",
            actor_id=steward.pk,
        )  # fmt: skip
        part.total = rows.count()
        part.lines = _lines(list(rows.order_by("-at", "-id")[:MOST]), by)
    return made


def _lines(events: list[Event], by: Actor) -> list[dict[str, Any]]:
    things = subjects.named(((e.subject_label, e.subject_id) for e in events), by)
    _with_places(things.values())
    lines = []
    for event in events:
        thing = things.get((event.subject_label, event.subject_id))
        lines.append({
            "at": event.at, "act": operations.registry[event.name].label,
            "title": _title(thing), "url": subjects.address_of(thing) if thing is not None else "",
        })  # fmt: skip
    return lines


def _with_places(things: Iterable[Any]) -> None:
    """Houses and residents of what is shown, in one statement a kind."""
    kinds: dict[Any, list[Any]] = {}
    for thing in things:
        kinds.setdefault(type(thing), []).append(thing)
    for kind, rows in kinds.items():
        known = {f.name for f in kind._meta.get_fields()}
        if wanted := [name for name in ("project", "house", "spot") if name in known]:
            prefetch_related_objects(rows, *wanted)


def _title(thing: Any) -> str:
    if thing is None:
        return "–"
    house = getattr(thing, "house", None)
    words = str(getattr(thing, "title", "") or thing)
    return words if house is None or str(house) in words else f"{house}　{words}"
