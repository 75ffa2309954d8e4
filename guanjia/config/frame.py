"""What every page's frame needs. All of it is lazy: a fragment that draws no frame asks nothing of the database."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.web import words
from guanjia.web.context import look_of
from guanjia.web.doors import projects_of, told

from . import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; nothing of the frame for somebody who is not signed in."""
    by = getattr(request, "actor", None)
    shown: dict[str, Any] = {"actor": by, "look": look_of(request), "is_demo": settings.DEMO}
    if by is None:
        return shown
    shown |= {
        "notices": SimpleLazyObject(lambda: told(request)),
        "logout_url": reverse("desk:logout"),
        "relogin_url": reverse("desk:login"),
    }
    project = getattr(request, "project", None)
    if project is None or not by.is_staff:
        return shown
    held = by.posts.get(project.pk, frozenset())

    def lazy(make: Callable[[], Any]) -> Any:
        return SimpleLazyObject(make)

    return shown | {
        "project_code": project.code,
        "project": {"name": project.name, "url": reverse("desk:today", args=[project.code])},
        "projects": lazy(lambda: _projects(request, project)),
        "rail": lazy(lambda: navigation.rail(request.path, project, held, {})),
        "bar_url": reverse("desk:bar", args=[project.code]),
        "lock_url": reverse("desk:lock"),
        "duty": lazy(lambda: _duty(by, project)),
        "bell": lazy(lambda: _bell(by, project)),
        "person": {"name": by.name, "post": _post_name(held), "url": reverse("desk:account")},
    }


def _projects(request: HttpRequest, current: Any) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "url": reverse("desk:today", args=[p.code]), "current": p.pk == current.pk}
        for p in projects_of(request)
        if p.pk in request.actor.posts  # type: ignore[attr-defined]
    ]


def _post_name(held: frozenset[str]) -> Any:
    order = [post for post in posts.NAMES if post in held]
    return posts.NAMES[order[0]] if order else ""


def _duty(by: Any, project: Any) -> dict[str, Any]:
    """Whether I am on now, and until when; the shift that comes next when I am not."""
    rows = Duty.objects.filter(project_id=project.pk, employee_id=by.id, to_at__gt=by.at, ended_at__isnull=True)
    shift = rows.order_by("from_at").first()
    if shift is None:
        return {"on": False, "words": _("No shift"), "place": ""}
    span = f"{words.clock_time(shift.from_at)}–{words.clock_time(shift.to_at)}"
    name = f"{shift.shift} {span}".strip()
    if shift.from_at <= by.at:
        return {"on": True, "words": name, "place": _("On duty")}
    return {"on": False, "words": f"{words.when(shift.from_at, by.at)} {name}".strip(), "place": _("Off duty")}


def _bell(by: Any, project: Any) -> dict[str, Any] | None:
    """Unread notices, where the room of notices stands."""
    if find_spec("guanjia.parts.outreach") is None or find_spec("guanjia.parts.outreach.queries") is None:
        return None
    count = getattr(import_module("guanjia.parts.outreach.queries"), "unread_count", None)
    try:
        url = reverse("outreach:inbox", args=[project.code])
    except NoReverseMatch:
        return None
    return {"url": url, "count": count(by, project)} if count else None
