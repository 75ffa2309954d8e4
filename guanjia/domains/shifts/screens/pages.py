"""One handover, one pass-on, one transfer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guanjia.kernel import events
from guanjia.parts import handover as lines
from guanjia.parts.files.showing import photos
from guanjia.people import posts
from guanjia.web import sheets
from guanjia.web.doors import staff_page
from guanjia.web.things import about, bar_of, moment_of

from .. import queries
from ..models.transfers import GIVEN_BACK, label_of
from . import registers, shown

about("shifts.explain", lambda event: one.label if (one := lines.registry.get(event.given.get("line"))) else "")


@staff_page
@require_safe
def handover(request: Any, pk: int) -> HttpResponse:
    """What is open line by line, what is still unexplained, and the two signatures."""
    by, project = request.actor, request.project
    thing = queries.handovers(project, by).filter(pk=pk).first()
    if thing is None:
        raise Http404
    drafted = queries.draft(thing, by)
    context = {
        "thing": thing,
        "blocks": shown.blocks(thing, drafted, project, by),
        "owed": [one.line for one in drafted if not one.is_settled] if thing.is_open else [],
        "acts": bar_of(thing, by, project, without=("explain",)),
        "sheets": sheets.offered(thing, by),
        "explain_url": reverse("acts:do", args=[project.code, "handover", thing.pk, "explain"]),
        "here": registers.handover_pages.address(thing, project),
        "list_url": reverse("shifts:handovers", args=[project.code]),
        "moments": [moment_of(event, by) for event in events.timeline(thing)],
    }
    return render(request, "shifts/handover.html", context)


@staff_page
@require_safe
def pass_on(request: Any, pk: int) -> HttpResponse:
    """What is passed on, and who has read it when."""
    by, project = request.actor, request.project
    note = queries.pass_ons(project, by).filter(pk=pk).first()
    if note is None:
        raise Http404
    context = {
        "note": note,
        "readers": queries.readers(note),
        "posts": [posts.NAMES[post] for post in note.posts if post in posts.NAMES],
        "acts": bar_of(note, by, project),
        "photos": list(photos(note, by)),
        "list_url": reverse("shifts:pass-ons:list", args=[project.code]),
        "moments": [moment_of(event, by) for event in events.timeline(note)],
    }
    return render(request, "shifts/pass_on.html", context)


@staff_page
@require_safe
def transfer(request: Any, pk: int) -> HttpResponse:
    """A transfer: what is given back, the memo, what is open."""
    by, project = request.actor, request.project
    thing = queries.transfers(project, by).filter(pk=pk).first()
    if thing is None:
        raise Http404
    context = {
        "thing": thing,
        "ticks": [{"label": label_of(name), "done": getattr(thing, name)} for name in GIVEN_BACK],
        "own": [_own(one, project) for one in queries.own_of(thing, by)] if not thing.signed_at else [],
        "acts": bar_of(thing, by, project),
        "sheets": sheets.offered(thing, by),
        "list_url": reverse("shifts:transfers:list", args=[project.code]),
        "moments": [moment_of(event, by) for event in events.timeline(thing)],
    }
    return render(request, "shifts/transfer.html", context)


def _own(one: Any, project: Any) -> dict[str, Any]:
    return {
        "label": one.line.label, "count": f"{one.count}+" if one.has_more else one.count,
        "url": one.line.address(project), "rows": one.said(shown.SHOWN),
    }  # fmt: skip
