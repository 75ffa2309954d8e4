"""Reading what cleaning and greening was asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from guanjia.kernel.actors import Actor
from guanjia.parts.casework.models import Case
from guanjia.places.models import Project

from .models import CleaningRequest


def open_request(case: Case) -> CleaningRequest | None:
    """The request of a case that nobody has answered."""
    rows = CleaningRequest.objects.filter(project_id=case.project_id, case=case, answered_at__isnull=True)
    return rows.select_related("lead").first()


def requests(project: Project, by: Actor) -> QuerySet[CleaningRequest]:
    """Of the cases that this person may see: the lead those handed to them, service all."""
    rows = CleaningRequest.objects.filter(project=project, case__in=Case.visible_to(by).filter(project=project))
    return rows.select_related("case__house", "case__spot", "case__project", "sent_by", "lead")


def to_answer(project: Project, by: Actor) -> QuerySet[CleaningRequest]:
    """What waits for this very lead, the oldest first."""
    return requests(project, by).filter(lead_id=by.id, answered_at__isnull=True).order_by("sent_at", "id")
