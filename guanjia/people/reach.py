"""Whose households somebody may use: the counter and the leads every one, a steward those of the own districts.

The first half of docs/who-sees-what.md in code: contacts and care by district, assignment or the counter (PRIV-02).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.places import queries as places
from guanjia.places.models import House, Project

from . import posts, queries
from .models import CareTag, DistrictCover, Employee, Occupancy, Resident

# Posts that may see why somebody needs care (fields by post).
SEES_CARE = posts.SERVICE | {posts.PROJECT_MANAGER, posts.SECURITY_MANAGER}
# The counter and the leads reach every household; a steward those of the own districts.
REACHES_ALL = posts.COUNTER | posts.SUPERVISORS | {posts.SERVICE_LEAD, posts.CASHIER}


def houses(by: Actor, project: Project, readers: frozenset[str] = posts.EVERYONE) -> QuerySet[House] | None:
    """The houses whose households this person's posts open, of those who may know (`readers`); None for all of them.

    Right and district are judged of the same post: a second one with a wider reach widens only what itself may know.
    """
    if by.is_system:
        return None
    held = by.posts.get(project.pk, frozenset()) & readers if by.is_staff else frozenset()
    if held & REACHES_ALL:
        return None
    return _own_houses(by, project) if held else House.objects.none()


def _own_houses(by: Actor, project: Project) -> QuerySet[House]:
    kept = by.memo.get(("reach", project.pk))
    if kept is None:
        kept = by.memo[("reach", project.pk)] = districts(by, project)
    assert isinstance(kept, list)
    return places.houses_of_districts(project, kept)


def near(rows: QuerySet[Any], by: Actor, readers: frozenset[str]) -> QuerySet[Any]:
    """Rows about a `resident`: by these posts, and by district for those of them that have districts."""
    if by.is_system:
        return rows
    mine = {pk: held & readers for pk, held in by.posts.items() if held & readers} if by.is_staff else {}
    narrow = [pk for pk, held in mine.items() if not held & REACHES_ALL]
    reach: Any = Q(project_id__in=[pk for pk in mine if pk not in narrow])
    for project in Project.objects.filter(pk__in=narrow) if narrow else ():
        homes = Occupancy.objects.filter(project=project, house__in=_own_houses(by, project), ended_on__isnull=True)
        reach |= Q(project=project, resident__in=homes.values("resident"))
    return rows.filter(reach)


def reaches(by: Actor, resident: Resident, readers: frozenset[str] = posts.EVERYONE) -> bool:
    """Whether this household is this person's to use, by one of these posts."""
    mine = houses(by, resident.project, readers)
    if mine is None:
        return True
    homes = Occupancy.objects.filter(project_id=resident.project_id, resident=resident, ended_on__isnull=True)
    return mine.filter(pk__in=homes.values("house")).exists()


def may_see_care(by: Actor, project_id: int) -> bool:
    """Whether the post sees care at all."""
    return by.is_system or by.holds(project_id, *SEES_CARE)


def care_of(by: Actor, project: Project, resident_ids: Iterable[int]) -> QuerySet[CareTag]:
    """What holds now to be considerate of, as far as this person may know: by post and by district."""
    rows = queries.care_tags(resident_ids, project)
    mine = houses(by, project, SEES_CARE)
    if mine is None:
        return rows
    near = Occupancy.objects.filter(project=project, house__in=mine, ended_on__isnull=True)
    return rows.filter(resident__in=near.values("resident"))


def districts(by: Actor, project: Project) -> list[int]:
    """The own districts, those of colleagues one stands in for, those one was named for off hours."""
    me = Employee.objects.filter(pk=by.id).first() if by.is_staff else None
    if me is None:
        return []
    absent = [a for a, s in queries.covers_on(project, timezone.localdate(by.at)).items() if s.pk == me.pk]
    people = [me, *Employee.objects.filter(pk__in=absent)]
    mine = {pk for e in people for pk in queries.districts_of(e, project, by.at).values_list("id", flat=True)}
    named = DistrictCover.objects.filter(
        project=project, employee=me, from_at__lte=by.at, until_at__isnull=True
    ).values_list("district", flat=True)
    return sorted(mine | set(named))
