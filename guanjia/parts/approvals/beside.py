"""What was asked about a thing, on the thing's own page: what waits and for whom, what was not agreed to and why.

Who sees the thing sees that something was asked; what exactly, and the page of it, only who sees the request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from guanjia.kernel import operations
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import label_of
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project

from . import queries, rules
from .models import Approval
from .showing import TONES

MOST = 5
LATELY = timedelta(days=30)
# What was agreed to stands in the thing's own story already.
TOLD = frozenset({Approval.State.WAITING, Approval.State.REFUSED, Approval.State.EXPIRED, Approval.State.FAILED})


def asked(thing: Any, by: Actor) -> dict[str, Any] | None:
    """Kinds of things that no rule speaks of cost nothing."""
    if not by.is_staff or label_of(thing) not in rules.spoken_of():
        return None
    found = [one for one in queries.story(thing) if one.state in TOLD][:MOST]
    if not found:
        return None
    return _told(found, by)


def of_clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Changes of this clause that were asked for here lately and do not hold (yet)."""
    found = [one for one in queries.of_clause(project, rule.clause.id, at - LATELY) if one.state in TOLD][:MOST]
    return _told(found, by) if found else None


def _told(found: list[Approval], by: Actor) -> dict[str, Any]:
    seen = set(queries.visible(by).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return {"rows": [_row(one, is_seen=one.pk in seen) for one in found]}


def _row(approval: Approval, *, is_seen: bool) -> dict[str, Any]:
    operation = operations.registry.get(approval.operation)
    shape, tone = TONES[Approval.State(approval.state)]
    return {
        "label": operation.label if operation else approval.operation, "who": approval.requester.name,
        "at": approval.asked_at, "state": approval.get_state_display(), "shape": shape, "tone": tone,
        "waits": "、".join(str(n) for n in queries.post_names(approval.seats)) if approval.is_open else "",
        "outcome": approval.outcome if is_seen else "",
        "url": reverse("approvals:page", args=[approval.project.code, approval.pk]) if is_seen else "",
    }  # fmt: skip
