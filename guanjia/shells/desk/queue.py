"""The queue of cases: saved views, filters, search, pages, what can be done to a row or to many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjia.domains.followups.models import READERS, SOLVERS
from guanjia.domains.repairs import queries as repairs
from guanjia.parts.casework import categories
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case, SavedView, State
from guanjia.parts.casework.operations import save_view
from guanjia.parts.casework.views import FROM_FIGURES, LABELS
from guanjia.parts.clocks import explaining
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places import queries as places
from guanjia.web import words
from guanjia.web.doors import answer

from . import listing, shown
from .who import desk_page

RIGHTS = {
    "dispatch": "repairs.dispatch",
    "export": "cases.export",
    "chase": "cases.chase",
    "record": "repairs.record",
}
FOUND = 50  # what is looked for stands on one page
TONES = {"soon": "warn", "late": "danger"}
FILTERS = (
    ("state", gettext_lazy("Status"), [(s.value, s.label) for s in State]),
    ("urgency", gettext_lazy("Urgency"), Case.Urgency.choices),
    ("channel", gettext_lazy("Channel"), Case.Channel.choices),
    ("category", gettext_lazy("Trade"), categories.choices()),
)


def asked(request: Any) -> dict[str, str]:
    """View, filters, words and sort of this request, each from its list and bounded."""
    given = request.GET if request.method == "GET" else request.POST
    found = {name: given.get(name, "")[:20] for name in listing.KEPT if given.get(name)}
    view = given.get("view", "open")
    found["view"] = view if view in LABELS else "open"
    found["q"] = request.POST.get("q", "")[:80].strip()
    saved = given.get("saved", "")
    if saved.isascii() and saved.isdigit() and len(saved) <= 18:
        found["saved"] = saved
    found["sort"] = (
        "new" if given.get("sort") == "new" or found["view"] in ("ended", "forced", "ended_today") else "due"
    )
    return found


def _current(mine: list[SavedView], wish: dict[str, str]) -> SavedView | None:
    return next((one for one in mine if str(one.pk) == wish.get("saved")), None)


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
    # My own views come with the counts, after the page; at once only when one of them is what is shown.
    mine = casework.saved_views(project, by) if "saved" in wish else []
    context = {
        "rows": _rows(found, project, by, wish),
        "wish": wish,
        "tabs": _tabs(request, wish),
        "views": _views(request, wish, {}, mine),
        "current": _current(mine, wish),
        "here": _url(request, wish),
        "may_save": by.may(save_view.name, project.pk),
        "save_view": save_view.new_form(project, by),
        "menus": [
            *(_menu(request, wish, *one) for one in FILTERS),
            _menu(request, wish, "on", _("Came in on"), _days(by.at, wish.get("on", ""))),
        ],
        "kept": [(n, v) for n, v in wish.items() if n != "q" and v],
        "next_url": _url(request, wish, after=found.next, n=first + len(found.cases))
        if found.next and not wish["q"]
        else "",
        "prev_url": _url(request, wish) if after else "",
        "first": first if found.cases else "",
        "last": first + len(found.cases) - 1,
        "sort_url": _url(request, {**wish, "sort": "due" if wish["sort"] == "new" else "new"}),
        "counts_url": f"{reverse('desk:counts', args=[project.code])}?{urlencode(_slim(wish))}",
        "may": {name: by.may(right, project.pk) for name, right in RIGHTS.items()},
        "back": request.get_full_path(),
        "more_found": bool(found.next and wish["q"]),
    }
    return render(request, "desk/queue.html", context)


@desk_page
@require_POST
def save(request: Any) -> HttpResponse:
    """Keep this view under a name; a refusal comes back as a page of its own with what was typed."""
    return answer(
        request,
        save_view,
        request.project,
        success_url=lambda saved: _url(
            request, {**saved.filters, "view": saved.view, "sort": saved.sort, "saved": str(saved.pk)}
        ),
        template="desk/save_view.html",
        context={"back_url": _url(request, asked(request))},
    )


@desk_page
@require_GET
def counts(request: Any) -> HttpResponse:
    """What the page brings after itself: the counts of the views and the long filter lists."""
    project, by, wish = request.project, request.actor, asked(request)
    mine = casework.saved_views(project, by)
    buildings = [(str(b.pk), b.name) for b in places.buildings(project)]
    staff = [(str(e.pk), e.name) for e in people.holders(project, posts.TECHNICIAN, by.at)]
    context = {
        "views": _views(request, wish, listing.counts(project, by), mine),
        "current": _current(mine, wish),
        "here": _url(request, wish),
        "may_save": by.may(save_view.name, project.pk),
        "fit": _fit(project, by) if by.may("repairs.dispatch", project.pk) else [],
        "menus": [
            _menu(request, wish, "building", _("Building"), buildings),
            _menu(request, wish, "executor", _("Assigned to"), staff),
        ],
    }
    return render(request, "desk/queue_counts.html", context)


def _rows(found: listing.Page, project: Any, by: Any, wish: dict[str, str]) -> list[dict[str, Any]]:
    """Rows with their clocks; those that came with the page are not asked for again. A row's address carries the
    view, so that the case's page knows the next one; what was looked for never stands in an address."""
    bars = None
    if len(found.clocks) >= len(found.cases):
        made = explaining.Calendars()
        bars = {pk: explaining.bar(clock, by.at, made) for pk, clock in found.clocks.items()}
    made_rows = shown.rows(found.cases, project, by, bars=bars)
    if not wish["q"]:
        for row in made_rows:
            row["url"] = f"{row['url']}?{way(wish)}"
    return made_rows


