"""Places: buildings with their floors, one house with who lives there, districts with their stewards."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domains.organization import operations as organization
from guanjia.domains.organization.operations.districts import limit_of_households
from guanjia.domains.residents import operations as residents
from guanjia.kernel.actors import Actor
from guanjia.people import queries, reach
from guanjia.people.models import CareTag, Occupancy
from guanjia.places import queries as places
from guanjia.places.models import Building, District, House, Project
from guanjia.web import words

from .frame import office_page, story, verbs
from .moves import moves

GROUND = {House.Use.VACANT: "vacant", House.Use.RENOVATING: "works"}


@office_page("places")
def page(request: Any) -> HttpResponse:
    """All buildings and common parts."""
    project, by = request.project, request.actor
    lived = Count("houses", filter=Q(houses__is_closed=False))
    vacant = Count("houses", filter=Q(houses__is_closed=False, houses__use=House.Use.VACANT))
    buildings = places.buildings(project).annotate(house_count=lived, vacant_count=vacant)
    context = {
        "tabs": request.tabs,
        "buildings": [{"url": reverse("office:building", args=[project.code, b.pk]), "building": b} for b in buildings],
        "spots": places.spots(project),
        "verbs": verbs(
            project, by, residents.register_building.name, residents.register_house.name, residents.register_spot.name
        ),
    }
    return render(request, "office/places.html", context)


@office_page("places")
def building(request: Any, pk: int) -> HttpResponse:
    """The floors of a building, coloured by use."""
    project, by = request.project, request.actor
    found = Building.visible_to(by).filter(project=project, pk=pk).first()
    if found is None:
        raise Http404
    houses = [h for h in places.houses_of_building(found) if not h.is_closed]
    units, floors = floor_stack(houses, project, by)
    context = {
        "tabs": request.tabs,
        "building": found,
        "units": units,
        "floors": floors,
        "back_url": reverse("office:places", args=[project.code]),
        "facts": [
            {"label": _("Area"), "value": found.zone_name or "–"},
            {"label": _("Floors"), "value": found.floors},
            {"label": _("Houses"), "value": len(houses)},
            {"label": _("Vacant"), "value": sum(h.use == House.Use.VACANT for h in houses)},
        ],
        "spots": places.spots(project, found).filter(building=found),
    }
    return render(request, "office/building.html", context)


def floor_stack(houses: list[House], project: Project, by: Actor) -> tuple[list[str], list[dict[str, Any]]]:
    """Heads (one per vertical line of doors) and floors for the floor stack; care only for posts that see it."""
    cared = set()
    if reach.may_see_care(by, project.pk):
        mine = reach.houses(by, project, reach.SEES_CARE)
        near = houses if mine is None else mine.filter(pk__in=[h.pk for h in houses])
        living = Occupancy.objects.filter(project=project, house__in=near, ended_on__isnull=True)
        tags = CareTag.visible_to(by).filter(project=project, ended_on__isnull=True).values("resident")
        cared = set(living.filter(resident__in=tags).values_list("house_id", flat=True))
    lines = sorted({(str(h.unit.code) if h.unit else "", h.room[len(str(h.floor)) :]) for h in houses})
    by_place = {(h.floor, str(h.unit.code) if h.unit else "", h.room[len(str(h.floor)) :]): h for h in houses}
    floors = []
    for floor in sorted({h.floor for h in houses}, reverse=True):
        cells = []
        for unit, door in lines:
            house = by_place.get((floor, unit, door))
            cells.append(
                {"ground": "none"}
                if house is None
                else {
                    "label": house.room,
                    "title": f"{house.code} {house.get_use_display()}",
                    "url": reverse("office:house", args=[project.code, house.pk]),
                    "ground": GROUND.get(House.Use(house.use), "lived"),
                    "care": house.pk in cared,
                }
            )
        floors.append({"label": str(floor), "cells": cells})
    return [f"{unit}-{door}" if unit else door for unit, door in lines], floors


@office_page("places")
def house(request: Any, pk: int) -> HttpResponse:
    """One house: facts, household, its steward."""
    project, by = request.project, request.actor
    found = House.visible_to(by).filter(project=project, pk=pk).select_related("building", "unit", "project").first()
    if found is None:
        raise Http404
    steward = queries.steward_of(found, by.at)
    may_see = by.holds(project.pk, *reach.SEES_CARE) or by.may(residents.correct.name, project.pk)
    context = {
        "tabs": request.tabs,
        "house": found,
        "title": found.title,
        "back_url": reverse("office:building", args=[project.code, found.building_id]),
        "facts": [
            {"label": _("Code"), "value": found.code},
            {"label": _("Use"), "value": found.get_use_display()},
            {"label": _("Floor"), "value": found.floor},
            {"label": _("Floor area"), "value": f"{found.area_cm2 / 10000:.2f} ㎡" if found.area_cm2 else "–"},
            {"label": _("Layout"), "value": found.layout or "–"},
            {"label": _("Steward"), "value": steward.name if steward else _("no district")},
        ],
        "household": [_living(o, project) for o in queries.household(found, by.at)] if may_see else [],
        "verbs": [
            *verbs(project, by, residents.register.name, house=found.pk),
            *verbs(found, by),
        ],
        "moves": moves(found, by) if may_see else [],
        "moments": story(found, by),
    }
    return render(request, "office/house.html", context)


def _living(occupancy: Occupancy, project: Project) -> dict[str, Any]:
    return {
        "occupancy": occupancy,
        "url": reverse("office:resident", args=[project.code, occupancy.resident_id]),
        "phone": words.masked(occupancy.resident.phone),
    }


@office_page("districts")
def districts(request: Any) -> HttpResponse:
    """Districts, their parts, their stewards and how many households each has."""
    project, by = request.project, request.actor
    load = queries.households_per_steward(project, by.at)
    limit = limit_of_households(project, by.at.date())
    rows = []
    for one in places.districts(project):
        steward = queries.steward_of_district(one.project_id, one.pk, by.at)
        carried = load.get(steward.pk, 0) if steward else 0
        rows.append(
            {
                "district": one,
                "url": reverse("office:district", args=[project.code, one.pk]),
                "parts": "、".join(str(p.building or p.unit) for p in one.parts.all()),
                "houses": places.houses_of_districts(project, [one.pk]).count(),
                "steward": steward,
                "load": carried,
                "is_over": carried > limit,
            }
        )
    context = {
        "tabs": request.tabs,
        "rows": rows,
        "limit": limit,
        "verbs": verbs(project, by, organization.open_district.name),
    }
    return render(request, "office/districts.html", context)


@office_page("districts")
def district(request: Any, pk: int) -> HttpResponse:
    """One district: parts, its stewards over time."""
    project, by = request.project, request.actor
    found = District.visible_to(by).filter(project=project, pk=pk).select_related("project").first()
    if found is None:
        raise Http404
    terms = found.stewards.select_related("employee").order_by("-from_on", "-id")[:12]
    parts = found.parts.select_related("building", "unit__building")
    context = {
        "tabs": request.tabs,
        "title": found.name,
        "sub": "、".join(str(p.building or p.unit) for p in parts),
        "back_url": reverse("office:districts", args=[project.code]),
        "back": _("Districts"),
        "facts": [
            {"label": _("Households"), "value": places.houses_of_districts(project, [found.pk]).count()},
            *(
                {
                    "label": _("Steward"),
                    "value": t.employee.name,
                    "note": f"{t.from_on.isoformat()} – {t.to_on.isoformat() if t.to_on else ''}"
                    + (f"　{_('over the limit, confirmed')}" if t.confirmed_over_limit else ""),
                }
                for t in terms
            ),
        ],
        "verbs": verbs(found, by),
        "moments": story(found, by),
    }
    return render(request, "office/thing.html", context)
