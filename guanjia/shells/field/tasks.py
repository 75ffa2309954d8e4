"""My work: in hand, to accept, to take, done today."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia.web import words

from . import queries, shown
from .doors import does_service, does_work, framed, phone_page, stands_at_gate, tabs

LISTS: dict[str, Any] = {
    "hand": queries.in_hand, "accept": queries.to_accept, "grab": queries.to_grab, "done": queries.finished_today,
}  # fmt: skip


@phone_page(keep=True)
@require_GET
def home(request: Any) -> HttpResponse:
    """The tasks of who works; who does not, lands in the district or at the own page."""
    project, by = request.project, request.actor
    if not does_work(by, project):
        place = "gate" if stands_at_gate(by, project) else "district" if does_service(by, project) else "more"
        return HttpResponseRedirect(reverse(f"field:{place}", args=[project.code]))
    counts = queries.counts(project, by)
    tab = _tab(request.GET.get("tab", ""), counts, may_grab=by.may("repairs.grab", project.pk))
    context = {
        "title": _("My tasks"),
        "tabs": tabs(request, "home"),
        "switch": _switch(project, tab, counts, by.may("repairs.grab", project.pk)),
        "tab": tab,
        "cards": shown.cards(LISTS[tab](project, by), project, by),
        "duty": _duty(project, by),
    }
    return framed(request, "field/tasks.html", context)


@phone_page
@require_GET
def care(request: Any) -> HttpResponse:
    """Care notes of the households on my list, put into their cards; never kept on the phone."""
    project, by = request.project, request.actor
    make = {"accept": queries.to_accept}.get(request.GET.get("tab", ""), queries.in_hand)
    cases = make(project, by)
    found = queries.care_of(project, [c for c in cases if shown.may_see_care(c, by)], by)
    rows = [{"pk": pk, "lines": shown.care_lines(tags)} for pk, tags in found.items() if tags]
    return render(request, "field/care.html", {"rows": rows})


def _tab(asked: str, counts: dict[str, int], *, may_grab: bool) -> str:
    if asked in LISTS and (asked != "grab" or may_grab):
        return asked
    return "hand" if counts["hand"] or not counts["accept"] else "accept"


def _switch(project: Any, current: str, counts: dict[str, int], may_grab: bool) -> list[dict[str, Any]]:
    labels = {
        "hand": _("In hand"),
        "accept": pgettext("tab", "To accept"),
        "grab": _("To take"),
        "done": _("Done today"),
    }
    url = reverse("field:home", args=[project.code])
    return [
        {"label": label, "url": f"{url}?tab={name}", "current": name == current, "count": counts[name]}
        for name, label in labels.items()
        if name != "grab" or may_grab
    ]


def _duty(project: Any, by: Any) -> dict[str, Any] | None:
    """On duty, and until when."""
    for shift in queries.shifts_of_today(project, by):
        if shift.from_at <= by.at < shift.to_at:
            return {"on": True, "words": _("On duty until %(time)s") % {"time": words.when(shift.to_at, by.at)}}
    return {"on": False, "words": _("Off duty")}
