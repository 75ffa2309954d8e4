"""What a resident does with a matter: confirm and rate, say it is not fixed, agree to a price, chase, write, cancel."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.casework.satisfaction import UNHAPPY
from guanjia.web.doors import go, perform, refused_form, say

from . import matters
from .doors import framed, matter_of, portal_page

OPERATIONS = {
    "confirm": repairs.confirm,
    "ask_rework": repairs.ask_rework,
    "consent_quote": repairs.consent_quote,
    "chase": cases.chase,
    "note": cases.note,
    "cancel": cases.cancel,
}
SAID = {
    "confirm": gettext_lazy("Thank you. The matter is confirmed."),
    "ask_rework": gettext_lazy("Taken down: somebody comes again."),
    "consent_quote": gettext_lazy("Taken down: you agreed to the price."),
    "chase": gettext_lazy("Chased. The steward and the technician were told."),
    "note": gettext_lazy("Your words stand with the matter."),
    "cancel": gettext_lazy("Cancelled."),
}
TITLES = {
    "ask_rework": gettext_lazy("Not fixed, come again"),
    "consent_quote": gettext_lazy("Agree to the price"),
    "chase": gettext_lazy("Chase it up"),
    "note": gettext_lazy("Add something"),
    "cancel": gettext_lazy("Cancel the report"),
}
# Fields that residents fill; what else the operation asks is known: they do it themselves, online.
ASKED = {
    "ask_rework": ("words", "photos"), "chase": ("words",), "note": ("words", "photos"), "cancel": ("reason",),
    "consent_quote": (),
}  # fmt: skip
# The forms speak of the resident; here it is the resident who reads.
LABELS = {
    "chase": {"words": gettext_lazy("What you would like to say (if you like)")},
    "note": {"words": gettext_lazy("What you would like to add")},
    "cancel": {"reason": gettext_lazy("Why it is no longer needed")},
}
KNOWN = {
    "confirm": {"mode": "online"}, "consent_quote": {"mode": "online"}, "ask_rework": {"rating": "unsatisfied"},
}  # fmt: skip


@portal_page
@require_http_methods(["GET", "POST"])
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """Show or perform. What is refused comes back with what was written."""
    case = matter_of(request, pk)
    operation = OPERATIONS.get(verb)
    if operation is None:
        raise Http404
    if request.method == "GET":
        if verb == "confirm":
            return go(request, reverse("portal:matter", args=[request.project.code, pk]))
        return _page(request, operation, case, operation.new_form(case, request.actor), 200)
    if verb == "confirm" and request.POST.get("rating") in UNHAPPY:
        url = reverse("portal:act", args=[request.project.code, pk, "ask_rework"])
        say(request, _("Then somebody should come again: say what is still wrong."), tone="warn")
        return go(request, url)
    try:
        perform(request, operation, case, **KNOWN.get(verb, {}))
    except Refused as outcome:
        return _refused(request, operation, case, outcome)
    say(request, SAID[verb])
    return go(request, reverse("portal:matter", args=[request.project.code, pk]))


def _refused(request: Any, operation: Any, case: Case, outcome: Refused) -> HttpResponse:
    form = refused_form(request, operation, case, outcome, **KNOWN.get(operation.verb, {}))
    if operation.verb == "confirm":
        case.refresh_from_db()
        notices = [{"tone": "warn", "title": outcome.sentence}] if isinstance(outcome, Conflict) else None
        return matters.shown(request, case, outcome.status, form=form, notices=notices)
    return _page(request, operation, case, form, outcome.status)


def _page(request: Any, operation: Any, case: Case, form: Any, status: int) -> HttpResponse:
    verb = operation.verb
    order = order_of(case) if case.is_repair else None
    for name, label in LABELS.get(verb, {}).items():
        form[name].label = label
    context = {
        "title": TITLES[verb] if case.is_repair or verb != "cancel" else _("Cancel the question"),
        "back_url": reverse("portal:matter", args=[request.project.code, case.pk]),
        "action": request.path,
        "case": case,
        "form": form,
        "verb": verb,
        "fields": [form[name] for name in ASKED[verb] if name in form.fields],
        "order": order,
        "offer": operation.offer(case, request.actor),
    }
    return framed(request, "portal/act.html", context, status=status)
