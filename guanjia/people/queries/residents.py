"""Who lives where, found whole, and what to be considerate of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from guanjia.kernel import crypto
from guanjia.places.models import House, Project

from ..models import CareTag, Occupancy, Resident
from .dates import living


def household(house: House, at: datetime | None = None) -> list[Occupancy]:
    """Who lives in (or owns) a house: the head first, then by role; merged and ended ones left out."""
    day = timezone.localdate(at)
    rows = (
        Occupancy.objects.filter(living(day), project_id=house.project_id, house=house)
        .select_related("resident")
        .order_by("-is_head", "id")
    )
    order = {role: index for index, role in enumerate(Occupancy.Role.values)}
    return sorted(rows, key=lambda o: (not o.is_head, order[o.role]))


def homes_of(resident: Resident, at: datetime | None = None) -> list[Occupancy]:
    """The houses a resident belongs to, with their role, the newest first."""
    rows = Occupancy.objects.filter(
        living(timezone.localdate(at)), project_id=resident.project_id, resident=resident
    ).select_related("house__building", "house__unit")
    return list(rows.order_by("-from_on", "-id"))


def standing(resident: Resident) -> Resident:
    """The record that stays when two were found to be one person."""
    seen: set[int] = set()
    while resident.merged_into_id and resident.pk not in seen:
        seen.add(resident.pk)
        resident = resident.merged_into  # type: ignore[assignment]  # the loop asked
    return resident


def residents(project: Project) -> QuerySet[Resident]:
    """Residents of the project, merged and erased records left out."""
    return Resident.objects.filter(project=project, merged_into__isnull=True, erased_at__isnull=True)


def residents_with_phone(project: Project, phone: str) -> QuerySet[Resident]:
    """Whoever has exactly this number: found whole, never digit by digit."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    return residents(project).filter(phone=digits) if len(digits) >= 7 else Resident.objects.none()


def resident_with_id_number(project: Project, number: str) -> QuerySet[Resident]:
    """Found by the keyed hash of the whole number."""
    return residents(project).filter(id_hash=crypto.blind("id_number", number.strip().upper()))


def care_tags(resident_ids: Iterable[int], project: Project) -> QuerySet[CareTag]:
    """What holds now to be considerate of."""
    return CareTag.objects.filter(project=project, resident_id__in=list(resident_ids), ended_on__isnull=True)
