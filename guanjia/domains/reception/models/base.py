"""What the counter's records share: who sees them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from guanjia.kernel.actors import Actor
from guanjia.people import posts

# Who receives calls and people, and who leads them.
COUNTER = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def at_counter(rows: Rows, by: Actor) -> Rows:
    """Rows of the projects where this person receives, or leads who does; residents none."""
    if by.is_system:
        return rows
    if not by.is_staff:
        return rows.none()
    return rows.filter(project_id__in=[pk for pk, held in by.posts.items() if held & COUNTER])
