"""Reading shifts: what a handover says now or said then, who must read a pass-on, who is out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guanjia.kernel.actors import Actor, system
from guanjia.parts import handover as lines
from guanjia.parts.handover import Line
from guanjia.people import queries as people
from guanjia.people.models import Duty, Employee, Posting
from guanjia.people.queries.dates import holding
from guanjia.places.models import Project

from .models import TAKERS, Handover, HandoverLine, Note, Outing, PassOn, Reader, Transfer, WebPermit
from .models.handovers import GIVERS, State

# -- handovers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drafted:
    """A line as the handover page shows it: read live while it is open, as it was signed afterwards."""

    line: Line
    rows: tuple[Any, ...]
    count: int
    has_more: bool
    urgent_ids: tuple[int, ...]
    kept: HandoverLine | None

    @property
    def owes_reason(self) -> bool:
        """Something presses that nobody has explained yet."""
        said = set(self.kept.urgent_ids) if self.kept and self.kept.reason else set()
        return not set(self.urgent_ids) <= said

    @property
    def owes_count(self) -> bool:
        """What lies here was not counted, or has changed since; a difference without a reason is no count."""
        kept = self.kept
        if not self.line.counted or (not self.count and kept is None):
            return False
        if kept is None or kept.found is None or kept.count != self.count:
            return True
        return kept.found != self.count and not kept.reason

    @property
    def is_settled(self) -> bool:
        return not (self.owes_reason or self.owes_count)


def handovers(project: Project, by: Actor) -> QuerySet[Handover]:
    rows = Handover.visible_to(by).filter(project=project)
    return rows.select_related("project", "giver", "receiver", "taken_up_by")


def open_now(project: Project, by: Actor) -> QuerySet[Handover]:
    """What waits for a signature, or for who comes first in the morning."""
    return handovers(project, by).filter(state__in=(State.OPEN, State.LOCKED))


def to_sign(project: Project, by: Actor) -> list[Handover]:
    """Open handovers that are mine to give, or that my post may take over or up."""
    held = by.posts.get(project.pk, frozenset())
    takes = [post for post, takers in TAKERS.items() if held & takers]
    mine = Q(giver_id=by.id) | Q(post__in=takes)
    return list(open_now(project, by).filter(mine).order_by("id")) if held else []


def given_posts(by: Actor, project_id: int) -> list[str]:
    """The posts that this person hands over."""
    held = by.posts.get(project_id, frozenset())
    return [post for post, givers in GIVERS.items() if held & givers]


def draft(handover: Handover, by: Actor) -> list[Drafted]:
    """The lines, in the order of the desk handover log."""
    kept = {one.key: one for one in HandoverLine.objects.filter(project_id=handover.project_id, handover=handover)}
    if not handover.is_open:
        return [d for key, one in kept.items() if (d := _signed(one, handover, by)) is not None and key]
    return [
        Drafted(one.line, one.rows, one.count, one.has_more, tuple(one.urgent_ids), kept.get(one.line.key))
        for one in lines.found(handover.project, by, handover.post)
    ]


def _signed(kept: HandoverLine, handover: Handover, by: Actor) -> Drafted | None:
    line = lines.registry.get(kept.key)
    if line is None:  # the room is gone
        return None
    rows = tuple(lines.again(line, handover.project, by, kept.ids))
    return Drafted(line, rows, kept.count, kept.has_more, tuple(kept.urgent_ids), kept)


def unsettled(handover: Handover, at: datetime) -> list[Drafted]:
    """Lines that stand between this handover and its signatures, asked as the system sees them at a moment."""
    return [one for one in draft(handover, system(at)) if not one.is_settled]


def left_by(employee_id: int, project_id: int, since: datetime) -> bool:
    """Whether somebody has handed over or locked up since a moment."""
    done = (State.SIGNED, State.LOCKED, State.TAKEN_UP)
    rows = Handover.objects.filter(project_id=project_id, giver_id=employee_id, state__in=done, moved_at__gte=since)
    return rows.exists()


def others_on(duty: Duty, held: Iterable[str], at: datetime) -> bool:
    """Whether a colleague of these posts is on, signed in, beside this shift."""
    rows = Duty.objects.filter(
        project_id=duty.project_id, post__in=list(held), from_at__lte=at, to_at__gt=at, ended_at__isnull=True,
        signed_in_at__isnull=False,
    )  # fmt: skip
    return rows.exclude(employee_id=duty.employee_id).exists()


# -- the log ----------------------------------------------------------------------------------------------------------


def notes(project: Project, by: Actor) -> QuerySet[Note]:
    return Note.visible_to(by).filter(project=project).select_related("author", "project")


def notes_since(project: Project, by: Actor, since: datetime, *, most: int = 60) -> list[Note]:
    """The log of the last shift and of this one, newest first."""
    return list(notes(project, by).filter(at__gte=since).order_by("-at", "-id")[:most])


def notes_of(note: Note, by: Actor) -> list[Note]:
    """All lines of the same person and shift, oldest first: one work log."""
    rows = notes(note.project, by).filter(author_id=note.author_id)
    if note.duty_id:
        return list(rows.filter(duty_id=note.duty_id).order_by("at", "id"))
    day = note.at.astimezone(ZoneInfo(note.project.zone)).date()
    near = rows.filter(duty__isnull=True, at__date=day)
    return list(near.order_by("at", "id"))


def shift_of(by: Actor, project: Project) -> Duty | None:
    """My shift now."""
    me = Employee.objects.filter(pk=by.id).first() if by.is_staff else None
    return people.duty_of(me, project, by.at) if me else None


# -- pass-ons ---------------------------------------------------------------------------------------------------------


def pass_ons(project: Project, by: Actor) -> QuerySet[PassOn]:
    """With how many must read it and how many have."""
    rows = PassOn.visible_to(by).filter(project=project).select_related("author", "project")
    read = Count("readers", filter=Q(readers__read_at__isnull=False))
    return rows.annotate(readers_count=Count("readers"), read_count=read)


def to_read(project: Project, by: Actor) -> list[PassOn]:
    """What this person must read and has not: named, or by a post (also one they took up later)."""
    held = sorted(by.posts.get(project.pk, frozenset()))
    today = by.at.astimezone(ZoneInfo(project.zone)).date()
    mine = Reader.objects.filter(project=project, note=OuterRef("pk"), employee_id=by.id)
    rows = PassOn.objects.filter(project=project, state="in_force", until_on__gte=today)
    rows = rows.filter(Exists(mine) | (Q(posts__overlap=held) & ~Q(author_id=by.id)))
    unread = rows.exclude(Exists(mine.filter(read_at__isnull=False))).select_related("author", "project")
    return list(unread.order_by("-is_urgent", "id")[:20]) if by.is_staff else []


def must_read(note: PassOn, by: Actor) -> bool:
    """Whether this person is among its readers and has not read it."""
    row = Reader.objects.filter(project_id=note.project_id, note=note, employee_id=by.id).first()
    if row is not None:
        return row.read_at is None
    return note.author_id != by.id and by.holds(note.project_id, *note.posts)


def readers(note: PassOn) -> list[Reader]:
    """Who must read it, the unread first."""
    rows = Reader.objects.filter(project_id=note.project_id, note=note).select_related("employee")
    return sorted(rows, key=lambda one: (one.read_at is not None, one.read_at or note.passed_at, one.pk))


def unread_ids(note: PassOn) -> list[int]:
    rows = Reader.objects.filter(project_id=note.project_id, note=note, read_at__isnull=True)
    return list(rows.filter(employee__state=Employee.State.ACTIVE).values_list("employee_id", flat=True))


def holders_of(project: Project, held: Iterable[str], at: datetime) -> list[int]:
    """Everybody who holds one of the posts here on that day."""
    day = at.astimezone(ZoneInfo(project.zone)).date()
    rows = Posting.objects.filter(holding(day), project=project, post__in=list(held))
    rows = rows.filter(employee__state=Employee.State.ACTIVE)
    return sorted(set(rows.values_list("employee_id", flat=True)))


def unread_since(before: datetime) -> QuerySet[PassOn]:
    """Pass-ons in force that somebody has not read, not reminded of since a moment; across projects, one index."""
    waiting = Reader.objects.filter(project_id=OuterRef("project_id"), note=OuterRef("pk"), read_at__isnull=True)
    rows = PassOn.objects.filter(Exists(waiting), state="in_force", until_on__gte=before.date())
    return rows.filter(Q(reminded_at__lt=before) | Q(reminded_at__isnull=True, passed_at__lt=before))


# -- out, online, leaving ---------------------------------------------------------------------------------------------


def outings(project: Project, by: Actor) -> QuerySet[Outing]:
    return Outing.visible_to(by).filter(project=project).select_related("employee", "told_to", "project")


def out_now(project: Project, by: Actor) -> QuerySet[Outing]:
    return outings(project, by).filter(state="away")


def permits(project: Project, by: Actor) -> QuerySet[WebPermit]:
    return WebPermit.visible_to(by).filter(project=project).select_related("employee", "granted_by", "project")


def transfers(project: Project, by: Actor) -> QuerySet[Transfer]:
    rows = Transfer.visible_to(by).filter(project=project)
    return rows.select_related("project", "giver", "receiver", "district", "completed_by")


def own_of(transfer: Transfer, by: Actor) -> list[lines.Found]:
    """What is open and still the leaver's own."""
    return list(lines.of_person(transfer.project, by, transfer.giver_id))
