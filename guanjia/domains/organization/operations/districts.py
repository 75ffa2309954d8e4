"""Districts: drawn by building or unit, given to a steward; over 600 households the project manager confirms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards.queries import rule_in_force
from guanjia.people import posts, queries
from guanjia.people.models import DistrictPost, Employee
from guanjia.places import queries as places
from guanjia.places.models import District, DistrictPart, Project

from ..forms import AssignForm, DistrictForm


@operation(Project, label=_("Draw a district"), form=DistrictForm, creates=District, clauses=["ORG-06"], icon="map-pin")
def open_district(project: Project, *, by: Actor, name: str, buildings: Any, units: Any) -> District:
    """A district of whole buildings, single units, or both."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if District.objects.filter(project=project, name=name).exists():
        raise Refused("name", _("A district of this name is on record already."))
    _refuse_taken(project, buildings, units, None)
    district = District.objects.create(project=project, name=name)
    _draw(district, buildings, units)
    return district


@operation(District, label=_("Redraw"), form=DistrictForm, clauses=["ORG-06"], icon="map-pin")
def redraw_district(district: District, *, by: Actor, name: str, buildings: Any, units: Any) -> None:
    """Other buildings or units, another name."""
    Project.objects.select_for_update(no_key=True).get(pk=district.project_id)
    if District.objects.filter(project_id=district.project_id, name=name).exclude(pk=district.pk).exists():
        raise Refused("name", _("A district of this name is on record already."))
    _refuse_taken(district.project, buildings, units, district)
    DistrictPart.objects.filter(project_id=district.project_id, district=district).delete()
    _draw(district, buildings, units)
    district.name = name


def _refuse_taken(project: Project, buildings: Any, units: Any, own: District | None) -> None:
    taken = DistrictPart.objects.filter(project=project).filter(Q(building__in=buildings) | Q(unit__in=units))
    if own is not None:
        taken = taken.exclude(district=own)
    part = taken.select_related("district", "building", "unit__building").first()
    if part:
        raise Refused(
            "buildings" if part.building_id else "units",
            _("%(part)s belongs to %(district)s.") % {"part": part.building or part.unit, "district": part.district},
        )


def _draw(district: District, buildings: Any, units: Any) -> None:
    DistrictPart.objects.bulk_create(
        [DistrictPart(project_id=district.project_id, district=district, building=b) for b in buildings]
        + [DistrictPart(project_id=district.project_id, district=district, unit=u) for u in units]
    )


def limit_of_households(project: Project, on: date) -> int:
    """How many households one steward may have without a confirmation (ORG-05)."""
    return int(rule_in_force("ORG-05", project, on)["limit"])


@operation(District, label=_("Give to a steward"), form=AssignForm, clauses=["ORG-05", "ORG-06"], icon="user-check")
def assign_district(
    district: District, *, by: Actor, employee: Employee, from_on: date | None, confirm_over_limit: bool
) -> None:
    """The steward of a district from a day on. The one before ends the day before."""
    today = timezone.localdate(by.at)
    start = from_on or today
    if not today - timedelta(days=31) <= start <= today + timedelta(days=92):
        raise Refused("from_on", _("Choose a day from a month ago to three months ahead."))
    if not set(queries.posts_held(employee, district.project, by.at)) & {posts.STEWARD, posts.CUSTOMER_ASSISTANT}:
        raise Refused("employee", _("%(name)s is not a steward here.") % {"name": employee.name})
    # Two districts given to one steward at once: the second waits here and counts the first.
    Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    is_over = _check_load(district, employee, by, confirm_over_limit)
    current = DistrictPost.objects.filter(project_id=district.project_id, district=district, to_on__isnull=True)
    if current.filter(employee=employee).exists():
        raise Refused("employee", _("%(name)s has this district already.") % {"name": employee.name})
    if current.filter(from_on__gte=start).exists():
        current.filter(from_on__gte=start).delete()
    current.update(to_on=start - timedelta(days=1))
    DistrictPost.objects.create(
        project_id=district.project_id,
        district=district,
        employee=employee,
        from_on=start,
        confirmed_over_limit=is_over,
    )


def _check_load(district: District, employee: Employee, by: Actor, is_confirmed: bool) -> bool:
    """Whether the load is over the limit; refused unless the project manager confirms it."""
    mine = set(queries.districts_of(employee, district.project, by.at).values_list("id", flat=True)) | {district.pk}
    load = places.houses_of_districts(district.project, mine).count()
    limit = limit_of_households(district.project, timezone.localdate(by.at))
    if load <= limit:
        return False
    if is_confirmed and (by.is_system or by.holds(district.project_id, posts.PROJECT_MANAGER)):
        return True
    raise Refused(
        "confirm_over_limit",
        _("That makes %(load)d households, over %(limit)d. The project manager can confirm it.")
        % {"load": load, "limit": limit},
        "ORG-05",
    )
