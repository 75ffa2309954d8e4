"""Taking something down on the way: at a door, on a patrol, for a walk-in."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.domains.cases.operations import record_enquiry
from guanjia.domains.repairs.operations import record
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.casework import categories
from guanjia.parts.casework.models import Case
from guanjia.places import queries as places
from guanjia.places.models import Spot
from guanjia.web.doors import claimed, go, say

from . import queries
from .doors import framed, phone_page

SOURCES = {
    Case.Channel.PATROL: gettext_lazy("Found it myself"),
    Case.Channel.WALK_IN: gettext_lazy("Told at the door"),
    Case.Channel.PHONE: gettext_lazy("Told by phone"),
}
# What can be taken down on the way. Nobody finds a question on a patrol.
KINDS = {
    "repair": (record, gettext_lazy("Repair"), tuple(SOURCES)),
    "enquiry": (record_enquiry, gettext_lazy("Enquiry"), (Case.Channel.WALK_IN, Case.Channel.PHONE)),
}
MOST_SPOTS = 300


@phone_page(keep=True)
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """A repair: place, what is wrong, photos. An enquiry: what is asked, and the reply when it is known."""
    project, by = request.project, request.actor
    operation = KINDS[_kind(request)][0]
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    if request.method == "GET":
        return _page(request, None, 200)
    data = _data(request)
    key = request.POST.get("idempotency_key", "")[:80] or None
    try:
        case = operation.submit(project, by=claimed(request), data=data, files=request.FILES, key=key)
    except Refused as outcome:
        return _page(request, _refused(request, operation, data, outcome), outcome.status)
    say(request, _("Taken down: %(number)s.") % {"number": case.number})
    return go(request, reverse("field:case", args=[project.code, case.pk]))


def _kind(request: Any) -> str:
    kind = request.POST.get("take") or request.GET.get("take", "")
    return kind if kind in KINDS else "repair"


def _data(request: Any) -> MultiValueDict[str, Any]:
    """What the thumb gave, as the operation asks for it: a house by its code, category and problem from one choice;
    what we found ourselves is reported by who found it."""
    data = request.POST.copy()
    if request.POST.get("place") == categories.COMMON:
        data["house"] = data["resident"] = ""
    elif code := request.POST.get("house_code", "").strip():
        house = places.house_by_code(request.project, code[:40])
        data["house"] = house.pk if house else "0"
    if _kind(request) == "repair":
        branch, _colon, leaf = request.POST.get("what", "").partition(":")
        data["category"], data["problem"] = branch, leaf
    if request.POST.get("channel") == Case.Channel.PATROL and not data.get("resident") and not data.get("caller_name"):
        data["caller_name"] = request.actor.name
    return data


def _refused(request: Any, operation: Operation, data: Any, outcome: Refused) -> django_forms.Form:
    form = operation.new_form(request.project, request.actor, data, request.FILES)
    form.is_valid()
    if "problem" in form.fields:
        form.fields["problem"].label = _("What is wrong")
    if "problem" in form.errors:
        form.errors.pop("category", None)  # both are one choice on this page
    for name, sentences in outcome.errors.items():
        known = [str(line) for line in form.errors.get(name or "__all__", [])]
        for sentence in sentences if name != "category" or "problem" not in form.errors else ():
            if str(sentence) not in known:
                form.add_error(
                    name if name in form.fields else None,
                    django_forms.ValidationError(sentence, code=outcome.clause or None),
                )
    return form


def _page(request: Any, form: Any, status: int) -> HttpResponse:
    project, by = request.project, request.actor
    given, kind = request.POST, _kind(request)
    operation, _label, sources = KINDS[kind]
    form = form or operation.new_form(project, by)
    place = given.get("place") or (categories.HOME if kind == "repair" else "none")
    context = {
        "take": kind,
        "kinds": [
            {"label": label, "url": f"{request.path}?take={one}", "current": one == kind}
            for one, (verb, label, _sources) in KINDS.items()
            if by.may(verb.name, project.pk)
        ],
        "title": _("Take down"),
        "back_url": reverse("field:home", args=[project.code]),
        "action": request.path,
        "form": form,
        "errors": {n: list(v) for n, v in form.errors.items()} if form.is_bound else {},
        "given": given,
        "tree": categories.tree(),
        "places": [{"value": v, "label": label, "checked": v == place} for v, label in form.fields["place"].choices],
        "channels": [
            {
                "value": c.value,
                "label": label,
                "checked": c.value == (given.get("channel") or sources[0].value),
            }
            for c, label in SOURCES.items()
            if c in sources
        ],
        "urgencies": [
            {"value": u.value, "label": u.label, "checked": u.value == (given.get("urgency") or Case.Urgency.ORDINARY)}
            for u in (Case.Urgency.ORDINARY, Case.Urgency.EMERGENCY)
        ],
        "spots": list(Spot.visible_to(by).filter(project=project)[:MOST_SPOTS]),
        **_household(request, given.get("house_code", "")),
    }
    return framed(request, "field/report.html", context, status=status)


@phone_page
@require_GET
def household(request: Any) -> HttpResponse:
    """Who lives in the house that is being written: to tick who said it. Names only, never kept on the phone."""
    return render(request, "field/household.html", _household(request, request.GET.get("house_code", "")))


def _household(request: Any, code: str) -> dict[str, Any]:
    if not code.strip():
        return {"house": None, "people": [], "asked": ""}
    house, rows = queries.household_of(request.project, code.strip(), request.actor)
    return {"house": house, "people": rows, "asked": code.strip()[:40]}
