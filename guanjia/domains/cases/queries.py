"""Reading what cleaning and greening was asked for."""

from __future__ import annotations

from guanjia.parts.casework.models import Case

from .models import CleaningRequest


def open_request(case: Case) -> CleaningRequest | None:
    """The request of a case that nobody has answered."""
    rows = CleaningRequest.objects.filter(project_id=case.project_id, case=case, answered_at__isnull=True)
    return rows.select_related("lead").first()
