"""Two pages of their own design: whom to revisit first, and a steward's month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.web import words
from guanjia.web.doors import staff_page

from . import queue as waiting
from . import trail
from .models import CARERS, READERS, Mode, Trigger
from .operations import time_revisit
from .screens import tabs


@staff_page
@require_safe
def queue(request: Any) -> HttpResponse:
    """The queue by reasons in the order of the clause, each household with why it stands there and by when."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *READERS):
        raise Http404
    found, timing = waiting.waiting(project, by), waiting.timings(project)
    groups = [
        {
            "place": place, "label": trigger.label, "rows": [_row(one, by) for one in found if one.trigger == trigger],
            "timing": _timing(timing.get(trigger)), "change": _change(project, by, trigger, timing.get(trigger)),
        }
        for place, trigger in enumerate(Trigger, 1)
    ]  # fmt: skip
    late = sum(1 for one in found if one.due_at <= by.at)
    return render(request, "followups/queue.html", {"groups": groups, "n": len(found), "late": late, **tabs(request)})


def _row(one: waiting.Ask, by: Any) -> dict[str, Any]:
    return {
        "place": one.place, "who": one.who, "why": one.why, "url": one.url, "mode": Mode(one.mode).label,
        "due": words.when(one.due_at - timedelta(minutes=1), by.at), "is_late": one.due_at <= by.at,
    }  # fmt: skip


def _timing(timing: tuple[int | None, str] | None) -> str:
    if timing is None:
        return _("not in use")
    days, mode = timing
    limit = _("within %(days)d days") % {"days": days} if days else "REV-14"
    return f"{limit}　{Mode(mode).label}"


def _change(project: Any, by: Any, trigger: Trigger, timing: tuple[int | None, str] | None) -> str:
    if not by.may(time_revisit.name, project.pk):
        return ""
    days, mode = timing or waiting.DEFAULTS[trigger]
    given: dict[str, Any] = {"trigger": trigger, "mode": mode, **({"days": days} if days else {})}
    url = reverse("acts:do", args=[project.code, "project", project.pk, time_revisit.verb])
    return f"{url}?{urlencode({**given, 'next': reverse('followups:queue', args=[project.code])})}"


@staff_page
@require_safe
def month(request: Any) -> HttpResponse:
    """The trail of a steward: the own one, or that of any steward for who leads."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *CARERS):
        raise Http404
    leads = by.holds(project.pk, *(CARERS - {posts.STEWARD}))
    crew = list(trail.stewards(project, by.at).order_by("pk")) if leads else []
    steward = _steward(request, crew, leads)
    first = _month(request.GET.get("month", ""), timezone.localdate(by.at))
    here = reverse("followups:trail", args=[project.code])
    shown = f"&who={steward.pk}" if leads else ""
    context = {
        "steward": steward,
        "parts": trail.of_month(project, steward, first, by),
        "month": f"{first:%Y-%m}",
        "before": f"{here}?month={(first - timedelta(days=1)):%Y-%m}{shown}",
        "after": f"{here}?month={(first + timedelta(days=32)):%Y-%m}{shown}",
        "crew": [
            {"label": one.name, "url": f"{here}?who={one.pk}&month={first:%Y-%m}", "current": one == steward}
            for one in crew
        ],
        **tabs(request),
    }
    return render(request, "followups/trail.html", context)


def _steward(request: Any, crew: list[Any], leads: bool) -> Employee:
    """Who is asked for among the stewards of the project; nobody else's trail is a steward's to read."""
    asked = request.GET.get("who", "")
    if not leads:
        found = Employee.objects.filter(pk=request.actor.id).first()
    elif asked:
        found = next((one for one in crew if str(one.pk) == asked), None)
    else:
        found = crew[0] if crew else None
    if found is None or (not leads and asked and asked != str(found.pk)):
        raise Http404
    return found


def _month(text: str, today: date) -> date:
    """The month asked for, within ten years of today; otherwise this one."""
    try:
        first = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs((first - today).days) < 3660 else today.replace(day=1)
