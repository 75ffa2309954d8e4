"""What the ledger brings to the page of a kept thing: who has it now, what can be done about that, who had it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from guanjia.kernel import operations as kernel
from guanjia.kernel.actors import Actor
from guanjia.web import words
from guanjia.web.things import offer_of

from . import queries
from .models import Handout, Kept


def holder(thing: Kept, by: Actor, back: str) -> dict[str, Any] | None:
    """Who has it now, until when, and the acts on that, which lead `back` to its page: taken back in two taps."""
    handout = queries.current(thing)
    if handout is None:
        return None
    late = late_words(handout, by.at)
    found = [one for one in kernel.offers(handout, by) if late or one.operation.verb != "explain"]
    offers = [offer_of(one, handout, thing.project) for one in found]
    return {
        "template": "custody/holder.html", "handout": handout, "late": late,
        "offers": [{**one, "url": f"{one['url']}?next={back}"} for one in offers],
        "url": reverse("custody:handout", args=[thing.project.code, handout.pk]),
    }  # fmt: skip


def late_words(handout: Handout, at: datetime) -> str:
    """By how much it is overdue."""
    if handout.due_at is None or handout.due_at >= at:
        return ""
    return words.over(int((at - handout.due_at).total_seconds()))


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
        "word": one.get_state_display(),
        "url": reverse("custody:handout", args=[one.project.code, one.pk]),
    }
