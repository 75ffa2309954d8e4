"""What every phone page shares: the door, the tab bar, and whether the phone may keep the page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.outreach import queries as outreach
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web.doors import staff_page

View = Callable[..., HttpResponse]
# Where the door sends whoever may not enter now.
DOORS = ("/login", "/lock", "/account/password", "/account/second")


def phone_page(view: View | None = None, *, keep: bool = False) -> Any:
    """A page for staff of the project. `keep`: holds no number and no care note, so the phone may keep it (offline).

    Who is no longer signed in and sends a form gets 401, never the login page: what was written must not be lost.
    """
    if view is None:
        return functools.partial(phone_page, keep=keep)
    entered = staff_page(view)

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = entered(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302 and response.headers["Location"].startswith(DOORS):
            place = response.headers["Location"].split("?")[0]
            return HttpResponse(_("Log in again to go on."), status=401, headers={"X-Login": place})
        if keep and request.method == "GET" and response.status_code == 200:
            response.headers["X-Keep-Offline"] = "1"
        return response

    return enter


def framed(request: Any, template: str, shown: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render with what the phone frame needs."""
    frame = {"code": request.project.code, "offline": True, "here": request.get_full_path()}
    return render(request, template, {**frame, **shown}, status=status)


def tabs(request: Any, current: str) -> list[dict[str, Any]]:
    """The tab bar: only what the post opens."""
    project, by = request.project, request.actor
    rows = [
        ("home", "clipboard-list", _("Tasks"), does_work(by, project), 0),
        ("gate", "walk", pgettext("field", "Gate"), stands_at_gate(by, project), 0),
        (
            "district",
            "building",
            _("District") if is_steward(by, project) else _("Open now"),
            does_service(by, project),
            0,
        ),
        (
            "report",
            "pencil",
            _("Take down"),
            by.may("repairs.record", project.pk) or by.may("cases.record_enquiry", project.pk),
            0,
        ),
        ("notices", "message", _("Messages"), True, outreach.unread(by, project)),
        ("more", "layout-grid", pgettext("field", "More"), True, 0),
    ]
    return [
        {
            "icon": icon,
            "label": label,
            "url": reverse(f"field:{name}", args=[project.code]),
            "current": name == current,
            "badge": n or "",
        }
        for name, icon, label, is_open, n in rows
        if is_open
    ]


def does_work(by: Actor, project: Project) -> bool:
    """Goes out to repair."""
    return by.holds(project.pk, *posts.ENGINEERING)


def does_service(by: Actor, project: Project) -> bool:
    """Follows the cases of others: a district, or the whole project."""
    return by.holds(
        project.pk, *posts.SERVICE, *posts.SUPERVISORS, posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER
    )


def stands_at_gate(by: Actor, project: Project) -> bool:
    """Lets visitors in; who leads the counter finds the gate from there."""
    return by.holds(project.pk, *posts.SECURITY)


def is_steward(by: Actor, project: Project) -> bool:
    return by.holds(project.pk, posts.STEWARD)


def case_of(request: Any, pk: int) -> Case:
    """The case of this project that the person may see; 404 otherwise."""
    found = casework.visible(request.project, request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
