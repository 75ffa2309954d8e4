"""The first page: what is open, what there is to read, the quick keys; and choosing another home."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.domains.parcels import queries as parcels
from guanjia.domains.repairs import queries as repairs
from guanjia.parts.casework.models import ONGOING, Case
from guanjia.parts.outreach import queries as outreach
from guanjia.people import queries as people
from guanjia.people.models import Resident
from guanjia.web.doors import projects_of
from guanjia.web.words import when

from . import progress, steward
from .doors import Home, framed, portal_page, tabs

SHOWN, NEWS = 3, 3


@portal_page
@require_GET
def page(request: Any) -> HttpResponse:
    """Open matters with promise and real time, unread messages, who the steward is."""
    project, by = request.project, request.actor
    open_now = list(
        Case.visible_to(by)
        .filter(project=project, state__in=ONGOING)
        .order_by("-id")
        .select_related("house", "spot")[: SHOWN + 1]
    )
    news, _more = outreach.page(project, by, size=NEWS)
    unread = outreach.unread(by, project)
    context = {
        "title": project.name,
        "greeting": greeting(request),
        "steward": steward.card_of(request.home.house, by.at),
        "matters": rows_of(open_now[:SHOWN], request),
        "more": len(open_now) > SHOWN,
        "news": [m for m in news if m.notice.read_at is None],  # “messages” are what the frame says after an act
        "tabs": tabs(request, "home", unread),
        "unread": unread,
        "parcels": parcels.count_of([request.home.house.pk], project, by),
    }
    return framed(request, "portal/home.html", context)


def greeting(request: Any) -> str:
    """顾女士，上午好."""
    from guanjia.shells.field.shown import polite

    hour = timezone.localtime(request.actor.at).hour
    day = _("good morning") if hour < 12 else _("good afternoon") if hour < 18 else _("good evening")
    name = polite(request.resident.name, request.resident.gender, True)
    return _("%(name)s, %(day)s") % {"name": name, "day": day}


def rows_of(cases: list[Case], request: Any) -> list[dict[str, Any]]:
    """Matters for a list: three statements however many."""
    at = request.actor.at
    orders = repairs.orders_of(cases) if cases else {}
    running = progress.running(cases, at)
    return [
        {
            "title": case.title,
            "number": case.number,
            "icon": "tool" if case.is_repair else "help-circle",
            "url": reverse("portal:matter", args=[request.project.code, case.pk]),
            "state": progress.state_words(case, orders.get(case.pk)),
            "steps": progress.steps(case, orders.get(case.pk)),
            "next": progress.next_words(case, orders.get(case.pk), at),
            "promise": running.get(case.pk),
            "at": when(case.reported_at, at),
            "is_mine_to_say": case.state == "done",
            "place": case.spot.name if case.spot_id and case.spot else "",
        }
        for case in cases
    ]


@portal_page
@require_http_methods(["GET", "POST"])
def switch(request: Any) -> HttpResponse:
    """All homes of this login; the chosen one is what the pages are about."""
    homes = _all_homes(request)
    if request.method == "POST":
        chosen = next((h for h in homes if h.key == request.POST.get("home")), None)
        if chosen is None:
            raise Http404
        request.session["portal_home"] = chosen.key
        return HttpResponseRedirect(reverse("portal:home", args=[chosen.project.code]))
    context = {"title": _("My homes"), "homes": homes, "back_url": reverse("portal:home", args=[request.project.code])}
    return framed(request, "portal/homes.html", context)


def _all_homes(request: Any) -> list[Home]:
    by = request.actor
    mine = {p.pk: p for p in projects_of(request) if p.pk in by.homes}
    rows = Resident.objects.filter(project_id__in=list(mine), pk__in=list(by.homes.values()), erased_at__isnull=True)
    return [Home(mine[r.project_id], o) for r in rows.order_by("project_id") for o in people.homes_of(r, by.at)]
