"""Reading finds and losses, and which may belong together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from guanjia.kernel import search
from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from .models import Find, Loss, LossState, State

HERE = (State.FOUND, State.SECURED)
# A find is compared with what was missed around its day; fewer words in common are chance.
AROUND, LEAST, MOST = timedelta(days=60), 2, 300


def finds(project: Project, by: Actor) -> QuerySet[Find]:
    return Find.visible_to(by).filter(project=project).select_related("project", "finder", "keeper", "secured_by")


def losses(project: Project, by: Actor) -> QuerySet[Loss]:
    return Loss.visible_to(by).filter(project=project).select_related("project", "resident", "find")


def missed(project: Project, by: Actor) -> QuerySet[Loss]:
    """What nobody has found."""
    return losses(project, by).filter(state=LossState.MISSED)


def lying(project: Project, by: Actor) -> QuerySet[Find]:
    """What nobody has claimed."""
    return finds(project, by).filter(state__in=HERE)


def like_loss(loss: Loss, by: Actor) -> list[Find]:
    """Finds whose words meet those of a loss, the nearest first."""
    rows = lying(loss.project, by).filter(found_at__date__gte=loss.lost_on - timedelta(days=1))
    return _nearest(f"{loss.description} {loss.place}", rows.order_by("-id")[:MOST])


def like_find(find: Find, by: Actor) -> list[Loss]:
    """What is missed and sounds like a find."""
    rows = missed(find.project, by).filter(lost_on__gte=(find.found_at - AROUND).date())
    return _nearest(f"{find.description} {find.place}", rows.order_by("-id")[:MOST])


def _nearest(said: str, rows: Any) -> list[Any]:
    words = search.text_words(said)
    rated = [(len(words & search.text_words(f"{one.description} {one.place}")), one) for one in rows]
    return [one for shared, one in sorted(rated, key=lambda r: (-r[0], -r[1].pk)) if shared >= LEAST][:5]


def public(project: Project, since: Any) -> list[Find]:
    """What residents may read of: no valuables, and of the others only what, where and which day."""
    rows = Find.objects.filter(project=project, state__in=HERE, is_valuable=False, found_at__gte=since)
    return list(rows.order_by("-id").only("id", "project_id", "description", "place", "found_at")[:30])
