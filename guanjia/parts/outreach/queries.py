"""Reading notices: how many are unread (the bell), a page of them, whom a thing concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from guanjia.kernel import subjects
from guanjia.kernel.actors import RESIDENT, Actor
from guanjia.kernel.models import Event
from guanjia.people import queries as people
from guanjia.people.models import AccountHome, Employee
from guanjia.places.models import Project

from .kinds import KINDS, Kind
from .models import MailWish, Message, Notice

PAGE = 25
MOST_COUNTED = 100  # the bell says 99+ beyond
EXECUTOR, EXECUTOR_BEFORE, OWNER, OBSERVERS, REPORTER = "executor", "executor_before", "owner", "observers", "reporter"
ON_DUTY = "on_duty:"


def on_duty(post: str) -> str:
    """Whoever is on at a post when it happens; where nobody is, everybody who holds the post."""
    return ON_DUTY + post


# -- what a person is told ------------------------------------------------------------------------------------------


def unread_notices(by: Actor, project: Project | None = None) -> QuerySet[Notice]:
    """Unread notices of this person, no further than 100, over one partial index."""
    rows = Notice.visible_to(by).filter(read_at__isnull=True)
    if project is not None:
        rows = rows.filter(project=project)
    return rows.order_by()[:MOST_COUNTED]


def unread(by: Actor, project: Project | None = None) -> int:
    """How many are unread, counted no further than 100, in one statement."""
    return int(unread_notices(by, project).count())


@dataclass(frozen=True)
class Line:
    """A notice as the page shows it: the thing is looked up now, as this person may see it now."""

    notice: Notice
    kind: Kind
    thing: Any
    url: str

    @property
    def about(self) -> str:
        """What the thing is called today; empty where it may no longer be seen."""
        parts = [str(getattr(self.thing, name, "") or "") for name in ("title", "place")] if self.thing else []
        return "　".join(part for part in parts if part)


def page(project: Project, by: Actor, *, before: int | None = None, size: int = PAGE) -> tuple[list[Line], int | None]:
    """One keyset page, newest first, and where the next one begins."""
    rows = Notice.visible_to(by).filter(project=project).order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    more = found[size - 1].pk if len(found) > size else None
    return lines(project, by, found[:size]), more


def lines(project: Project, by: Actor, notices: list[Notice]) -> list[Line]:
    """Notices with their things: one statement a kind of thing."""
    things = subjects.named({(n.subject_label, n.subject_id) for n in notices}, by)
    made = []
    for notice in notices:
        thing = things.get((notice.subject_label, notice.subject_id))
        if thing is not None and hasattr(thing, "project_id") and not isinstance(thing, Project):
            thing.project = project
        url = subjects.address_of(thing) if thing is not None else ""
        made.append(Line(notice, KINDS.get(notice.kind, Kind(notice.title, "bell", "neutral")), thing, url))
    return made


def wish_of(employee_id: int, project_id: int) -> MailWish:
    """What somebody wishes about e-mail; without a word of theirs: all of it, at any hour."""
    found = MailWish.objects.filter(project_id=project_id, employee_id=employee_id).first()
    return found or MailWish(project_id=project_id, employee_id=employee_id)


def sent_about(thing: Any, *, limit: int = 20) -> list[Message]:
    """Who was sent what about a thing, masked, newest first: for who has already reached the thing."""
    rows = Message.objects.filter(
        project_id=thing.project_id, subject_label=subjects.label_of(thing), subject_id=thing.pk
    )
    return list(rows.select_related("project").defer("sealed").order_by("-id")[:limit])


def sent_to(resident: Any, *, limit: int = 20) -> list[Message]:
    """What a resident was sent, newest first."""
    rows = Message.objects.filter(project_id=resident.project_id, resident_id=resident.pk)
    return list(rows.select_related("project").defer("sealed").order_by("-id")[:limit])


def failed(project: Project, by: Actor) -> QuerySet[Message]:
    """What did not go out, or nobody knows: for those who lead."""
    ended = (Message.State.FAILED, Message.State.UNSURE)
    return Message.visible_to(by).filter(project=project, state__in=ended).defer("sealed")


def due(at: datetime, most: int = 200) -> list[Message]:
    """What waits and may go now, longest waiting first; across projects, one index."""
    rows = Message.objects.filter(state=Message.State.QUEUED, next_at__lte=at).order_by("next_at")
    return list(rows.only("id", "project_id", "purpose")[:most])


# -- whom a thing concerns ------------------------------------------------------------------------------------------


def concerned(thing: Any, names: Iterable[str], event: Event) -> tuple[list[int], list[int]]:
    """Employees and residents behind role names, as they stood at the event; with who stands in for the absent."""
    project = getattr(thing, "project", thing)
    staff: list[int] = []
    residents: list[int] = []
    for name in names:
        if name == REPORTER:
            residents += _some(getattr(thing, "resident_id", None))
        else:
            staff += _behind(name, thing, project, event)
    stand_ins = people.covers_on(project, _day(event.at)) if staff else {}
    staff += [stand_ins[one].pk for one in staff if one in stand_ins]
    employed = set(Employee.objects.filter(pk__in=staff, state=Employee.State.ACTIVE).values_list("pk", flat=True))
    return [one for one in dict.fromkeys(staff) if one in employed], list(dict.fromkeys(residents))


def resident_behind(event: Event) -> int:
    """The resident who did it themself; 0 for anybody else."""
    if event.actor_kind != RESIDENT:
        return 0
    account = AccountHome.objects.filter(resident_id=event.actor_id).values("account_id")
    homes = AccountHome.objects.filter(account_id__in=account, project_id=event.project_id)
    return int(homes.order_by("-id").values_list("resident_id", flat=True).first() or 0)


def _behind(name: str, thing: Any, project: Project, event: Event) -> list[int]:
    if name.startswith(ON_DUTY):
        return _at_post(name.removeprefix(ON_DUTY), project, event.at)
    if name == OBSERVERS:
        return list(thing.observers.values_list("employee_id", flat=True)) if hasattr(thing, "observers") else []
    role = name.removesuffix("_before")
    before, after = event.changes.get(f"{role}_id") or [None, getattr(thing, f"{role}_id", None)]
    return _some(before if name != role else after)


def _at_post(post: str, project: Project, at: datetime) -> list[int]:
    found = [one.pk for one in people.on_duty(project, post, at)]
    return found or list(people.holders(project, post, at).values_list("pk", flat=True))


def _some(one: Any) -> list[int]:
    return [int(one)] if one else []


def _day(at: datetime) -> Any:
    from django.utils import timezone

    return timezone.localdate(at)
