"""What the ledger brings to the page of a kept thing: who had it, newest first."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor

from . import queries
from .models import Handout, Kept


def hands(thing: Kept, by: Actor) -> list[dict[str, Any]]:
    """The chain of hands of a thing; nothing for what never left the store."""
    found = queries.history(thing)
    if not found:
        return []
    return [{"template": "custody/hands.html", "keeper": thing.keeper.name, "rows": [_row(one) for one in found]}]


def story(thing: Kept) -> list[Handout]:
    """The handings out whose events belong to the thing's story."""
    return queries.history(thing)


def _row(one: Handout) -> dict[str, Any]:
    return {
        "holder": one.holder,
        "purpose": one.purpose,
        "out_at": one.out_at,
        "back_at": one.back_at,
        "due_at": one.due_at,
        "state": one.state,
        "url": reverse("custody:handout", args=[one.project.code, one.pk]),
    }
