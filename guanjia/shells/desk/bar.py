"""The one bar: residents, houses and cases by what a caller says."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from guanjia.web.doors import staff_page
from guanjia.web.words import masked

from . import queries
from .who import DESK

KEEP_CALLER = re.compile(r"\d{7,12}")


@staff_page
@require_POST
def hits(request: Any) -> HttpResponse:
    """What the bar found, grouped by kind. By POST: a phone number never stands in an address."""
    project, by = request.project, request.actor
    text = request.POST.get("q", "")[:80].strip()
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("desk:idle", args=[project.code]))
    if not queries.is_searchable(text):
        return HttpResponse("")
    people = queries.residents(project, by, text)
    counts = queries.open_counts(project, by, [p.pk for p in people]) if people else {}
    is_desk = by.holds(project.pk, *DESK)
    shown = {
        "q": text,
        "is_desk": is_desk,
        "resident_url": "desk:resident" if is_desk else "office:resident",
        "house_url": "desk:house" if is_desk else "office:house",
        "digits": _digits(text),
        "people": [_person(p, counts.get(p.pk, 0), text) for p in people],
        "houses": queries.houses(project, by, text),
        "cases": queries.cases(project, by, text),
        "code": project.code,
    }
    shown["n"] = len(shown["people"]) + len(shown["houses"]) + len(shown["cases"])
    _remember_caller(request, text, bool(people))
    return render(request, "desk/bar.html", shown)


def _digits(text: str) -> str:
    """What to mark in a masked number: the last four that were typed."""
    digits = re.sub(r"[\s-]", "", text)
    return digits[-4:] if digits.isdigit() and len(digits) >= 4 else ""


def _person(person: Any, open_cases: int, text: str) -> dict[str, Any]:
    home = person.homes_now[0] if person.homes_now else None
    return {
        "pk": person.pk,
        "name": person.name,
        "phone": masked(person.phone),
        "open": open_cases,
        "house": home.house.title if home else "",
        "role": home.get_role_display() if home else "",
        "is_vip": person.is_vip,
    }


def _remember_caller(request: Any, text: str, is_known: bool) -> None:
    """A number nobody has on file waits in the session, for the intake of a stranger."""
    digits = re.sub(r"[\s-]", "", text)
    if not is_known and KEEP_CALLER.fullmatch(digits):
        request.session["caller"] = digits
    elif "caller" in request.session and request.session["caller"] != digits:
        del request.session["caller"]
