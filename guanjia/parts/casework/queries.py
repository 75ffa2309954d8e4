"""Every read of cases: queues, a resident's or house's cases, load, similar ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guanjia.kernel import crypto, search
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import PersonKey
from guanjia.people import posts
from guanjia.places.models import Project

from .models import ONGOING, UNFINISHED, Case, SavedView
from .views import view_of

PAGE = 25
SIMILAR_WITHIN = timedelta(days=14)
FILTERS = ("kind", "urgency", "channel", "state", "executor", "owner", "building", "category", "on")


def visible(project: Project, by: Actor) -> QuerySet[Case]:
    """The cases of a project that the actor may see, with what a row shows."""
    rows = Case.visible_to(by).filter(project=project)
    return rows.select_related("house", "spot", "resident", "owner", "executor")


def queue(
    project: Project, by: Actor, *, view: str = "open", filters: Mapping[str, str] | None = None, query: str = "",
    after: int | None = None, size: int = PAGE,
) -> list[Case]:  # fmt: skip
    """One keyset page, newest first; one row more than `size` when there is a next page."""
    rows = narrowed(visible(project, by).filter(view_of(view, by, by.at)), filters or {})
    if query:
        rows = rows.filter(pk__in=search.found([project.pk], "case", query, limit=500))
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[: size + 1])


def narrowed(rows: QuerySet[Case], filters: Mapping[str, str]) -> QuerySet[Case]:
    """Filters by name from a list; anything else is ignored, bad ids find nothing."""
    for name, value in filters.items():
        if name not in FILTERS or not value:
            continue
        if name in ("executor", "owner", "building"):
            if not value.isdigit() or len(value) > 18:
                return rows.none()
            number = int(value)
            near = Q(house__building_id=number) | Q(spot__building_id=number)
            rows = rows.filter(near if name == "building" else Q(**{f"{name}_id": number}))
        elif name == "on":
            rows = rows.filter(_reported_on(value))
        elif name == "category":
            rows = rows.filter(repair_orders__category=value[:20])
        else:
            rows = rows.filter(**{name: value[:20]})
    return rows


def _reported_on(text: str) -> Q:
    """Of one day (2026-03-18) or one hour of it (2026-03-18T09); of none where it is neither."""
    try:
        start = timezone.make_aware(datetime.fromisoformat(text[:13]))
    except (ValueError, OverflowError):
        return Q(pk__in=[])
    long = timedelta(hours=1) if len(text) > 10 else timedelta(days=1)
    return Q(reported_at__gte=start, reported_at__lt=start + long)


def of_resident(resident: Any, by: Actor, *, limit: int = 10) -> list[Case]:
    """The newest cases that a resident reported."""
    return list(visible(resident.project, by).filter(resident=resident).order_by("-id")[:limit])


def of_house(house: Any, by: Actor, *, limit: int = 10) -> list[Case]:
    """The newest cases of a house."""
    return list(visible(house.project, by).filter(house=house).order_by("-id")[:limit])


def of_outside(project: Any, channel: str, number: str) -> QuerySet[Case]:
    """The case that another body passed on under this number."""
    return Case.objects.filter(project_id=project.pk, channel=channel, outside_number=number)


def work_of(employee_id: int, project: Project) -> QuerySet[Case]:
    """What somebody has in hand."""
    rows = Case.objects.filter(project=project, executor_id=employee_id, state__in=UNFINISHED)
    return rows.select_related("house", "spot", "resident", "owner", "executor")


def owned_by(employee_id: int, project: Project) -> QuerySet[Case]:
    """What somebody took and still owns."""
    return Case.objects.filter(project=project, owner_id=employee_id, state__in=ONGOING).order_by("id")


def load(project: Project, employee_ids: Iterable[int]) -> dict[int, int]:
    """Cases in hand per person."""
    rows = Case.objects.filter(project=project, executor_id__in=list(employee_ids), state__in=UNFINISHED)
    return dict(rows.order_by().values_list("executor_id").annotate(n=Count("id")))


def similar(
    project: Any, kind: str, category: str, *, house: Any = None, spot: Any = None, at: datetime
) -> Case | None:
    """The newest open case of the same place and kind (and category, for repairs) in the last two weeks."""
    if house is None and spot is None:
        return None
    rows = Case.objects.filter(project_id=project.pk, kind=kind, state__in=ONGOING, reported_at__gt=at - SIMILAR_WITHIN)
    rows = rows.filter(house=house) if house is not None else rows.filter(spot=spot)
    if category:
        rows = rows.filter(repair_orders__category=category)
    return rows.order_by("-id").first()


def customers(cases: Iterable[Case]) -> dict[int, dict[str, str]]:
    """The frozen customer of each case, opened; empty where the person was erased. One statement."""
    rows = list(cases)
    if not rows:
        return {}
    people = {case.pk: case.person() for case in rows}
    keys = PersonKey.objects.filter(
        project_id__in={c.project_id for c in rows}, person_id__in={p[1] for p in people.values()}
    )
    wrapped = {(k.label, k.person_id): bytes(k.wrapped) for k in keys}
    return {case.pk: _opened(wrapped.get(people[case.pk]), case.customer) for case in rows}


def _opened(wrapped: bytes | None, customer: dict[str, str]) -> dict[str, str]:
    if wrapped is None or not crypto.is_sealed(customer):
        return {}
    return dict(crypto.opened_json(wrapped, customer))


def may_see_contact(case: Case, by: Actor) -> bool:
    """Contacts: the counter and supervisors, who owns or works on it, and the district's steward (an observer)."""
    if by.is_system or by.is_resident:
        return by.is_system or case.resident_id in by.homes.values()
    if by.holds(case.project_id, *posts.COUNTER, *posts.SUPERVISORS):
        return True
    return by.id in (case.owner_id, case.executor_id) or case.observers.filter(employee_id=by.id).exists()


def carried_over(project: Project, by: Actor, at: datetime) -> list[Case]:
    """What the night took and the morning has to go on with: after-hours cases of the last day still ongoing."""
    rows = visible(project, by).filter(after_hours=True, state__in=ONGOING, reported_at__gt=at - timedelta(days=1))
    return list(rows.order_by("id")[:50])


def saved_views(project: Project, by: Actor) -> list[SavedView]:
    """My own views, in the order in which I kept them."""
    return list(SavedView.visible_to(by).filter(project=project, dropped_at__isnull=True).order_by("id")[:20])