def way(wish: dict[str, str]) -> str:
    """The view as an address carries it to the case's page and back."""
    return urlencode({"view": wish["view"], **_slim(wish)})


def place_of(request: Any, case: Case) -> dict[str, Any]:
    """Where the case stands in the view it was opened from, and its neighbours; nothing without a view."""
    if "view" not in request.GET:
        return {}
    project, by, wish = request.project, request.actor, asked(request)
    rows = listing.chosen(project, by, wish["view"], filters_of(wish), "")
    ids = listing.trail(rows, project, by_due=wish["sort"] == "due")
    at = ids.index(case.pk) if case.pk in ids else -1
    total = f"{len(ids)}+" if len(ids) >= listing.TRAIL else str(len(ids))

    def url(pk: int) -> str:
        return f"{reverse('desk:case', args=[project.code, pk])}?{way(wish)}"

    if at < 0:  # it has left the view: the next is whatever stands first now
        words = _("no longer in this view (%(total)s)") % {"total": total}
        return {"way": way(wish), "words": words, "next": url(ids[0]) if ids else "", "back": _url(request, wish)}
    return {
        "way": way(wish),
        "words": _("%(n)d of %(total)s") % {"n": at + 1, "total": total},
        "prev": url(ids[at - 1]) if at > 0 else "",
        "next": url(ids[at + 1]) if at + 1 < len(ids) else "",
        "back": _url(request, wish),
        "name": LABELS[wish["view"]],
    }


def _fit(project: Any, by: Any) -> list[dict[str, Any]]:
    """Who may be sent, whoever is on duty with least in hand first."""
    on = repairs.candidates(project, "", by.at)
    there = {c.employee.pk for c in on}
    off = [e for e in people.holders(project, posts.TECHNICIAN, by.at)[:40] if e.pk not in there]
    load = casework.load(project, [e.pk for e in off])
    rows = [(c.employee, c.load, _("on duty")) for c in on] + [(e, load.get(e.pk, 0), _("off duty")) for e in off]
    return [
        {"pk": e.pk, "words": _("%(name)s (%(duty)s, %(n)d in hand)") % {"name": e.name, "duty": duty, "n": n}}
        for e, n, duty in rows
    ]


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
    tabs = [
        {
            "label": label,
            "url": _url(request, plain, **({"kind": kind} if kind else {})),
            "current": wish.get("kind", "") == kind,
        }
        for kind, label in kinds
    ]
    rooms = ((_("Visits"), "followups:visits:list", READERS), (_("Issues"), "followups:issues:list", SOLVERS))
    code, held = request.project.code, request.actor.posts.get(request.project.pk, frozenset())
    return tabs + [
        {"label": label, "url": reverse(name, args=[code]), "current": False}
        for label, name, who in rooms
        if held & who
    ]


def _views(request: Any, wish: dict[str, str], counted: dict[str, int], mine: list[SavedView]) -> list[dict[str, Any]]:
    rest = {n: v for n, v in wish.items() if n not in ("sort", "state", "saved")}
    if "saved" in wish:  # the filters are the saved view's own; a plain view starts without them
        rest = {"q": ""}
    plain = [
        {
            "label": label,
            "url": _url(request, {**rest, "view": view}),
            "current": view == wish["view"] and "saved" not in wish,
            "count": ("99+" if counted[view] >= listing.BOUND else counted[view]) if view in counted else "",
            "tone": TONES.get(view, "neutral") if counted.get(view) else "neutral",
        }
        for view, label in LABELS.items()
        if (view not in FROM_FIGURES or view == wish["view"])
        and (view != "forced" or request.actor.holds(request.project.pk, *posts.SUPERVISORS))
    ]
    own = [
        {
            "label": one.name,
            "url": _url(request, {**one.filters, "view": one.view, "sort": one.sort, "saved": str(one.pk)}),
            "current": wish.get("saved") == str(one.pk),
            "count": "",
            "tone": "neutral",
        }
        for one in mine
    ]
    return plain + own


def _days(at: Any, asked: str) -> list[tuple[str, Any]]:
    """The last seven days, and the day or hour that was asked for."""
    today = timezone.localtime(at).date()
    days = [(day.isoformat(), words.day_words(day, at)) for n in range(7) if (day := today - timedelta(days=n))]
    return days if not asked or asked in dict(days) else [(asked, asked.replace("T", " ")), *days]


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
