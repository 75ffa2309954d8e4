"""The counter: a code is scanned or typed, what waits for that door stands there, one signature, done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel.outcomes import Refused, RefusedRows
from guanjia.parts.instructions import queries as instructions
from guanjia.web import sheets, words
from guanjia.web.doors import claimed, go, say, staff_page

from . import operations, queries
from .models import UNSIGNED, Parcel
from .papers import print_consent_form
from .screens import pages, ways_in

MOST = 50


@staff_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """One box. One door found: its parcels with the field to sign; several: which one."""
    project, by = request.project, request.actor
    said = request.POST.get("q", "").strip()[:40]
    found = queries.asked_for(project, by, said)
    chosen = _chosen(request, found)
    context = {
        "q": said,
        "doors": [] if chosen else found,
        "persons": _persons(request, said) if said and not chosen else [],
        "nothing": bool(said) and not found,
        "gone": _gone(queries.gone(project, by, said), by) if not found else None,
        "counts": queries.counts(project, by),
        "links": ways_in(project, by),
        **_door(request, chosen, said),
    }
    return render(request, "parcels/counter.html", context)


def _gone(parcel: Parcel | None, by: Any) -> dict[str, Any] | None:
    """What became of it and when, for who stands here with an old code."""
    if parcel is None:
        return None
    at = words.when(parcel.collected_at, by.at) if parcel.collected_at else ""
    said = (str(parcel.house or ""), parcel.get_sort_display(), parcel.get_state_display(), at)
    return {"words": "　".join(filter(None, said)), "url": pages.address(parcel, parcel.project)}


def _chosen(request: Any, found: list[queries.Household]) -> queries.Household | None:
    """The door that was meant: the only one, or the one that was pointed at."""
    house = request.POST.get("house", "")
    if len(found) == 1:
        return found[0]
    return next((one for one in found if str(one.house.pk) == house), None)


def _door(request: Any, door: queries.Household | None, said: str, refused: Any = None) -> dict[str, Any]:
    if door is None:
        return {"door": None}
    signed = [one for one in door.parcels if one.sort not in UNSIGNED]
    code = said if any(one.code == said for one in signed) else ""
    picked = request.POST.getlist("pick")
    return {
        "door": door,
        "instructions": instructions.shown_to(request.actor, door.house),
        "letters": [one for one in door.parcels if one.sort in UNSIGNED],
        "rows": [{"parcel": one, "on": not picked or str(one.pk) in picked} for one in signed],
        "code": code or request.POST.get("pickup_code", "")[:6],
        "proofs": operations.hand_over.form.base_fields["proof"].choices,  # type: ignore[attr-defined]
        "proof": request.POST.get("proof") or ("code" if code or not said else "document"),
        "refused": refused,
        "collector": request.POST.get("collector", "")[:40],
    }


def _persons(request: Any, said: str) -> list[dict[str, Any]]:
    """For whom a parcel may be about to come: straight to its form."""
    project, by = request.project, request.actor
    if not by.may(operations.accept.name, project.pk):
        return []
    url = reverse("parcels:accept", args=[project.code])
    return [
        {"person": one, "url": f"{url}?resident={one.pk}", "print_url": _consent_url(one, by)}
        for one in queries.persons(project, by, said)
    ]


def _consent_url(resident: Any, by: Any) -> str:
    """Where the paper to sign is printed; empty where somebody of the household has agreed in writing."""
    house = queries.home_of(resident, by.at)
    agreed = house is not None and queries.consent_of(house, by.at) is not None
    may = by.may(print_consent_form.name, resident.project_id)
    return "" if agreed or not may else sheets.address_of(print_consent_form, resident)


@staff_page
@require_POST
def sign(request: Any) -> HttpResponse:
    """All that is ticked leaves with one signature, or nothing does."""
    project, by = request.project, request.actor
    ids = [int(p) for p in request.POST.getlist("pick")[:MOST] if p.isascii() and p.isdigit() and len(p) <= 18]
    parcels = list(Parcel.visible_to(by).filter(project=project, pk__in=ids).order_by("id"))
    given = {name: request.POST.get(name, "")[:60] for name in ("proof", "pickup_code", "collector")}
    given["signature"] = request.FILES.get("signature")
    try:
        if not parcels:
            raise Refused("", _("Tick what is collected."))
        if len({one.house_id for one in parcels}) > 1:
            raise Refused("", _("One door at a time: these are of several."))
        key = request.POST.get("idempotency_key", "")[:80] or None
        done = operations.hand_over.many([(one, given) for one in parcels], by=claimed(request), key=key)
    except Refused as outcome:
        return _again(request, parcels, outcome)
    words = ngettext("%(n)d handed over and signed for.", "%(n)d handed over and signed for.", len(done))
    say(request, words % {"n": len(done)})
    return go(request, reverse("parcels:counter", args=[project.code]))


def _again(request: Any, parcels: list[Parcel], outcome: Refused) -> HttpResponse:
    """The same door with what was said against it; where nothing waits there any more, the empty counter."""
    project, by = request.project, request.actor
    door = queries.of_house(project, by, parcels[0].house_id or 0) if parcels else None
    lines = _lines(outcome)
    if door is None:
        for line in lines:
            say(request, line, tone="warn")
        return go(request, reverse("parcels:counter", args=[project.code]))
    context = {"q": "", "counts": queries.counts(project, by), **_door(request, door, "", refused=lines)}
    return render(request, "parcels/counter.html", context, status=outcome.status)


def _lines(outcome: Refused) -> list[str]:
    """Each sentence once, whichever parcels it was said of."""
    told = outcome.indexed.values() if isinstance(outcome, RefusedRows) else [outcome.errors]
    return list(dict.fromkeys(str(line) for fields in told for said in fields.values() for line in said))


@staff_page
@require_http_methods(["GET"])
def letters(request: Any) -> HttpResponse:
    """Letters and papers by building and unit, each unit with one press for its round."""
    project, by = request.project, request.actor
    context = {
        "rounds": queries.rounds(project, by),
        "may": by.may(operations.hand_round.name, project.pk),
        "new_url": reverse("parcels:mail", args=[project.code]),
        "may_new": by.may(operations.receive_mail.name, project.pk),
        "list_url": reverse("parcels:list", args=[project.code]),
        "today": timezone.localdate(by.at),
    }
    return render(request, "parcels/letters.html", context)


@staff_page
@require_POST
def go_round(request: Any) -> HttpResponse:
    """The ticked letters are in their boxes."""
    project, by = request.project, request.actor
    ids = [int(p) for p in request.POST.getlist("pick")[:500] if p.isascii() and p.isdigit() and len(p) <= 18]
    rows = list(Parcel.visible_to(by).filter(project=project, pk__in=ids).order_by("id"))
    key = request.POST.get("idempotency_key", "")[:80] or None
    try:
        if not rows:
            raise Refused("", _("Tick what was handed round."))
        done = operations.hand_round.many([(one, {}) for one in rows], by=claimed(request), key=key)
    except Refused as outcome:
        for line in _lines(outcome)[:3]:
            say(request, line, tone="warn")
    else:
        say(request, ngettext("%(n)d handed round.", "%(n)d handed round.", len(done)) % {"n": len(done)})
    return go(request, reverse("parcels:letters", args=[project.code]))
