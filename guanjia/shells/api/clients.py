"""Tokens of programs: whose they act for, bounded by their own list, counted by the minute."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import CLIENT, Actor
from guanjia.people import login
from guanjia.people.models import Employee

from . import pace
from .models import ApiClient
from .problems import Problem

PREFIX = "gjc_"
BEARER = {"WWW-Authenticate": "Bearer"}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def actor(token: str, at: datetime) -> Actor:
    """The program behind a living token. Raises Problem 401 for none, 429 for one that asks too often."""
    rows = ApiClient.objects.filter(digest=digest(token), state=ApiClient.State.ON, expires_at__gt=at)
    client: ApiClient | None = rows.select_related("employee").first()
    if client is None:
        raise Problem(401, _("The token is unknown or has ended."), headers=BEARER)
    pace.count(rows, client.digest, client.per_minute, at, last_used_at=at)
    employee: Employee = client.employee
    held = login.posts_of(employee, at).get(client.project_id) if employee.state == Employee.State.ACTIVE else None
    if not held:
        raise Problem(401, _("The colleague for whom it acts holds no post here any more."), headers=BEARER)
    name = f"{client.name} ({employee.name})"[:60]
    only = frozenset({*client.acts, *(f"read:{slug}" for slug in client.reads)})
    return Actor(CLIENT, employee.pk, name, 0, {client.project_id: held}, at, channel="api", is_strong=False, only=only)


def may_read(by: Actor, slug: str) -> bool:
    """Whether this caller reads things of a kind: a person does, a program by its list."""
    return by.only is None or f"read:{slug}" in by.only
