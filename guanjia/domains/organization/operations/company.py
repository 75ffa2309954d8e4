"""The company: projects, departments and the reporting tree."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts, queries
from guanjia.people.models import Department, Posting, ReportsTo
from guanjia.places.models import Project

from ..forms import DepartmentForm, OpenProjectForm, ProjectForm, SuperiorForm


@operation(
    Project, label=_("Open a project"), form=OpenProjectForm, creates=Project, guarded=True, icon="building-estate"
)
def open_project(
    project: Project,
    *,
    by: Actor,
    code: str,
    short_code: str,
    name: str,
    city: str,
    kind: str,
    level: str,
    hotline: str,
) -> Project:
    """A new community. Whoever opens it is its administrator until somebody else is."""
    if not project.is_office:
        raise Refused("", _("Projects are opened at the head office."))
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if Project.objects.filter(code=code).exists():
        raise Refused("code", _("This short name is taken."))
    if Project.objects.filter(short_code=short_code).exists():
        raise Refused("short_code", _("These letters are taken: numbers of two projects would look alike."))
    made = Project.objects.create(
        code=code,
        short_code=short_code,
        name=name,
        city=city,
        kind=kind or Project.Kind.RESIDENTIAL,
        level=level or Project.Level.BASIC,
        hotline=hotline,
        zone=project.zone,
    )
    if by.is_staff:
        Posting.objects.create(
            project=made, employee_id=by.id, post=posts.ADMINISTRATOR, from_on=timezone.localdate(by.at)
        )
    return made


@operation(Project, label=_("Adjust the project"), form=ProjectForm, clauses=["ORG-06", "ORG-19"], icon="adjustments")
def adjust_project(
    project: Project, *, by: Actor, kind: str, level: str, stars: int, opens_at: time, closes_at: time, hotline: str,
    city: str,
) -> None:  # fmt: skip
    """Kind, service level, hours, hotline. What runs keeps the hours and standards it was begun with."""
    if kind and not project.is_office:
        project.kind = kind
    project.level, project.stars, project.city = level, stars, city
    project.opens_at, project.closes_at, project.hotline = opens_at, closes_at, hotline


@operation(Project, label=_("Keep a department"), form=DepartmentForm, clauses=["ORG-04"], icon="users-group")
def keep_department(project: Project, *, by: Actor, short_name: str, name: str, duties: str, phone: str) -> None:
    """A line of the directory: what a department is for and how to reach it. The same short name is rewritten."""
    Department.objects.update_or_create(
        project=project, key=short_name, defaults={"name": name, "duties": duties, "phone": phone}
    )


@operation(Project, label=_("Change the reporting tree"), form=SuperiorForm, clauses=["ORG-03"], icon="git-branch")
def set_superior(project: Project, *, by: Actor, post: str, superior: str) -> None:
    """Whom a post reports to at this project. A circle is refused."""
    tree = {**queries.reporting_tree(project), post: superior}
    at, seen = superior, {post}
    while at:
        if at in seen:
            raise Refused("superior", _("That would be a circle: this post stands under the other already."), "ORG-03")
        seen.add(at)
        at = tree.get(at, "")
    ReportsTo.objects.update_or_create(project=project, post=post, defaults={"superior": superior})
