"""The resident's card with the intake beside it; the same for a house without a chosen person, and for a stranger."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia.domains.keys import queries as keys
from guanjia.domains.left_items import queries as left_items
from guanjia.domains.parcels import queries as parcels
from guanjia.domains.privacy.operations import disclose, reveal
from guanjia.domains.residents import showing as serving
from guanjia.domains.visitors import queries as visitors
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework import categories
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING
from guanjia.parts.instructions import queries as instructions
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.models import Consent, Occupancy
from guanjia.places import queries as places
from guanjia.places.models import House
from guanjia.web import words
from guanjia.web.doors import perform, refused_form

from . import intake, queries, shown
from .who import desk_page


@desk_page
@require_http_methods(["GET", "POST"])
def resident(request: Any, pk: int) -> HttpResponse:
    """The card of a resident; `?take=repair` opens an intake beside it."""
    project, by = request.project, request.actor
    person = queries.resident(project, by, pk)
    if person is None:
        raise Http404
    if person.merged_into_id:
        return HttpResponseRedirect(reverse("desk:resident", args=[project.code, person.merged_into_id]))
    homes: list[Occupancy] = person.homes_now  # type: ignore[attr-defined]  # read beforehand for all
    house = homes[0].house if homes else None
    context = {**_card(person, homes, project, by), **_intake(request, person, house, [h.house for h in homes])}
    if isinstance(context.get("done"), HttpResponse):
        return context["done"]
    return render(request, "desk/resident.html", context, status=context["status"])


@desk_page
@require_http_methods(["GET", "POST"])
def stranger(request: Any) -> HttpResponse:
    """Somebody who is not on file reports something."""
    context = _intake(request, None, None, [])
    if isinstance(context.get("done"), HttpResponse):
        return context["done"]
    return render(request, "desk/stranger.html", context, status=context["status"])


@desk_page
@require_http_methods(["GET", "POST"])
def house(request: Any, pk: int) -> HttpResponse:
    """A house: who lives there, what is open; an intake for whoever calls about it."""
    project, by = request.project, request.actor
    place = House.visible_to(by).filter(project=project, pk=pk).select_related("building", "unit").first()
    if place is None:
        raise Http404
    context = {
        **_intake(request, None, place, [place]),
        "house": place,
        "instructions": instructions.shown_to(by, place),
        "household": people.household(place, by.at) if by.holds(project.pk, *posts.FILE_READERS) else [],
        "cases": shown.rows(casework.of_house(place, by), project, by),
        "steward": people.steward_of(place, by.at),
        "facts": _house_facts(place),
    }
    if isinstance(context.get("done"), HttpResponse):
        return context["done"]
    return render(request, "desk/house.html", context, status=context["status"])


def _intake(request: Any, person: Any, house: Any, houses: list[House]) -> dict[str, Any]:
    """Everything of the form beside the card; runs it when it was sent."""
    project, by = request.project, request.actor
    kind = request.POST.get("take") or request.GET.get("take") or "repair"
    open_kinds = intake.kinds(project, by, kind, request.path)
    if not any(one["id"] == kind for one in open_kinds):
        kind = open_kinds[0]["id"] if open_kinds else ""
    context: dict[str, Any] = {"kinds": open_kinds, "take": kind, "status": 200, "strip": shown.strip(project, by)}
    if not kind:
        return context
    form = None
    if request.method == "POST":
        case, form, context["status"] = intake.submit(request, kind, resident=person, house=house)
        if case is not None:
            return {"done": intake.done(request, case)}
    return context | {
        "form": form or intake.blank(kind, project, by, person, house=house),
        "reporter": person,
        "houses": houses,
        "home": house,
        "spots": places.spots(project).order_by("building_id", "id")[:400],
        "tree": categories.tree(),
        "sort": request.POST.get("sort", ""),
        "caller": request.POST.get("caller_phone") or request.session.get("caller", ""),
        "same": _joinable(request, form),
        "limits": {u: intake.deadline(project, u, by.at) for u in intake.LIMITS} if kind == "repair" else {},
        "code": "RPR-01" if kind == "repair" else "CASE-04",
        "today": f"{timezone.localtime(by.at):%Y-%m-%dT%H:%M}",
    }


def _joinable(request: Any, form: Any) -> Any:
    """The open case that a refused intake was taken for."""
    if form is None or "apart" not in form.errors:
        return None
    data = form.data
    problem = categories.problem(data.get("category", ""), data.get("problem", ""))
    return intake._same(request.project, request.actor, data, problem)


def _card(person: Any, homes: list[Occupancy], project: Any, by: Any) -> dict[str, Any]:
    house = homes[0].house if homes else None
    household = people.household(house, by.at) if house else []
    recent = casework.of_resident(person, by)
    rows = shown.rows(recent, project, by)
    ongoing = [row for row in rows if row["case"].state in ONGOING]
    care = queries.care(project, [o.resident_id for o in household] or [person.pk], by)
    return {
        "resident": person,
        "homes": homes,
        "instructions": instructions.shown_to(by, house),
        "steward": people.steward_of(house, by.at) if house else None,
        "ongoing": ongoing,
        "recent": [row for row in rows if row not in ongoing][:6],
        "household": household,
        "care": care,
        "care_ids": {tag.resident_id for tag in care},
        "consents": _consent_facts(person),
        "service": serving.card(person, by),
        "tiles": [*_tiles(ongoing, household, house, recent, by), *_in_hand(homes, project, by)],
        "facts": _house_facts(house) if house else [],
        "reveal": _reveal(person, project, by),
        "disclose": _disclose(person, project, by),
        "is_linked": False,
    }


def _tiles(ongoing: list[Any], household: list[Any], house: Any, recent: list[Any], by: Any) -> list[dict[str, Any]]:
    late = sum(1 for row in ongoing if row["clock"] and row["clock"]["tone"] in ("late", "soon"))
    note = (
        _("%(n)d near or over the limit") % {"n": late} if late else _("all in time") if ongoing else _("nothing open")
    )
    tiles = [
        {
            "label": _("Open cases"),
            "number": len(ongoing),
            "note": note,
            "icon": "message-report",
            "tone": "warn" if late else "",
        },
        {"label": _("Household"), "number": len(household), "note": _("on file"), "icon": "users", "tone": ""},
    ]
    if recent:
        last = recent[0]
        tiles.append(
            {
                "label": _("Last contact"),
                "number": words.when(last.reported_at, by.at),
                "note": last.get_channel_display(),
                "icon": "history",
                "tone": "",
            }
        )
    if house is not None:
        tiles.append(
            {
                "label": _("Home"),
                "number": house.get_use_display(),
                "note": house.layout or house.code,
                "icon": "home",
                "tone": "",
            }
        )
    return tiles


def _in_hand(homes: list[Occupancy], project: Any, by: Any) -> list[dict[str, Any]]:
    """What the counter has of the household: only what there is, and only what this post may see."""
    houses = [one.house_id for one in homes]
    known = (
        (_("Parcels waiting"), _("at the desk"), "package", "warn", "parcels:counter", parcels.count_of),
        (_("Guests expected"), _("passes that open"), "qrcode", "", "visitors:passes", visitors.count_of),
        (_("Keys held"), _("with the service centre"), "key", "", "keys:list", keys.count_of),
        (_("Things kept"), _("waiting to be fetched"), "archive", "warn", "left_items:list", left_items.count_of),
    )
    tiles = []
    for label, note, icon, tone, name, count in known:
        if number := count(houses, project, by):
            url = reverse(name, args=[project.code])
            tiles.append({"label": label, "number": number, "note": note, "icon": icon, "tone": tone, "url": url})
    return tiles


def _house_facts(house: House) -> list[dict[str, Any]]:
    parts = []
    if house.area_cm2:
        parts.append(f"{house.area_cm2 // 10000}.{house.area_cm2 % 10000 // 100:02d} ㎡")
    parts += [part for part in (house.layout, house.get_use_display()) if part]
    facts = [{"label": _("Home"), "value": "　".join(str(p) for p in parts)}]
    if house.moved_in_on:
        facts.append({"label": _("Moved in"), "value": words.when(house.moved_in_on)})
    return facts


SHOWN = (Consent.Purpose.PARCELS, Consent.Purpose.DUNNING, Consent.Purpose.RECORDING, Consent.Purpose.PHOTOS)


def _consent_facts(person: Any) -> list[dict[str, Any]]:
    given = {c.purpose: c for c in queries.consents(person)}
    facts = []
    for purpose in SHOWN:
        label, consent = purpose.label, given.get(purpose)
        facts.append(
            {
                "label": label,
                "value": words.when(consent.given_at) if consent else _("not given"),
                "icon": "circle-check" if consent else "circle-minus",
                "tone": "ok" if consent else "ink-3",
            }
        )
    return facts


def _disclose(person: Any, project: Any, by: Any) -> str:
    """Where the number is told to somebody outside, once the supervisor has signed (PRIV-01)."""
    if not person.phone or not by.may(disclose.name, project.pk):
        return ""
    here = reverse("desk:resident", args=[project.code, person.pk])
    return f"{reverse('acts:do', args=[project.code, 'resident', person.pk, disclose.verb])}?next={here}"


def _reveal(person: Any, project: Any, by: Any) -> str:
    """Where the whole number is asked for, with a reason; absent for posts that may not."""
    if not person.phone or not by.may(reveal.name, project.pk):
        return ""
    return reverse("desk:number", args=[project.code, person.pk])


@desk_page
@require_http_methods(["GET", "POST"])
def number(request: Any, pk: int) -> HttpResponse:
    """The whole phone number, for a stated reason; it stands on this page only, never in an address."""
    project, by = request.project, request.actor
    person = queries.resident(project, by, pk)
    if person is None:
        raise Http404
    context: dict[str, Any] = {"resident": person, "back_url": reverse("desk:resident", args=[project.code, person.pk])}
    status = 200
    if request.method == "POST":
        try:
            perform(request, reveal, person)
            context["phone"] = person.phone
        except Refused as outcome:
            context["form"], status = refused_form(request, reveal, person, outcome), outcome.status
    else:
        context["form"] = reveal.new_form(person, by)
    return render(request, "desk/number.html", context, status=status)
