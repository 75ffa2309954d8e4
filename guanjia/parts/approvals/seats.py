"""Who may sign: seats (posts at a project or the head office, or one person), and who sits on them now.

A seat is text: `project_manager@12`, `#34` for one employee. Whoever is on leave is stood in for by their cover; nobody
sits for somebody who may not sign themself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.people import posts, queries
from guanjia.people.models import Cover, Employee, Posting
from guanjia.places.models import Project

from .rules import AT_OFFICE, SUPERIOR

# Where nobody of a step is left, these take it, in this order.
LAST_RESORT = (posts.GENERAL_MANAGER, posts.ADMINISTRATOR)
# What somebody is at a project where they hold no post but have a seat: enough to sign, and for nothing else.
SIGNER = "signer"


@dataclass(frozen=True)
class Person:
    """Somebody who may sign, on which seat, and for whom they stand in."""

    employee: Employee
    seat: str
    stands_for: Employee | None = None


def seat(post: str, project_id: int) -> str:
    return f"{post}@{project_id}"


def post_of(key: str) -> tuple[str, int]:
    """The post and the project of a seat; an empty post for one that is a person's."""
    post, _at, number = key.partition("@")
    return (post, int(number)) if number else ("", 0)


# -- the seats of a person -------------------------------------------------------------------------------------------


def keys_of(by: Actor) -> list[str]:
    """Every seat this actor may sign from now, cover included; read once an actor."""
    kept = by.memo.get("seats")
    if not isinstance(kept, dict):
        kept = by.memo["seats"] = own_and_covered(by)
    return sorted({key for keys in kept.values() for key in keys})


def own(by: Actor) -> set[str]:
    """The seats of the person and of the posts held: known without asking the database."""
    return {f"#{by.id}"} | {seat(post, project_id) for project_id, held in by.posts.items() for post in held}


def own_and_covered(by: Actor) -> dict[int, set[str]]:
    """Employee id → seats: one's own, and of those whom one stands in for today."""
    found = {by.id: own(by)}
    day = timezone.localdate(by.at)
    absent = Cover.objects.filter(
        substitute_id=by.id, from_on__lte=day, to_on__gte=day, absent__state=Employee.State.ACTIVE,
        project_id__in=list(by.posts),
    )  # fmt: skip
    for absent_id, project_id in absent.values_list("absent_id", "project_id"):
        held = Posting.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=day), employee_id=absent_id, project_id=project_id, from_on__lte=day
        )
        keys = {seat(post, project_id) for post in held.values_list("post", flat=True)}
        found.setdefault(absent_id, set()).update({f"#{absent_id}", *keys})
    return found


def seat_of(approval: Any, by: Actor) -> tuple[str, int | None] | None:
    """On which of the open seats this actor may sign, and for whom (None: for themself). None: on none."""
    barred, open_now = set(approval.barred), set(approval.seats)
    if by.id in barred or not by.is_staff:
        return None
    keys_of(by)
    kept: dict[int, set[str]] = by.memo["seats"]  # type: ignore[assignment]  # put there by us
    for employee_id, keys in sorted(kept.items(), key=lambda item: item[0] != by.id):
        if employee_id not in barred and (found := sorted(keys & open_now)):
            return found[0], None if employee_id == by.id else employee_id
    return None


def as_signer(by: Actor, approval: Any) -> Actor:
    """The actor with reach to this approval's project, where a seat gives it; only ever used to sign."""
    if approval.project_id in by.posts or seat_of(approval, by) is None:
        return by
    return replace(by, posts={**by.posts, approval.project_id: frozenset({SIGNER})})


# -- the seats of a step ---------------------------------------------------------------------------------------------


def of_step(step: dict[str, Any], project: Project, requester: Employee, at: datetime) -> list[str]:
    """The seats of a step at a project."""
    if step["who"] == SUPERIOR:
        boss = queries.superior_of(requester, project, at)
        return [f"#{boss.pk}"] if boss else []
    return of_posts(step["posts"], project)


def of_posts(names: Iterable[str], project: Project) -> list[str]:
    """`manager` is held at the project, `manager@office` at the head office."""
    office = office_of(project)
    found = []
    for name in names:
        where = office if name.endswith(AT_OFFICE) else project
        if where is not None:
            found.append(seat(name.removesuffix(AT_OFFICE), where.pk))
    return list(dict.fromkeys(found))


def office_of(project: Project) -> Project | None:
    return project if project.is_office else Project.objects.filter(kind=Project.Kind.OFFICE).first()


def on(keys: Iterable[str], barred: Iterable[int], at: datetime) -> list[Person]:
    """Who sits on these seats: holders and their cover, barred ones left out, each once."""
    day, out = timezone.localdate(at), set(barred)
    found: dict[int, Person] = {}
    for key in keys:
        post, project_id = post_of(key)
        holders = _holders(post, project_id, at) if post else Employee.objects.filter(
            pk=int(key.removeprefix("#")), state=Employee.State.ACTIVE
        )  # fmt: skip
        for employee in holders:
            if employee.pk in out:
                continue
            found[employee.pk] = Person(employee, key)
            for cover in _covers(employee, project_id, day):
                if cover.pk not in out:
                    found.setdefault(cover.pk, Person(cover, key, employee))
    return list(found.values())


def _holders(post: str, project_id: int, at: datetime) -> Iterable[Employee]:
    return queries.holders(Project(pk=project_id), post, at).order_by("id")


def _covers(employee: Employee, project_id: int, day: Any) -> list[Employee]:
    rows = Cover.objects.filter(absent=employee, from_on__lte=day, to_on__gte=day).select_related("substitute")
    if project_id:
        rows = rows.filter(project_id=project_id)
    return [row.substitute for row in rows.order_by("id") if row.substitute.state == Employee.State.ACTIVE]


def people(approval: Any, at: datetime) -> list[Person]:
    """Who may sign an approval now; who has signed is barred by their signature."""
    signed = approval.signatures.filter(project_id=approval.project_id).values_list("employee_id", flat=True)
    return on(approval.seats, [*approval.barred, *signed], at)


def filled(keys: list[str], project: Project, barred: Iterable[int], at: datetime) -> list[str]:
    """The seats, and where nobody sits on any: those above them in the reporting tree, then the company's head.
    Empty where nobody at all is left."""
    if on(keys, barred, at):
        return keys
    tree = queries.reporting_tree(project)
    above = [post for post, _where in map(post_of, keys) if post]
    seen = set(above)
    while above := [tree[post] for post in above if tree.get(post) and tree[post] not in seen]:
        seen |= set(above)
        higher = of_posts([*above, *(f"{post}{AT_OFFICE}" for post in above)], project)
        if on(higher, barred, at):
            return higher
    for post in LAST_RESORT:
        last = of_posts([f"{post}{AT_OFFICE}", post], project)
        if on(last, barred, at):
            return last
    return []
