"""Residents are told what is published, and what of it holds no more."""

from __future__ import annotations

from guanjia.kernel.models import Event
from guanjia.kernel.subjects import label_of
from guanjia.parts.outreach import telling

from . import queries
from .models import Bulletin, State


def tell_residents(event: Event) -> None:
    """In the program at once; outside it by the ways that are set up, as everybody wishes. What was taken down while it
    waited tells nobody."""
    bulletin = (
        Bulletin.objects.filter(project_id=event.project_id, pk=event.subject_id).select_related("project").first()
    )
    if bulletin is None:
        return
    is_over = bulletin.state == State.TAKEN_DOWN
    if is_over:
        telling.call_off(bulletin)
        if event.name == "notices.publish":
            return
    telling.give(
        event.project_id, "bulletin_over" if is_over else "bulletin", f"event:{event.pk}",
        residents=queries.audience(bulletin, event.at), subject=(label_of(bulletin), bulletin.pk), at=event.at,
        params=bulletin.told_params, is_urgent=bulletin.is_urgent,
    )  # fmt: skip
