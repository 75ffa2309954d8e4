"""The same write again gives the same answer and no second effect."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from . import subjects
from .actors import Actor
from .models import IdempotencyKey
from .outcomes import Refused


class Taken(Exception):
    """A rival holds the key: roll back and read its answer."""


def scope_of(by: Actor) -> str:
    """Whose key it is."""
    return f"{by.kind}:{by.account_id or by.id}"


def digest(subject: Any, given: Mapping[str, Any]) -> str:
    """Hash over the thing and everything given, file digests included."""
    text = json.dumps([subjects.label_of(subject), subject.pk, given], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def remember(
    project_id: int, by: Actor, operation: str, key: str, hashed: str, answer: Mapping[str, Any],
    *, beside: tuple[str, list[Any]] | None = None,
) -> None:  # fmt: skip
    """Insert last, so that a rival waits on the index, fails and rolls back. Raises Taken.

    `beside`: another write of the same act that travels along.
    """
    first, values = (f"WITH beside AS ({beside[0]}) ", beside[1]) if beside else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            first + "INSERT INTO kernel_idempotencykey (project_id, scope, operation, key, digest, answer) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [*values, project_id, scope_of(by), operation, key[:80], hashed, json.dumps(answer)],
        )
        if cursor.fetchone() is None:
            raise Taken


def recall(project_id: int, by: Actor, operation: str, key: str, hashed: str | None) -> dict[str, Any] | None:
    """The stored answer, or None. Raises Refused when the key was used for another body."""
    row = IdempotencyKey.objects.filter(
        project_id=project_id, scope=scope_of(by), operation=operation, key=key[:80]
    ).first()
    if row is None:
        return None
    if hashed is not None and row.digest != hashed:
        raise Refused("idempotency_key", _("This request number was already used for something else."))
    return dict(row.answer)
