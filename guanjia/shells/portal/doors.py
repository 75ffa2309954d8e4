"""What every page of a resident shares: the door, the home it is about, the tab bar."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.parts.casework.models import Case
from guanjia.parts.outreach import queries as outreach
from guanjia.people import queries as people
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import House, Project
from guanjia.web.doors import Request, projects_of, resident_page

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Home:
    """A house somebody belongs to, and as what."""

    project: Project
    occupancy: Occupancy

    @property
    def house(self) -> House:
        return self.occupancy.house

    @property
    def key(self) -> str:
        return str(self.occupancy.pk)


def portal_page(view: View) -> View:
    """A page of a resident: `request.resident` and `request.home` are set; without a home now it is a 404."""
    entered = resident_page(_at_home(view))

    @functools.wraps(entered)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor is not None:
            return entered(request, *args, **kwargs)
        place = reverse("portal:sign-in")
        if request.method == "POST" or request.headers.get("HX-Request"):  # what was written must not be lost
            return HttpResponse(_("Sign in again to go on."), status=401, headers={"X-Login": place})
        return HttpResponseRedirect(f"{place}?{urlencode({'next': request.get_full_path()})}")

    return enter


def _at_home(view: View) -> View:
    @functools.wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.resident = Resident.objects.filter(
            project=request.project, pk=request.actor.homes[request.project.pk], erased_at__isnull=True
        ).first()
        rows = people.homes_of(request.resident, request.actor.at) if request.resident else []
        if not rows:
            raise Http404
        request.homes = [Home(request.project, row) for row in rows]
        chosen = request.session.get("portal_home")
        request.home = next((h for h in request.homes if h.key == chosen), request.homes[0])
        return view(request, *args, **kwargs)

    return enter


def framed(request: Any, template: str, shown: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render with what the frame of the phone needs."""
    frame = {
        "code": request.project.code, "hotline": request.project.hotline, "offline": True, "home": request.home,
        "place": request.home.house.title, "relogin_url": reverse("portal:sign-in"),
        "many_homes": len(request.homes) > 1 or len(projects_of(request)) > 1,
    }  # fmt: skip
    return render(request, template, {**frame, **shown}, status=status)


def tabs(request: Request, current: str, unread: int | None = None) -> list[dict[str, Any]]:
    """The tab bar; unread messages stand on theirs."""
    project, by = request.project, request.actor
    waiting = outreach.unread(by, project) if unread is None else unread
    rows = (
        ("home", "home", pgettext("portal", "Home"), 0),
        ("report", "tool", pgettext("portal", "Report"), 0),
        ("matters", "clipboard-list", pgettext("portal", "Matters"), 0),
        ("messages", "message", _("Messages"), waiting),
        ("me", "user", _("Mine"), 0),
    )
    return [
        {
            "icon": icon, "label": label, "url": reverse(f"portal:{name}", args=[project.code]),
            "current": name == current, "badge": n or "",
        }
        for name, icon, label, n in rows
    ]  # fmt: skip


def matter_of(request: Any, pk: int) -> Case:
    """One's own matter at this project; everything else does not exist."""
    found = Case.visible_to(request.actor).filter(project=request.project, pk=pk)
    case = found.select_related("house__building", "house__unit", "spot", "resident", "owner", "executor").first()
    if case is None:
        raise Http404
    return case


def mine_url(request: Any) -> str:
    """Back to the page of what is mine."""
    return reverse("portal:me", args=[request.project.code])
