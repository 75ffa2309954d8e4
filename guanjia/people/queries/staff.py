"""Who holds a post, and who is the superior."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from guanjia.places.models import Project

from .. import posts
from ..models import Department, Employee, Posting, ReportsTo
from .dates import holding
from .duty import on_duty


def holders(project: Project, post: str, at: datetime) -> QuerySet[Employee]:
    """Everybody who holds a post at the project."""
    held = Posting.objects.filter(holding(timezone.localdate(at)), project=project, post=post, employee=OuterRef("pk"))
    return Employee.objects.filter(Exists(held), state=Employee.State.ACTIVE)


def staff_of(project: Project, at: datetime) -> QuerySet[Employee]:
    """Everybody who holds any post at the project, with the posts of today in `posts_now`."""
    now = Posting.objects.filter(holding(timezone.localdate(at)), project=project)
    return Employee.objects.filter(
        Exists(now.filter(employee=OuterRef("pk"))), state=Employee.State.ACTIVE
    ).prefetch_related(Prefetch("postings", queryset=now, to_attr="posts_now"))


def posts_held(employee: Employee, project: Project, at: datetime) -> list[str]:
    """Post ids held at the project on the day."""
    day = timezone.localdate(at)
    return sorted(
        Posting.objects.filter(holding(day), project=project, employee=employee).values_list("post", flat=True)
    )


def reporting_tree(project: Project) -> dict[str, str]:
    """Post → superior post: the default with the project's changes."""
    return {
        **posts.REPORTS_TO,
        **dict(ReportsTo.objects.filter(project=project).values_list("post", "superior")),
    }


def superior_of(employee: Employee, project: Project, at: datetime | None = None) -> Employee | None:
    """Who an employee reports to: up the tree to the first post that is held, on duty first."""
    moment = at or timezone.now()
    tree = reporting_tree(project)
    held = posts_held(employee, project, moment)
    return next((s for post in held if (s := _above(tree, post, employee, project, moment))), None)


def _above(tree: Mapping[str, str], post: str, below: Employee, project: Project, at: datetime) -> Employee | None:
    seen = {post}
    while (post := tree.get(post, "")) and post not in seen:
        seen.add(post)
        found = [e for e in on_duty(project, post, at) if e.pk != below.pk] or list(
            holders(project, post, at).exclude(pk=below.pk)[:1]
        )
        if found:
            return found[0]
    return None


def departments(project: Project) -> QuerySet[Department]:
    """The directory of departments, for passing a resident on (ORG-04)."""
    return Department.objects.filter(project=project).order_by("id")
