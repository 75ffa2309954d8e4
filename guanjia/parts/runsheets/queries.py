"""Reading run sheets: the steps, what may be started by whom, what is under way about a thing."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import label_of
from guanjia.people import posts
from guanjia.places.models import Project

from .models import RunSheet, RunStep

# Whoever answers for a team may start and go on with any procedure.
ANY = posts.SUPERVISORS | posts.MANAGERS | {posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER, posts.COMPANY_SERVICE}


def procedures() -> list[book.Clause]:
    return [clause for clause in book.clauses() if clause.kind == "procedure"]


def is_for(clause: book.Clause, by: Actor, project_id: int) -> bool:
    """Whether this person's post carries the procedure out."""
    held = by.posts.get(project_id, frozenset())
    return bool(held & ANY or held & set(clause.roles) or (held and "all_staff" in clause.roles))


def startable(by: Actor, project_id: int) -> list[book.Clause]:
    return [clause for clause in procedures() if by.is_system or is_for(clause, by, project_id)]


def sheets(project: Project, by: Actor) -> QuerySet[RunSheet]:
    """The sheets of a project with how many steps they have and how many are settled."""
    rows = RunSheet.visible_to(by).filter(project=project).select_related("project", "started_by")
    settled = Count("steps", filter=~Q(steps__outcome=RunStep.Outcome.OPEN))
    return rows.annotate(steps_count=Count("steps"), settled_count=settled)


def steps_of(sheet: RunSheet) -> list[RunStep]:
    rows = RunStep.objects.filter(project_id=sheet.project_id, sheet=sheet)
    return list(rows.select_related("by").order_by("number"))


def about(thing: Any, by: Actor) -> list[RunSheet]:
    """Procedures that were started on a thing, newest first."""
    rows = RunSheet.visible_to(by).filter(project_id=thing.project_id, about_label=label_of(thing), about_id=thing.pk)
    return list(rows.select_related("project").order_by("-id")[:20])
