"""Signing in: by job number or phone, throttled; and the actor that a signed-in account is at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from guanjia.kernel import crypto
from guanjia.kernel.actors import RESIDENT, STAFF, Actor
from guanjia.places.models import Project

from .models import Account, AccountHome, Employee, Posting, Resident, RightOverride

WINDOW_SECONDS = 900
MOST_ATTEMPTS = 10


def phone_hash(phone: str) -> str:
    """The keyed hash by which an account is found by its whole phone number."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    return crypto.blind("account_phone", digits)


def take_attempt(username: str, at: datetime) -> bool:
    """Count one attempt, in one statement, so that parallel ones count too. False when ten were made in the quarter.

    Windows are a third of the quarter; the last four together hold ten at most. A refused attempt is not counted, so
    the owner waits a quarter of an hour and is never locked out for good.
    """
    window = int(at.timestamp()) // (WINDOW_SECONDS // 3)
    earlier = (
        "SELECT coalesce(sum(a.count), 0) FROM people_loginattempt a WHERE a.username_hash = %(who)s "
        'AND a."window" < %(now)s AND a."window" >= %(now)s - 3'
    )
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_loginattempt (username_hash, "window", count) '
            f"SELECT %(who)s, %(now)s, 1 WHERE ({earlier}) < %(most)s "
            'ON CONFLICT (username_hash, "window") DO UPDATE SET count = people_loginattempt.count + 1 '
            f"WHERE people_loginattempt.count + ({earlier}) < %(most)s RETURNING count",
            {"who": crypto.blind("login", username.strip().lower()), "now": window, "most": MOST_ATTEMPTS},
        )
        return cursor.fetchone() is not None


def clear_attempts(username: str) -> None:
    """A right password gives the attempts back: the owner is not locked out for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_loginattempt WHERE username_hash = %s",
            [crypto.blind("login", username.strip().lower())],
        )


class AccountBackend(BaseBackend):
    """Finds the account by job number or whole phone and checks the password in constant shape."""

    def authenticate(self, request: Any, username: str = "", password: str = "", **kwargs: Any) -> Account | None:
        account = find_account(username)
        if account is None:
            Account().set_password(password)  # the same work, so that the time says nothing
            return None
        if not account.check_password(password) or not account.is_active:
            return None
        return account

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


def find_account(name: str) -> Account | None:
    """By username, or by phone when exactly one account has it."""
    account = Account.objects.filter(username=name.strip()).first()
    digits = "".join(ch for ch in name if ch.isdigit())
    if account is None and len(digits) >= 8:
        same = list(Account.objects.filter(phone_hash=phone_hash(digits))[:2])
        account = same[0] if len(same) == 1 else None
    return account


def posts_of(employee: Employee, at: datetime) -> dict[int, frozenset[str]]:
    """The posts an employee holds at each project on the day."""
    day = timezone.localdate(at)
    rows: Iterable[tuple[int, str]] = Posting.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day), employee=employee, from_on__lte=day
    ).values_list("project_id", "post")
    held: dict[int, set[str]] = {}
    for project_id, post in rows:
        held.setdefault(project_id, set()).add(post)
    return {project_id: frozenset(names) for project_id, names in held.items()}


def actor_of(account: Account, *, at: datetime | None = None, channel: str = "web") -> Actor | None:
    """Who this account is now: an employee with posts, or a resident with homes. None when neither is left."""
    moment = at or timezone.now()
    rows = list(postings_now(moment).filter(employee__account_id=account.pk))
    if rows:
        return staff_of_rows(rows, moment, channel)
    if Employee.objects.filter(account_id=account.pk, state=Employee.State.ACTIVE).exists():
        return None  # employed, and at no post
    homes = dict(
        AccountHome.objects.filter(account_id=account.pk, ended_at__isnull=True).values_list(
            "project_id", "resident_id"
        )
    )
    if not homes:
        return None
    name = Resident.objects.filter(pk=next(iter(homes.values()))).values_list("name", flat=True).first() or ""
    return Actor(
        RESIDENT, next(iter(homes.values())), name, account.pk, {p: frozenset({"resident"}) for p in homes}, moment,
        channel=channel, homes=homes,
    )  # fmt: skip


def postings_now(at: datetime) -> QuerySet[Posting]:
    """Posts held on the day, with all that every request asks of who holds them: one statement."""
    day = timezone.localdate(at)
    changed = RightOverride.objects.filter(project_id=OuterRef("project_id")).values(
        told=JSONObject(right="right", post="post", is_allowed="is_allowed")
    )
    return (
        Posting.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=day), employee__state=Employee.State.ACTIVE, from_on__lte=day
        )
        .select_related("project")
        .annotate(name=F("employee__name"), account_id=F("employee__account_id"), changed=ArraySubquery(changed))
    )


def staff_of_rows(rows: list[Any], at: datetime, channel: str) -> Actor:
    """The employee whose postings these are."""
    held: dict[int, set[str]] = {}
    by = Actor(STAFF, rows[0].employee_id, rows[0].name, rows[0].account_id, {}, at, channel=channel)
    for row in rows:
        held.setdefault(row.project_id, set()).add(row.post)
        by.memo["project", row.project_id] = row.project
        by.memo["rights", row.project_id] = _table((r["right"], r["post"], r["is_allowed"]) for r in row.changed)
    return replace(by, posts={project_id: frozenset(posts) for project_id, posts in held.items()})


def projects_of(by: Actor) -> list[Project]:
    """The projects of who acts, read with them or now."""
    kept = [by.memo.get(("project", project_id)) for project_id in by.project_ids]
    found = [project for project in kept if isinstance(project, Project)]
    if not found or len(found) < len(kept):
        found = list(Project.visible_to(by))
        by.memo.update({("project", project.pk): project for project in found})
    return found


def changed_rights(by: Actor, project_id: int) -> dict[str, dict[str, bool]]:
    """Right → post → whether the project gave or took it; read once for an actor (an actor lives for one request)."""
    kept = by.memo.get(("rights", project_id))
    if not isinstance(kept, dict):
        rows = RightOverride.objects.filter(project_id=project_id)
        kept = by.memo["rights", project_id] = _table(rows.values_list("right", "post", "is_allowed"))
    return kept


def _table(rows: Iterable[tuple[str, str, bool]]) -> dict[str, dict[str, bool]]:
    table: dict[str, dict[str, bool]] = {}
    for right, post, is_allowed in rows:
        table.setdefault(right, {})[post] = is_allowed
    return table


def staff_actor(employee: Employee, at: datetime, **more: Any) -> Actor:
    """The actor of an employee at a moment: tests, demo, queued phone acts."""
    return Actor(STAFF, employee.pk, employee.name, employee.account_id or 0, posts_of(employee, at), at, **more)
