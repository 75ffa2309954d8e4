"""What is masked and for whom, and who looked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.people import posts, queries
from guanjia.people.models import DistrictCover, Employee, Occupancy, Resident, RightOverride
from guanjia.places import queries as places
from guanjia.places.models import Project

# Posts that may see why somebody needs care (design: fields by post).
SEES_CARE = posts.SERVICE | {posts.PROJECT_MANAGER, posts.SECURITY_MANAGER}
# The counter and the leads reach every household; a steward those of the own districts.
REACHES_ALL = posts.COUNTER | posts.SUPERVISORS | {posts.SERVICE_LEAD, posts.CASHIER}


def masked_document(number: str) -> str:
    """1101**********4477: the first four and the last four."""
    text = re.sub(r"\s", "", number or "")
    if len(text) < 9:
        return "****" if text else ""
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"


def may_see_care(by: Actor, project_id: int) -> bool:
    return by.is_system or by.holds(project_id, *SEES_CARE)


def may_see_documents(by: Actor, project_id: int) -> bool:
    """Whether the masked number of a document stands on the page at all."""
    return by.is_system or by.holds(project_id, *posts.DOCUMENT_READERS)


def reaches(by: Actor, resident: Resident) -> bool:
    """Whether the contacts of this household are this person's to use (PRIV-02)."""
    if by.is_system or by.holds(resident.project_id, *REACHES_ALL):
        return True
    houses = Occupancy.objects.filter(
        project_id=resident.project_id, resident=resident, ended_on__isnull=True
    ).values_list("house", flat=True)
    return places.houses_of_districts(resident.project, _districts(by, resident.project)).filter(pk__in=houses).exists()


def _districts(by: Actor, project: Project) -> Iterable[int]:
    """The own districts, those of colleagues one stands in for, those one was named for off hours."""
    me = Employee.objects.filter(pk=by.id).first()
    if me is None:
        return []
    absent = [a for a, s in queries.covers_on(project, _day(by.at)).items() if s.pk == me.pk]
    people = [me, *Employee.objects.filter(pk__in=absent)]
    mine = {pk for e in people for pk in queries.districts_of(e, project, by.at).values_list("id", flat=True)}
    named = DistrictCover.objects.filter(
        project=project, employee=me, from_at__lte=by.at, until_at__isnull=True
    ).values_list("district", flat=True)
    return mine | set(named)


def _day(at: datetime) -> Any:
    from django.utils import timezone

    return timezone.localdate(at)


LOOKS = ("privacy.reveal", "privacy.reveal_document", "privacy.reveal_contact", "privacy.disclose", "privacy.export")


def looks(project: Project) -> QuerySet[Event]:
    """Who saw which number in full, newest first."""
    return Event.objects.filter(project=project, name__in=LOOKS).order_by("-id")


def overrides(project: Project) -> dict[tuple[str, str], bool]:
    """What this project decided against the table of rights: (right, post) → given or taken."""
    rows = RightOverride.objects.filter(project=project).values_list("right", "post", "is_allowed")
    return {(right, post): is_allowed for right, post, is_allowed in rows}
