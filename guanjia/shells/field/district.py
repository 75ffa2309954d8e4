"""My district (or, for who leads, the whole project): open cases by building, confirmations and revisits to make."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guanjia.parts.casework.models import UNFINISHED, State

from . import queries, shown
from .doors import does_service, framed, is_steward, phone_page, tabs

STATES: dict[str, Any] = {"open": UNFINISHED, "confirm": {State.DONE}, "revisit": {State.CONFIRMED}}


@phone_page(keep=True)
@require_GET
def page(request: Any) -> HttpResponse:
    """Cases whose clock breaks first stand first, inside their building."""
    project, by = request.project, request.actor
    rows = queries.around(project, by)
    tab = request.GET.get("tab", "")
    tab = tab if tab in STATES else "open"
    cases = queries.by_due(rows.filter(state__in=STATES[tab]).order_by("id")[: queries.MOST])
    by_building: dict[str, list[dict[str, Any]]] = {}
    for case, card in zip(cases, shown.cards(cases, project, by), strict=True):
        by_building.setdefault(queries.building_of(case) or _("No building"), []).append(card)
    context = {
        "title": _("My district") if is_steward(by, project) else _("Open cases"),
        "tabs": tabs(request, "district"),
        "switch": _switch(rows, project, tab),
        "tab": tab,
        "groups": [{"name": name, "cards": found} for name, found in by_building.items()],
        "is_mine": does_service(by, project),
    }
    return framed(request, "field/district.html", context)


def _switch(rows: Any, project: Any, current: str) -> list[dict[str, Any]]:
    labels = {"open": _("In work now"), "confirm": _("To confirm"), "revisit": _("To revisit")}
    url = reverse("field:district", args=[project.code])
    return [
        {
            "label": label, "url": f"{url}?tab={name}", "current": name == current,
            "count": rows.filter(state__in=STATES[name]).order_by()[:100].count(),
        }
        for name, label in labels.items()
    ]  # fmt: skip
