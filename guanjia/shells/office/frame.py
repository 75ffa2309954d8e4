"""What the pages of the office share: their tabs, who opens which, the verbs of a thing, its story."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.kernel import events, operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.parts.imports.models import BRINGERS
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.doors import staff_page
from guanjia.web.sheets import is_paper
from guanjia.web.things import actor_of

LEADS = posts.SUPERVISORS | posts.MANAGERS | {
    posts.ADMINISTRATOR, posts.HR_OFFICER, posts.COMPANY_SERVICE, posts.ENGINEERING_MANAGER,
    posts.ENGINEERING_SUPERVISOR, posts.SECURITY_MANAGER,
}  # fmt: skip
FILES = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS | {posts.ADMINISTRATOR, posts.COMPANY_SERVICE}
STAFF = posts.EVERYONE - {posts.SECURITY_GUARD, posts.CLEANING_LEAD}
# Page, its name, who opens it, whether the head office has one.
TABS: tuple[tuple[str, Any, frozenset[str], bool], ...] = (
    ("project", gettext_lazy("Project"), LEADS, True),
    ("staff", gettext_lazy("Staff"), STAFF, True),
    ("duty", gettext_lazy("Duty"), STAFF, True),
    ("districts", gettext_lazy("Districts"), STAFF, False),
    ("places", gettext_lazy("Places"), STAFF, False),
    ("residents", gettext_lazy("Residents"), FILES, False),
    ("imports", gettext_lazy("Imports"), BRINGERS, True),
    ("tree", gettext_lazy("Departments"), STAFF, True),
    ("rights", gettext_lazy("Rights"), LEADS, True),
    ("calendar", gettext_lazy("Calendar"), STAFF, True),
    ("channels", gettext_lazy("Outside"), posts.SUPERVISORS | posts.MANAGERS | {posts.ADMINISTRATOR}, True),
    ("privacy:list", gettext_lazy("Own data"), posts.DOCUMENT_READERS, False),
)
OPENS = {name: held for name, _label, held, _office in TABS}


def office_page(tab: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of one tab: a post that does not open it meets a 404, as for what does not exist."""

    def bind(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.holds(request.project.pk, *OPENS[tab]):
                raise Http404
            request.tabs = tabs(request, tab)
            return view(request, *args, **kwargs)

        return staff_page(enter)

    return bind


def tabs(request: Any, current: str) -> list[dict[str, Any]]:
    """The tabs that this person's posts open here."""
    project, by = request.project, request.actor
    return [
        {"label": label, "url": _address(name, project), "current": name == current}
        for name, label, held, is_for_office in TABS
        if by.holds(project.pk, *held) and (is_for_office or not project.is_office)
    ]


def _address(name: str, project: Project) -> str:
    """A page of the office, or of a room that is kept from here."""
    return reverse(name if ":" in name else f"office:{name}", args=[project.code])


def register_frame(request: HttpRequest, slug: str) -> Mapping[str, Any]:
    """What a register shows around its list."""
    return {"tabs": tabs(request, slug), "page_title": _("Office")}


def do_url(operation: Operation, thing: Any, **more: Any) -> str:
    """The page of one verb of one thing."""
    room, verb = operation.name.split(".")
    scope = thing if isinstance(thing, Project) else thing.project
    url = reverse("office:do", args=[scope.code, subjects.label_of(thing), thing.pk, room, verb])
    return f"{url}?{urlencode(more)}" if more else url


def verbs(thing: Any, by: Actor, *names: str, without: tuple[str, ...] = (), **more: Any) -> list[dict[str, Any]]:
    """The verbs this person has for a thing, as in `names` (or as written); locked ones say what is missing."""
    wanted = [operations.registry[n] for n in names] if names else operations.on(type(thing))
    found = []
    for operation in wanted:
        offer = operation.offer(thing, by) if operation.name not in without and not is_paper(operation) else None
        if offer is not None:
            found.append(
                {
                    "label": operation.label,
                    "url": do_url(operation, thing, **more),
                    "icon": operation.icon,
                    "danger": operation.danger,
                    "locked": " ".join(str(n.sentence) for n in offer.missing),
                }
            )
    return found


def story(thing: Any, by: Actor, *, limit: int = 30) -> list[dict[str, Any]]:
    """What happened to a thing, newest first; what was given stays sealed in the journal."""
    moments = []
    for event in events.timeline(thing, limit=limit):
        operation = operations.registry.get(event.name)
        moments.append(
            {
                "icon": (operation.icon if operation else "") or "point",
                "tone": "danger" if operation and operation.danger else "neutral",
                "actor": actor_of(event),
                "words": str(operation.label) if operation else event.name,
                "at": words.when(event.at, by.at),
                "iso": event.at.isoformat(),
                "late": _("entered %(at)s") % {"at": words.when(event.recorded_at, by.at)} if event.is_late else "",
            }
        )
    return moments
