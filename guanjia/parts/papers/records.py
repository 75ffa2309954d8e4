"""What a printed record says of itself: whose paper it is and which seal covers it."""

from __future__ import annotations

from typing import Any

from guanjia.kernel import subjects
from guanjia.kernel.models import Event, Seal

RECENT = 20


def heading(project: Any) -> str:
    """Over every sheet: the community's service centre."""
    return f"{project.name}客户服务中心"


def seal_of(thing: Any) -> str:
    """The youngest seal over the thing's events, short enough to compare by eye; empty before the first."""
    events = Event.objects.filter(
        project_id=thing.project_id, subject_label=subjects.label_of(thing), subject_id=thing.pk
    )
    ids = set(events.order_by("-id").values_list("pk", flat=True)[:RECENT])
    if not ids:
        return ""
    found = ""
    seals = Seal.objects.filter(project_id=thing.project_id, last_id__gte=min(ids)).order_by("number")
    for digest, covered in seals.values_list("digest", "event_ids")[:RECENT]:
        if ids & set(covered):
            found = f"{digest[:4]}-{digest[4:8]}".upper()
    return found
