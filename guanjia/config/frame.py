"""What every page's frame needs. All of it is lazy: a fragment that draws no frame asks nothing of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from guanjia.parts.approvals import queries as approvals
from guanjia.parts.casework.models import ALL_CASES, UNFINISHED, Case
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.outreach import queries as outreach
from guanjia.people import posts, sessions
from guanjia.people.models import Duty
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.context import look_of
from guanjia.web.doors import Request, projects_of, told

from . import navigation

BOUND = 100  # of what a badge counts


def frame(request: Request) -> dict[str, Any]:
    """Context processor; nothing of the frame for somebody who is not signed in."""
    by = getattr(request, "actor", None)
    shown: dict[str, Any] = {"actor": by, "look": look_of(request), "is_demo": settings.DEMO}
    if by is None:
        return shown
    shown |= {
        "notices": SimpleLazyObject(lambda: told(request)),
        "logout_url": reverse("desk:logout"),
        "relogin_url": reverse("desk:login"),
        "lock": _lock(request),
    }
    project = getattr(request, "project", None)
    if project is None or not by.is_staff:
        return shown
    held = by.posts.get(project.pk, frozenset())
    mine: Any = SimpleLazyObject(lambda: _mine(by, project))

    def lazy(make: Callable[[], Any]) -> Any:
        return SimpleLazyObject(make)

    badges: Any = SimpleLazyObject(lambda: _badges(mine))
    rail: Any = lazy(lambda: navigation.rail(request.path, project, held, badges))
    return shown | {
        "project_code": project.code,
        "project": {"name": project.name, "url": reverse("desk:today", args=[project.code])},
        "projects": lazy(lambda: _projects(request, project)),
        "rail": rail,
        "rail_more": lazy(lambda: navigation.more(rail)),
        "bar_url": reverse("desk:bar", args=[project.code]),
        "ringing_url": _ringing_url(request, project),
        "lock_url": reverse("desk:lock"),
        "duty": lazy(lambda: _duty(by, mine)),
        "bell": lazy(lambda: _bell(mine, project)),
        "person": {"name": by.name, "post": _post_name(held), "url": reverse("desk:account")},
    }


def _lock(request: Any) -> dict[str, Any] | None:
    """When this screen locks, and what its lock posts to; None for a page that does not lock or is locked already."""
    after = sessions.locks_after(request.session)
    if not after or request.session.get("locked"):
        return None
    is_counter = request.session.get("place") == "counter"
    return {
        "after": after, "warn": sessions.WARN_SECONDS, "who": request.actor.name, "lock": reverse("desk:lock"),
        "unlock": reverse("desk:unlock"), "alive": reverse("desk:alive"),
        "take_over": reverse("desk:take-over") if is_counter else "",
    }  # fmt: skip


def _ringing_url(request: Request, project: Any) -> str:
    """Where calls for the extension of this browser show; empty where nobody sits at one here."""
    sits = str(request.session.get("extension", "")).startswith(f"{project.code}:")
    return reverse("telephone:ringing", args=[project.code]) if sits else ""


def _projects(request: Request, current: Any) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "url": reverse("desk:today", args=[p.code]), "current": p.pk == current.pk}
        for p in projects_of(request)
        if p.pk in request.actor.posts
    ]


def _post_name(held: frozenset[str]) -> Any:
    order = [post for post in posts.NAMES if post in held]
    return posts.NAMES[order[0]] if order else ""


def _mine(by: Any, project: Any) -> dict[str, Any]:
    """My shift here (the one that runs, else the next), my unread notices and the badges, in one statement."""
    shift = Duty.objects.filter(project_id=project.pk, employee_id=by.id, to_at__gt=by.at, ended_at__isnull=True)
    shift = shift.order_by("from_at")
    wanted: dict[str, Any] = {f"shift_{n}": Subquery(shift.values(n)[:1]) for n in ("from_at", "to_at", "shift")}
    wanted["unread"] = ArraySubquery(outreach.unread_notices(by, project).values("pk"))
    if by.holds(project.pk, *ALL_CASES):
        wanted["pressing"] = ArraySubquery(clocks.pressing(OuterRef("pk"), "case", by.at).values("subject_id")[:BOUND])
    if by.holds(project.pk, *posts.ENGINEERING):
        work = Case.objects.filter(project_id=OuterRef("pk"), executor_id=by.id, state__in=UNFINISHED).order_by()
        wanted["work"] = ArraySubquery(work.values("pk")[:BOUND])
    wanted["signing"] = ArraySubquery(approvals.own_to_sign(by).select_related(None).order_by().values("pk")[:BOUND])
    return dict(Project.objects.filter(pk=project.pk).annotate(**wanted).values(*wanted).get())


def _badges(mine: dict[str, Any]) -> dict[str, Any]:
    """Beside the rail: cases near or over a limit, work in hand, what waits for my signature. Beyond a bound 99+."""
    counted = {
        "cases": len(set(mine.get("pressing", ()))), "field": len(mine.get("work", ())),
        "approvals": len(mine.get("signing", ())),
    }  # fmt: skip
    return {name: n for name, n in counted.items() if n}


def _duty(by: Any, mine: dict[str, Any]) -> dict[str, Any]:
    """Whether I am on now, and until when; the shift that comes next when I am not."""
    begins, ends = mine["shift_from_at"], mine["shift_to_at"]
    if begins is None:
        return {"on": False, "words": _("No shift"), "place": ""}
    shift = dict(Duty.Shift.choices).get(mine["shift_shift"], "")
    name = f"{shift} {words.clock_time(begins)}–{words.clock_time(ends)}".strip()
    if begins <= by.at:
        return {"on": True, "words": name, "place": _("On duty")}
    return {"on": False, "words": f"{words.when(begins, by.at)} {name}".strip(), "place": _("Off duty")}


def _bell(mine: dict[str, Any], project: Any) -> dict[str, Any]:
    """Unread notices, 99+ beyond."""
    return {"url": reverse("outreach:inbox", args=[project.code]), "count": len(mine["unread"])}
