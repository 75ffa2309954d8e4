"""The queue of cases: saved views, filters, search, pages, what can be done to a row or to many."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks import explaining
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places import queries as places

from . import listing, shown
from .who import desk_page

LABELS = {
    "open": gettext_lazy("Open now"),
    "soon": gettext_lazy("Due soon"),
    "late": gettext_lazy("Over the limit"),
    "to_dispatch": gettext_lazy("To dispatch"),
    "mine": gettext_lazy("I took"),
    "my_work": gettext_lazy("I work on"),
    "to_confirm": gettext_lazy("Confirm and revisit"),
    "night": gettext_lazy("From the night"),
    "ended": gettext_lazy("Closed or cancelled"),
    "forced": gettext_lazy("Closed by force"),
}
FOUND = 50  # what is looked for stands on one page
TONES = {"soon": "warn", "late": "danger"}
FILTERS = (
    ("state", gettext_lazy("Status"), [(s.value, s.label) for s in State]),
    ("urgency", gettext_lazy("Urgency"), Case.Urgency.choices),
    ("channel", gettext_lazy("Channel"), Case.Channel.choices),
)


def asked(request: Any) -> dict[str, str]:
    """View, filters, words and sort of this request, each from its list and bounded."""
    given = request.GET if request.method == "GET" else request.POST
    found = {name: given.get(name, "")[:20] for name in listing.KEPT if given.get(name)}
    view = given.get("view", "open")
    found["view"] = view if view in LABELS else "open"
    found["q"] = request.POST.get("q", "")[:80].strip()
    found["sort"] = "new" if given.get("sort") == "new" or found["view"] in ("ended", "forced") else "due"
    return found


def filters_of(wish: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in wish.items() if name in listing.KEPT}


@desk_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """One page, at most ten statements whatever its size. What is looked for is posted, never addressed."""
    project, by = request.project, request.actor
    wish = asked(request)
    after = "" if wish["q"] else request.GET.get("after", "")[:60]
    rows = listing.chosen(project, by, wish["view"], filters_of(wish), wish["q"])
    found = listing.page(
        rows, project, by_due=wish["sort"] == "due", after=after, size=FOUND if wish["q"] else listing.SIZE
    )
    first = _number(request.GET.get("n"), 1)
    context = {
        "rows": _rows(found, project, by),
        "wish": wish,
        "tabs": _tabs(request, wish),
        "views": _views(request, wish, {}),
        "menus": [_menu(request, wish, *one) for one in FILTERS],
        "kept": [(n, v) for n, v in wish.items() if n != "q" and v],
        "next_url": _url(request, wish, after=found.next, n=first + len(found.cases))
        if found.next and not wish["q"]
        else "",
        "prev_url": _url(request, wish) if after else "",
        "first": first if found.cases else "",
        "last": first + len(found.cases) - 1,
        "sort_url": _url(request, {**wish, "sort": "due" if wish["sort"] == "new" else "new"}),
        "counts_url": f"{reverse('desk:counts', args=[project.code])}?{urlencode(_slim(wish))}",
        "may": {
            v: by.may(r, project.pk)
            for v, r in (
                ("dispatch", "repairs.dispatch"),
                ("export", "cases.export"),
                ("chase", "cases.chase"),
                ("record", "repairs.record"),
            )
        },
        "back": request.get_full_path(),
        "more_found": bool(found.next and wish["q"]),
    }
    return render(request, "desk/queue.html", context)


@desk_page
@require_GET
def counts(request: Any) -> HttpResponse:
    """What the page brings after itself: the counts of the views and the long filter lists."""
    project, by, wish = request.project, request.actor, asked(request)
    buildings = [(str(b.pk), b.name) for b in places.buildings(project)]
    staff = [(str(e.pk), e.name) for e in people.holders(project, posts.TECHNICIAN, by.at)]
    context = {
        "views": _views(request, wish, listing.counts(project, by)),
        "menus": [
            _menu(request, wish, "building", _("Building"), buildings),
            _menu(request, wish, "executor", _("Assigned to"), staff),
        ],
    }
    return render(request, "desk/queue_counts.html", context)


def _rows(found: listing.Page, project: Any, by: Any) -> list[dict[str, Any]]:
    """Rows with their clocks; those that came with the page are not asked for again."""
    if len(found.clocks) < len(found.cases):
        return shown.rows(found.cases, project, by)
    made = explaining.Calendars()
    bars = {pk: explaining.bar(clock, by.at, made) for pk, clock in found.clocks.items()}
    return shown.rows(found.cases, project, by, bars=bars)


def _slim(wish: dict[str, str], **more: Any) -> dict[str, str]:
    said = {**wish, "q": "", **{n: str(v) for n, v in more.items()}}
    usual = {"view": "open", "sort": "due"}
    return {n: v for n, v in said.items() if v and usual.get(n) != v}


def _url(request: Any, wish: dict[str, str], **more: Any) -> str:
    query = urlencode(_slim(wish, **more))
    return f"{reverse('desk:queue', args=[request.project.code])}{'?' if query else ''}{query}"


def _tabs(request: Any, wish: dict[str, str]) -> list[dict[str, Any]]:
    kinds = [("", _("All")), *Case.Kind.choices]
    plain = {n: v for n, v in wish.items() if n != "kind"}
    return [
        {
            "label": label,
            "url": _url(request, plain, **({"kind": kind} if kind else {})),
            "current": wish.get("kind", "") == kind,
        }
        for kind, label in kinds
    ]


def _views(request: Any, wish: dict[str, str], counted: dict[str, int]) -> list[dict[str, Any]]:
    rest = {n: v for n, v in wish.items() if n not in ("sort", "state")}
    return [
        {
            "label": label,
            "url": _url(request, {**rest, "view": view}),
            "current": view == wish["view"],
            "count": ("99+" if counted[view] >= listing.BOUND else counted[view]) if view in counted else "",
            "tone": TONES.get(view, "neutral"),
        }
        for view, label in LABELS.items()
        if view != "forced" or request.actor.holds(request.project.pk, *posts.SUPERVISORS)
    ]


def _menu(request: Any, wish: dict[str, str], name: str, label: Any, choices: Any) -> dict[str, Any]:
    """A filter as a menu of links; the chosen one stands in its name."""
    now = wish.get(name, "")
    plain = {n: v for n, v in wish.items() if n != name}
    items = [{"label": _("All"), "url": _url(request, plain), "current": not now}]
    items += [
        {"label": words, "url": _url(request, plain, **{name: value}), "current": value == now}
        for value, words in choices
    ]
    said = next((str(words) for value, words in choices if value == now), "")
    return {"id": name, "label": f"{label}: {said}" if said else label, "items": items}


def _number(text: Any, otherwise: int) -> int:
    plain = str(text or "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else otherwise
