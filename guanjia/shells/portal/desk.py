"""What lies at the front desk for a household: parcels with their codes, things left there; and what it lent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia.domains.left_items.models import LeftItem
from guanjia.domains.left_items.models import State as Kept
from guanjia.domains.parcels import queries
from guanjia.domains.parcels.models import State
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import HandoutState
from guanjia.people.models import Consent
from guanjia.web import qr

from .doors import framed, portal_page

RECENT = timedelta(days=30)
SHOWN = 20


@portal_page
@require_GET
def parcels(request: Any) -> HttpResponse:
    """What waits, the code large enough to be read across a counter; what was fetched of late, and by whom."""
    project, by = request.project, request.actor
    mine = queries.parcels(project, by).filter(house=request.home.house)
    waiting = list(mine.filter(state=State.WAITING).order_by("came_at", "id")[:SHOWN])
    code = next((one.code for one in waiting if one.code), "")
    context = {
        "title": pgettext("parcels", "Parcels"),
        "back_url": reverse("portal:home", args=[project.code]),
        "waiting": waiting,
        # One code opens all that waits for the door, so one picture is enough.
        "pickup_code": code,
        "picture": qr.picture(code) if code else "",
        "gone": list(mine.exclude(state=State.WAITING).filter(came_at__gte=by.at - RECENT).order_by("-id")[:SHOWN]),
        "has_consent": queries.consent_of(request.home.house, by.at) is not None,
        "purpose": Consent.Purpose.PARCELS,
    }
    return framed(request, "portal/parcels.html", context)


@portal_page
@require_GET
def kept(request: Any) -> HttpResponse:
    """What is lent to me, what was left for my house, and what came back or was collected of late."""
    project, by = request.project, request.actor
    mine = custody.handouts(project, by)
    left = LeftItem.visible_to(by).filter(project=project, house=request.home.house)
    lent = list(mine.filter(state=HandoutState.OUT).order_by("due_at", "id")[:SHOWN])
    here = list(left.filter(state=Kept.KEPT).order_by("due_at", "id")[:SHOWN])
    context = {
        "title": pgettext("portal", "At the front desk"),
        "back_url": reverse("portal:home", args=[project.code]),
        "lent": [{"one": one, "late": bool(one.due_at) and one.due_at < by.at} for one in lent],
        "kept": [{"one": one, "late": one.due_at < by.at} for one in here],
        "past": _past(mine, left, by.at - RECENT),
    }
    return framed(request, "portal/kept.html", context)


def _past(mine: Any, left: Any, since: datetime) -> list[dict[str, Any]]:
    """What is over, the newest first."""
    back = mine.filter(state__in=(HandoutState.BACK, HandoutState.SHORT), back_at__gte=since).order_by("-id")[:SHOWN]
    gone = left.filter(state=Kept.COLLECTED, collected_at__gte=since).order_by("-id")[:SHOWN]
    rows = [
        {"title": one.title, "when": one.back_at, "state": one.state, "word": one.get_state_display()} for one in back
    ]
    rows += [
        {"title": one.description, "when": one.collected_at, "state": one.state, "word": one.get_state_display()}
        for one in gone
    ]
    return sorted(rows, key=lambda row: row["when"], reverse=True)[:SHOWN]
