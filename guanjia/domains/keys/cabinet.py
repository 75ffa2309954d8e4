"""The cabinets as a picture, one key's panel beside; what a scanned tag leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia.kernel import calendar as cal
from guanjia.kernel import events
from guanjia.parts.custody import operations as custody
from guanjia.parts.custody import panels as hands
from guanjia.parts.custody.models import Handout
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.doors import Request, say, staff_page
from guanjia.web.things import bar_of, moment_of

from . import operations, queries, showing
from .models import Cabinet, Category, Key, State

LEGEND = ("in", "out", "today", "overdue", "missing", "empty")


@staff_page
@require_GET
def home(request: Request) -> HttpResponse:
    """One cabinet, slot by slot; the key that was picked stands beside."""
    by, project = request.actor, request.project
    cabinets = list(queries.cabinets(project, by))
    picked = _picked(request, project, by)
    cabinet = _chosen(request, cabinets, picked)
    here = reverse("keys:home", args=[project.code])
    context: dict[str, Any] = {
        **showing.tabs(request),
        "cabinet": cabinet,
        "switch": [
            {"url": f"{here}?cabinet={one.pk}", "label": one.name, "current": one == cabinet} for one in cabinets
        ],
        "actions": _actions(project, by, cabinet),
        "find_url": reverse("keys:find", args=[project.code]),
        "loose": [] if cabinet else list(queries.keys(project, by).filter(cabinet__isnull=True)[:40]),
    }
    if cabinet:
        slots, counts = _slots(cabinet, project, by.at, picked)
        opened = queries.last_opened(cabinet)
        context |= {
            "rows": slots,
            "legend": [{"state": state, "label": _label(state), "n": counts.get(state, 0)} for state in LEGEND],
            "opened": opened and _opened(opened),
        }
    context |= _panel(picked, by) if picked else {"away": showing.away(project, by)}
    return render(request, "keys/home.html", context)


def _picked(request: Request, project: Project, by: Any) -> Key | None:
    pk = request.GET.get("key", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) <= 18):
        return None
    found = queries.keys(project, by).filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: Request, cabinets: list[Cabinet], picked: Key | None) -> Cabinet | None:
    wanted = str(picked.cabinet_id) if picked and picked.cabinet_id else request.GET.get("cabinet", "")
    return next((one for one in cabinets if str(one.pk) == wanted), cabinets[0] if cabinets else None)


def _actions(project: Project, by: Any, cabinet: Cabinet | None) -> list[dict[str, Any]]:
    """What can be begun here."""
    listed = [
        (operations.take_over, reverse("keys:new", args=[project.code]), "plus"),
        (operations.add_cabinet, reverse("keys:new_cabinet", args=[project.code]), "layout-grid"),
        (custody.start_count, reverse("custody:new_count", args=[project.code]) + "?kind=key", "clipboard-check"),
    ]
    if cabinet:
        own = reverse("acts:do", args=[project.code, "key_cabinet", cabinet.pk, "change_cabinet"])
        listed.append((operations.change_cabinet, own, "adjustments"))
    return [
        {"label": operation.label, "url": url, "icon": icon}
        for operation, url, icon in listed
        if by.may(operation.name, project.pk)
    ]


def _slots(
    cabinet: Cabinet, project: Project, at: datetime, picked: Key | None
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Rows of slots with their colours, and how many there are of each."""
    lie, out, missed = queries.in_cabinet(cabinet), queries.out_of(project), queries.missed_of(cabinet)
    evening = cal.end_of_day(cal.always(project.zone), at)
    here, counts, rows = reverse("keys:home", args=[project.code]), dict.fromkeys(LEGEND, 0), []
    for row in range(1, cabinet.rows + 1):
        slots = []
        for slot in range(1, cabinet.slots + 1):
            key = lie.get((row, slot))
            if key is None:
                shown: dict[str, Any] = {
                    "label": f"{row}-{slot}",
                    "note": _("empty"),
                    "state": "empty",
                    "title": _("Empty slot"),
                }
            else:
                shown = _slot(key, out.get(key.pk), at, evening, key.pk in missed)
                shown |= {"url": f"{here}?key={key.pk}", "current": picked is not None and picked.pk == key.pk}
            counts[shown["state"]] += 1
            slots.append(shown)
        rows.append({"label": "", "slots": slots})
    return rows, counts


def _slot(key: Key, handout: Handout | None, at: datetime, evening: datetime, is_missed: bool) -> dict[str, Any]:
    state = "missing" if is_missed or key.state == State.LOST else queries.late_or_today(handout, at, evening)
    icons = {"out": "hand-grab", "today": "clock", "overdue": "alert-triangle", "missing": "help-circle"}
    icon = icons.get(state, "lock" if key.is_important else "")
    if state == "in" and key.category == Category.OWNER and not key.is_sealed:
        icon = "lock-open"
    title = f"{key}　{key.get_state_display()}" + (f"　{handout.holder}" if handout else "")
    return {"label": key.number, "note": key.title, "state": state, "title": title, "icon": icon}


def _label(state: str) -> str:
    return {
        "in": _("In store"), "out": pgettext("keys", "Out"), "today": _("Due today"), "overdue": _("Overdue"),
        "missing": pgettext("keys", "Missing"), "empty": _("Empty"),
    }[state]  # fmt: skip


def _opened(event: Any) -> str:
    names = [event.actor_name, *(str(one.get("name", "")) for one in event.given.get("$present", ()))]
    return _("locked; last opened %(at)s by %(names)s") % {"at": words.when(event.at), "names": "、".join(names)}


def _panel(key: Key, by: Any) -> dict[str, Any]:
    """One key beside its cabinet."""
    handout = showing.holder(key, by)
    return {
        "key": key,
        "page_url": showing.page_of(key),
        "holder": handout,
        "heed": showing.heed(key, by),
        "offers": bar_of(key, by, key.project, showing.LEADING),
        "limits": showing.limits(key, by),
        "allowed": showing.allowed(key, by),
        "moments": [moment_of(event, by) for event in events.timeline(key, *hands.story(key))[:8]],
    }


@staff_page
@require_GET
def scanned(request: Request, tag: str) -> HttpResponse:
    """The code of a tag leads to its key: for those who may see it, nobody else learns that it exists."""
    by, project = request.actor, request.project
    found = queries.keys(project, by).filter(tag=tag.upper()).first()
    if found is None:
        raise Http404
    return redirect(showing.page_of(found, project))


@staff_page
@require_GET
def find(request: Request) -> HttpResponse:
    """A number or a code, typed or read by a scanner that types."""
    by, project = request.actor, request.project
    found = queries.found_by(project, by, request.GET.get("code", "")[:60].rsplit("/", 1)[-1])
    if found is None:
        say(request, _("No key has this number or code."), tone="warn")
        return redirect(reverse("keys:home", args=[project.code]))
    return redirect(showing.page_of(found, project))
