"""What lies at the front desk for a household: parcels with their codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia.domains.parcels import queries
from guanjia.domains.parcels.models import State
from guanjia.people.models import Consent

from .doors import framed, portal_page

RECENT = timedelta(days=30)
SHOWN = 20


@portal_page
@require_GET
def parcels(request: Any) -> HttpResponse:
    """What waits, the code large enough to be read across a counter; what was fetched of late, and by whom."""
    project, by = request.project, request.actor
    mine = queries.parcels(project, by).filter(house=request.home.house)
    context = {
        "title": pgettext("parcels", "Parcels"),
        "back_url": reverse("portal:home", args=[project.code]),
        "waiting": list(mine.filter(state=State.WAITING).order_by("came_at", "id")[:SHOWN]),
        "gone": list(mine.exclude(state=State.WAITING).filter(came_at__gte=by.at - RECENT).order_by("-id")[:SHOWN]),
        "has_consent": queries.consent_of(request.home.house, by.at) is not None,
        "purpose": Consent.Purpose.PARCELS,
    }
    return framed(request, "portal/parcels.html", context)
