"""Who must read a pass-on is told, and told again."""

from __future__ import annotations

from guanjia.kernel.models import Event
from guanjia.parts.outreach import telling

from . import queries
from .models import PassOn


def tell_readers(event: Event) -> None:
    note = PassOn.objects.filter(project_id=event.project_id, pk=event.subject_id, state="in_force").first()
    if note is None:
        return
    telling.give(
        event.project_id, "still_unread" if event.name == "shifts.remind" else "passed_on", f"event:{event.pk}",
        staff=queries.unread_ids(note), subject=("pass_on", note.pk), at=event.at, params={},
    )  # fmt: skip
