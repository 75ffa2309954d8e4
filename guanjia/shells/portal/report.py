"""Reporting in under a minute: where, what, a photo, when somebody may come. Kept on the phone without a network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guanjia.domains.cases.operations import record_enquiry
from guanjia.domains.repairs.operations import record
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework import categories
from guanjia.places.models import Spot
from guanjia.shells.field.forms import slots
from guanjia.web.doors import claimed, go, say

from . import safety, tiles
from .doors import framed, portal_page, tabs

MOST_SPOTS = 200
# What stands in the field to begin with, by what the question is about.
HINTS = {
    "join": gettext_lazy("Please register who comes to live with us (name, relation, phone):"),
    "leave": gettext_lazy("Please note who no longer lives with us:"),
    "record": gettext_lazy("Please correct what is on record:"),
}


@portal_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """A repair, through the same operation as the desk."""
    if request.method == "GET":
        return _page(request, None, 200)
    key = request.POST.get("idempotency_key", "")[:80] or None
    data = _data(request)
    try:
        case = record.submit(request.project, by=claimed(request), data=data, files=request.FILES, key=key)
    except Refused as outcome:
        return _page(request, _refused(request, record, data, outcome), outcome.status)
    say(request, _("Taken down. Number to quote: %(number)s") % {"number": case.number})
    return go(request, reverse("portal:matter", args=[request.project.code, case.pk]))


def _data(request: Any) -> Any:
    """What the thumb gave, as the operation asks for it. How urgent it is follows from what it is."""
    data = request.POST.copy()
    branch, _colon, leaf = data.get("what", "").partition(":")
    data["category"], data["problem"] = branch[:40], leaf[:40]
    if data.get("place") == categories.COMMON:
        data["house"] = ""
    else:
        data["place"], data["spot"], data["house"] = categories.HOME, "", request.home.house.pk
    found = categories.problem(branch, leaf)
    if found is not None and not data.get("content", "").strip():
        data["content"] = found.label
    data["appointment_from"], _slash, data["appointment_to"] = data.get("slot", "")[:40].partition("/")
    return data


def _refused(request: Any, operation: Any, data: Any, outcome: Refused) -> dict[str, list[str]]:
    """Every refusal under the field of this page that asks for it."""
    places = {
        "category": "what",
        "problem": "what",
        "appointment_from": "slot",
        "appointment_to": "slot",
        "house": "spot",
    }
    found: dict[str, list[str]] = {}
    for name, sentences in outcome.errors.items():
        lines = found.setdefault(places.get(name, name), [])
        lines += [str(s) for s in sentences if str(s) not in lines]
    if "what" in found and not data.get("what"):
        found["what"] = [_("Say what is wrong: choose one of the tiles.")]
        if not data.get("content", "").strip():
            found.pop("content", None)  # the tile says enough
    return found


def _page(request: Any, errors: Any, status: int) -> HttpResponse:
    project, by, given = request.project, request.actor, request.POST
    words = tiles.alarm_words()
    alarms = [a for row in words if (a := safety.alarm(row["danger"], project, by.at, row["words"])) is not None]
    place = given.get("place", "") or categories.HOME
    context = {
        "title": _("Report a repair"),
        "back_url": reverse("portal:home", args=[project.code]),
        "action": request.path,
        "errors": errors or {},
        "given": given,
        "place_now": place,
        "tiles": tiles.tiles(given.get("what", "")),
        "alarms": alarms,
        "spots": list(Spot.visible_to(by).filter(project=project).order_by("building_id", "id")[:MOST_SPOTS]),
        "slots": _slots(project, by, given.get("slot", "")),
        "tabs": tabs(request, "report"),
    }
    return framed(request, "portal/report.html", context, status=status)


def _slots(project: Any, by: Any, chosen: str) -> list[dict[str, Any]]:
    """As soon as possible, or one of the next hours of reception."""
    soonest = by.at + timedelta(minutes=30)
    rows = [
        {"value": f"{s['from']}/{s['to']}", "label": s["label"]}
        for s in slots(soonest, project.opens_at, project.closes_at, 5)
    ]
    known = [{"value": "", "label": _("As soon as possible")}, *rows]
    return [{**row, "checked": row["value"] == chosen} for row in known]


# -- a question ------------------------------------------------------------------------------------------------------


@portal_page
@require_http_methods(["GET", "POST"])
def question(request: Any) -> HttpResponse:
    """A question or a request to the steward: who lives here, a change on record."""
    errors: dict[str, list[str]] = {}
    status = 200
    if request.method == "POST":
        key = request.POST.get("idempotency_key", "")[:80] or None
        data = request.POST.copy()
        data["place"], data["house"], data["spot"], data["apart"] = "home", request.home.house.pk, "", "on"
        try:
            case = record_enquiry.submit(request.project, by=claimed(request), data=data, files=request.FILES, key=key)
        except Refused as outcome:
            errors, status = _refused(request, record_enquiry, data, outcome), outcome.status
        else:
            say(request, _("Your question is with your steward. Number to quote: %(number)s") % {"number": case.number})
            return go(request, reverse("portal:matter", args=[request.project.code, case.pk]))
    context = {
        "title": _("Ask the steward"),
        "back_url": reverse("portal:home", args=[request.project.code]),
        "action": request.path,
        "errors": errors,
        "given": request.POST,
        "about": HINTS.get(request.GET.get("about", ""), ""),
    }
    return framed(request, "portal/question.html", context, status=status)
