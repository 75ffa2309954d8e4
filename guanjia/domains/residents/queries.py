"""Reading care and profiles: who is on the care list, who owes what of it, what is known of a customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.parts.entries.models import Entry
from guanjia.parts.obligations.models import Obligation
from guanjia.people import queries as people
from guanjia.people.models import CareTag, Occupancy, Resident
from guanjia.places.models import House, Project

from .models import CareFile, Experience, Profile, Taken

# Alone, old, young, disabled, ill (REV-03); travellers and families with infants have a plan, not a round.
VULNERABLE = ("elderly", "lonely", "child", "disabled", "sick")
YEAR = timedelta(days=365)


def on_the_list(project: Project) -> QuerySet[CareTag]:
    """One row for each person who is visited: the oldest mark that holds."""
    holds = CareTag.objects.filter(
        project=project, kind__in=VULNERABLE, ended_on__isnull=True, resident__merged_into__isnull=True,
        resident__erased_at__isnull=True,
    )  # fmt: skip
    # Neither asks anew for each row: where a database knows nothing of its tables yet, that took minutes.
    living = Occupancy.objects.filter(project=project, ended_on__isnull=True).values("resident_id")
    oldest = holds.order_by().values("resident_id").annotate(first=Min("pk")).values("first")
    return holds.filter(pk__in=oldest, resident_id__in=living)


def listed(project: Project, by: Actor) -> QuerySet[CareTag]:
    """The care list as far as this person may know it."""
    return on_the_list(project).filter(pk__in=CareTag.visible_to(by).values("pk")).select_related("resident")


def cared_with_steward(project: Project, at: datetime) -> QuerySet[Any]:
    """Each person on the list owes nothing themself: their steward owes the visit."""
    return on_the_list(project).annotate(owes_id=people.stewards_of_residents(project, at))


def profiles_with_steward(project: Project, at: datetime, since: str) -> QuerySet[Any]:
    """Profiles that are followed in this way, each with the steward who owes it."""
    rows = Profile.objects.filter(
        project=project, resident__merged_into__isnull=True, resident__erased_at__isnull=True,
        **{f"{since}__isnull": False},
    )  # fmt: skip
    return rows.annotate(owes_id=people.stewards_of_residents(project, at))


def households_with_steward(project: Project, at: datetime) -> QuerySet[Any]:
    """Every house of which somebody is on record, with the steward who owes its confirmation."""
    living = Occupancy.objects.filter(project=project, house=OuterRef("pk"), ended_on__isnull=True)
    rows = House.objects.filter(Exists(living), project=project, is_closed=False)
    return rows.annotate(owes_id=people.steward_ids(project, at))


def duties_of(rule: str, project: Project, ids: Iterable[int], at: datetime) -> dict[int, Obligation]:
    """What is owed now, by subject."""
    rows = Obligation.objects.filter(
        project=project, rule_key=rule, subject_id__in=list(ids), from_at__lte=at, due_at__gt=at
    ).exclude(state=Obligation.State.VOID)
    return {row.subject_id: row for row in rows}


def file_of(resident: Resident, by: Actor) -> CareFile | None:
    return CareFile.visible_to(by).filter(resident=resident, ended_on__isnull=True).first()


def files_of(project: Project, by: Actor, resident_ids: Iterable[int]) -> dict[int, CareFile]:
    rows = CareFile.visible_to(by).filter(project=project, resident_id__in=list(resident_ids), ended_on__isnull=True)
    return {row.resident_id: row for row in rows}


def profile_of(resident: Resident, by: Actor) -> Profile | None:
    return Profile.visible_to(by).filter(project_id=resident.project_id, resident=resident).first()


def homes_of(project: Project, resident_ids: Iterable[int]) -> dict[int, Occupancy]:
    """The home of each: where they are the head, else the first."""
    rows = Occupancy.objects.filter(project=project, resident_id__in=list(resident_ids), ended_on__isnull=True)
    found: dict[int, Occupancy] = {}
    for row in rows.select_related("house").order_by("-is_head", "id"):
        found.setdefault(row.resident_id, row)
    return found


def experiences(project: Project, by: Actor, kinds: Iterable[str], limit: int = 5) -> list[Experience]:
    """What helped others of the kind, newest first."""
    rows = Experience.visible_to(by).filter(project=project, kind__in=list(kinds)).select_related("noted_by")
    return list(rows.order_by("-id")[:limit])


def record_of(resident: Resident, by: Actor) -> dict[str, Any]:
    """What was done and said in a year: matters by kind, complaints on record, measures taken (RES-09)."""
    since = by.at - YEAR
    cases = Case.visible_to(by).filter(project_id=resident.project_id, resident=resident, reported_at__gte=since)
    homes = Occupancy.objects.filter(project_id=resident.project_id, resident=resident, ended_on__isnull=True)
    complaints = Entry.visible_to(by).filter(
        project_id=resident.project_id, form_id="F-CMP", house__in=homes.values("house"), kept_at__gte=since
    )
    return {
        "kinds": dict(cases.order_by().values_list("kind").annotate(n=Count("pk"))),
        "cases": list(cases.select_related("house", "spot").order_by("-id")[:6]),
        "complaints": list(complaints.exclude(state="struck").order_by("-id")[:6]),
        "taken": list(Taken.visible_to(by).filter(resident=resident).select_related("employee").order_by("-id")[:6]),
    }


def confirmed_at(house: House) -> datetime | None:
    """When somebody last said that the data of the household are right."""
    rows = Event.objects.filter(
        project_id=house.project_id, subject_label="house", subject_id=house.pk, name="residents.confirm_household"
    )
    return rows.order_by("-id").values_list("at", flat=True).first()


def layers(project: Project, by: Actor, field: str) -> dict[str, int]:
    """How many profiles stand on each layer."""
    rows = Profile.visible_to(by).filter(project=project, resident__merged_into__isnull=True).exclude(**{field: ""})
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk")))


def taken_since(project: Project, by: Actor, since: datetime) -> dict[str, int]:
    """Measures taken since a moment, by measure."""
    rows = Taken.visible_to(by).filter(project=project, at__gte=since)
    return dict(rows.order_by().values_list("measure").annotate(n=Count("pk")))
