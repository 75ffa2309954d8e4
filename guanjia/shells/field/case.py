"""One case on the phone: clock, person, care, facts, photos, what happened, the next step within the thumb's reach."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.domains.repairs import queries as repairs
from guanjia.domains.repairs.models import RepairOrder
from guanjia.domains.repairs.operations import ring
from guanjia.kernel import operations
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks import explaining
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.files import queries as files
from guanjia.web.doors import perform, refused_form
from guanjia.web.sheets import is_paper
from guanjia.web.things import missing_of

from . import forms, queries, shown, steps
from .doors import case_of, does_work, framed, phone_page


@phone_page(keep=True)
@require_GET
def page(request: Any, pk: int) -> HttpResponse:
    """The case without number and care: fragments bring those, and the phone never keeps them."""
    case, by, project = case_of(request, pk), request.actor, request.project
    order = repairs.order_of(case) if case.is_repair else None
    home = "home" if does_work(by, project) else "district"
    context = {
        "case": case,
        "title": case.number,
        "back_url": reverse(f"field:{home}", args=[project.code]),
        "urgency": shown.URGENCY.get(case.urgency, ""),
        "place": case.house.title if case.house else case.place,
        "facts": shown.facts(case, order),
        "before": shown.photos(list(files.files_of(case, "reported", "before")), project.code),
        "after": shown.photos(list(files.files_of(case, "after")), project.code),
        "materials": queries.materials(order) if order else [],
        "total_fen": order.total_fen if order else 0,
        **_clocks(case, order, by),
        **_steps(case, order, by),
    }
    return framed(request, "field/case.html", context)


def _clocks(case: Case, order: RepairOrder | None, by: Actor) -> dict[str, Any]:
    running = [c for c in clocks.of(case) if c.is_open]
    main = explaining.explain(running[0], by.at) if running else None
    return {
        "clock": shown.clock(main["bar"] if main else None, order, by),
        "sentence": main["sentence"] if main and main["paused"] else "",
        "more_clocks": [shown.clock(explaining.bar(c, by.at), order, by) for c in running[1:3]],
    }


def _steps(case: Case, order: RepairOrder | None, by: Actor) -> dict[str, Any]:
    """The next step and its neighbour as buttons; every verb of this person in the list behind “…”."""
    offered = operations.offers(case, by)
    is_open = {o.operation.verb for o in offered if not o.is_locked}
    verb, other = steps.next_verb(case, order, by), steps.other_verb(case, order, by)
    rows = [
        {
            "step": steps.step(o.operation.verb, case, o.operation.label), "danger": o.operation.danger,
            "missing": missing_of(o),
        }
        for o in offered
        if not is_paper(o.operation)
    ]  # fmt: skip
    return {
        "step": steps.step(verb, case) if verb in is_open else None,
        "other": steps.step(other, case) if other in is_open else None,
        "offers": rows,
        "is_mine": case.executor_id == by.id,
    }


@phone_page
@require_GET
def contact(request: Any, pk: int) -> HttpResponse:
    """Who is visited: name, masked number, what to be considerate of. Never kept on the phone."""
    case, by = case_of(request, pk), request.actor
    may_see = casework.may_see_contact(case, by)
    customer = casework.customers([case]).get(case.pk, {}) if may_see else {}
    tags = queries.care_of(request.project, [case], by)[case.pk] if shown.may_see_care(case, by) else []
    offer = reveal_of(case, by) if customer.get("phone") else None
    context = {
        "case": case,
        "customer": customer,
        "who": shown.polite(customer.get("name", ""), case.resident.gender if case.resident else "", True),
        "roles": _role(case),
        "care": shown.care_lines(tags),
        "call_url": reverse("field:call", args=[request.project.code, case.pk]) if offer else "",
    }
    return render(request, "field/contact.html", context)


def _role(case: Case) -> str:
    """Owner, tenant …, of the house that is visited."""
    if case.resident is None or case.house_id is None:
        return ""
    row = case.resident.occupancies.filter(
        project_id=case.project_id, house_id=case.house_id, ended_on__isnull=True
    ).first()
    return str(row.get_role_display()) if row else ""


@phone_page
@require_GET
def timeline(request: Any, pk: int) -> HttpResponse:
    """What happened, newest first."""
    case = case_of(request, pk)
    return render(request, "field/timeline.html", {"moments": shown.moments(case)})


def reveal_of(case: Case, by: Actor) -> tuple[operations.Operation, Any] | None:
    """The operation that shows the number: of a repair on its order, otherwise of the resident on file."""
    if case.is_repair:
        order = repairs.order_of(case)
        order.case = case
        offer = ring.offer(order, by)
        if offer and not offer.is_locked:
            return ring, order
    for offer in operations.offers(case.resident, by) if case.resident is not None else ():
        if offer.operation.name == "privacy.reveal" and not offer.is_locked:
            return offer.operation, case.resident
    return None


@never_cache
@phone_page
@require_http_methods(["GET", "POST"])
def call(request: Any, pk: int) -> HttpResponse:
    """Ask for the whole number with a reason; the answer is one button that rings. Never kept on the phone."""
    case, by = case_of(request, pk), request.actor
    found = reveal_of(case, by) if casework.may_see_contact(case, by) else None
    if found is None:
        raise Http404
    operation, thing = found
    context: dict[str, Any] = {
        "case": case,
        "title": _("Ring"),
        "back_url": reverse("field:case", args=[request.project.code, case.pk]),
    }
    context["action"] = request.path
    status = 200
    if request.method == "POST":
        try:
            perform(request, operation, thing)
        except Refused as outcome:
            context["form"], status = forms.dressed(refused_form(request, operation, thing, outcome)), outcome.status
        else:
            customer = casework.customers([case]).get(case.pk, {})
            context["number"] = customer.get("phone", "")
            context["who"] = customer.get("name", "")
    else:
        context["form"] = forms.dressed(operation.new_form(thing, by))
    return framed(request, "field/call.html", {**context, "offline": False}, status=status)
