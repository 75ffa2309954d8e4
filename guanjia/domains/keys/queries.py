"""Reading keys: the register, a cabinet as a picture, what an owner allowed, what was issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import Condition, Count, Handout, HandoutState, Line
from guanjia.parts.standards.queries import today_at
from guanjia.people.models import Occupancy, Resident
from guanjia.people.queries import household
from guanjia.places.models import House, Project

from .models import Authorisation, Cabinet, Category, Issue, Key, State, TagRule

RELATED = ("project", "house", "spot__building", "cabinet", "keeper", "copied_from")


def keys(project: Project, by: Actor) -> QuerySet[Key]:
    """The register of a project."""
    return Key.visible_to(by).filter(project=project).select_related(*RELATED)


def count_of(houses: list[int], project: Project, by: Actor) -> int:
    """How many keys of a household the service centre keeps, lent ones included."""
    kept = Key.visible_to(by).filter(project=project, house__in=houses, state__in=[State.IN_STORE, State.LENT])
    return int(kept.count()) if houses else 0


def in_keeping(project: Project) -> QuerySet[Key]:
    """What the list says is ours to keep, in the store or lent."""
    rows = Key.objects.filter(project=project, state__in=[State.IN_STORE, State.LENT])
    return rows.select_related("house", "spot__building", "cabinet")


def cabinets(project: Project, by: Actor) -> QuerySet[Cabinet]:
    return Cabinet.visible_to(by).filter(project=project).order_by("name", "id")


def in_cabinet(cabinet: Cabinet) -> dict[tuple[int, int], Key]:
    """Which key has its place in which slot."""
    rows = Key.objects.filter(project_id=cabinet.project_id, cabinet=cabinet)
    rows = rows.select_related("house", "spot__building", "cabinet")
    return {(int(key.row or 0), int(key.slot or 0)): key for key in rows}


def free_slot(cabinet: Cabinet) -> tuple[int, int] | None:
    """The first empty slot of a cabinet."""
    taken = set(Key.objects.filter(project_id=cabinet.project_id, cabinet=cabinet).values_list("row", "slot"))
    places = ((row, slot) for row in range(1, cabinet.rows + 1) for slot in range(1, cabinet.slots + 1))
    return next((place for place in places if place not in taken), None)


def out_of(project: Project) -> dict[int, Handout]:
    """Keys that are out, with the line of the ledger."""
    rows = custody.out(project, "key").select_related("employee", "resident")
    return {handout.subject_id: handout for handout in rows}


def missed_of(cabinet: Cabinet) -> set[int]:
    """Keys that the last closed count of the project did not find, and that were not moved since."""
    last = Count.objects.filter(project_id=cabinet.project_id, label="key", state=Count.State.CLOSED)
    newest = last.order_by("-closed_at").first()
    if newest is None:
        return set()
    rows = Line.objects.filter(project_id=cabinet.project_id, count=newest, is_found=False)
    ids = set(rows.values_list("subject_id", flat=True))
    moved = Key.objects.filter(project_id=cabinet.project_id, pk__in=ids, moved_at__gt=newest.closed_at)
    return ids - set(moved.values_list("pk", flat=True))


def authorisations(project: Project, by: Actor) -> QuerySet[Authorisation]:
    rows = Authorisation.visible_to(by).filter(project=project)
    return rows.select_related("project", "house", "resident", "employee", "filed_by")


def valid_for(house_id: int, project: Project, at: datetime) -> QuerySet[Authorisation]:
    """What owners of a house signed that holds today."""
    day = today_at(project, at)
    rows = Authorisation.objects.filter(
        project=project, house_id=house_id, state=Authorisation.State.FILED, signed_on__lte=day, valid_until__gte=day
    )
    return rows.select_related("house", "employee", "resident").order_by("-valid_until", "-id")


def owners_of(house: House, at: datetime) -> QuerySet[Resident]:
    """Who owns a house now."""
    owning = [one.resident_id for one in household(house, at) if one.role == Occupancy.Role.OWNER]
    return Resident.objects.filter(project_id=house.project_id, pk__in=owning)


def issues(project: Project, by: Actor) -> QuerySet[Issue]:
    return Issue.visible_to(by).filter(project=project).select_related("project", "house", "resident", "issued_by")


def issuable(house: House) -> QuerySet[Key]:
    """The owner's keys of a house that lie in the store."""
    return Key.objects.filter(
        project_id=house.project_id, house=house, category=Category.OWNER, state=State.IN_STORE
    ).select_related("house")


def shows_address(project: Project) -> bool:
    """Whether this project chose to print the address on its tags."""
    return TagRule.objects.filter(project=project, shows_address=True).exists()


def last_opened(cabinet: Cabinet) -> Event | None:
    """The last time two persons opened a cabinet, from the journal."""
    ids = Key.objects.filter(project_id=cabinet.project_id, cabinet=cabinet).values("pk")
    rows = Event.objects.filter(
        project_id=cabinet.project_id, subject_label="key", subject_id__in=ids, name="keys.lend_in_two"
    )
    return rows.order_by("-id").first()


def loans(project: Project, by: Actor, *categories: str) -> QuerySet[Handout]:
    """The ledger of lent keys, of some categories or all."""
    rows = custody.handouts(project, by).filter(subject_label="key").exclude(state=HandoutState.GIVEN)
    if categories:
        ids = Key.objects.filter(project=project, category__in=categories).values("pk")
        rows = rows.filter(subject_id__in=ids)
    return rows


def unsealed(project: Project) -> QuerySet[Key]:
    """Owners' keys that came back and wait for a new seal."""
    return Key.objects.filter(project=project, category=Category.OWNER, state=State.IN_STORE, is_sealed=False)


def kept_by(project: Project, by: Actor, employee_id: int) -> QuerySet[Key]:
    """A sub-custodian's set (KEY-21)."""
    return keys(project, by).filter(keeper_id=employee_id, state__in=[State.IN_STORE, State.LENT])


def late_or_today(handout: Handout | None, at: datetime, end_of_day: Any) -> str:
    """How a slot is coloured for what is out."""
    if handout is None:
        return "in"
    if handout.due_at and handout.due_at < at:
        return "overdue"
    return "today" if handout.due_at and handout.due_at <= end_of_day else "out"


def trouble_with(thing: Any) -> Key | None:
    """The key that an act left lost or damaged: of the key itself, or of its line in the ledger."""
    if isinstance(thing, Key):
        return thing
    is_key = isinstance(thing, Handout) and thing.subject_label == "key"
    if not is_key or not (thing.missing or thing.condition_back == Condition.DAMAGED):
        return None
    return Key.objects.select_related("project", "house").get(project_id=thing.project_id, pk=thing.subject_id)


def found_by(project: Project, by: Actor, words: str) -> Key | None:
    """By the code of its tag or its whole number, as scanned or typed."""
    said = words.strip().upper()
    return keys(project, by).filter(Q(tag=said) | Q(number__iexact=said)).first() if said else None
