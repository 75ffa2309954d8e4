"""My matters, and one of them: where it stands, who comes and when, what was promised, what happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs import queries as orders
from guanjia.domains.repairs.models import RepairOrder
from guanjia.kernel.operations import registry
from guanjia.parts.casework import categories
from guanjia.parts.casework.models import ENDED, ONGOING, Case, Enquiry, State
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.people.models import Skill
from guanjia.web import words

from . import progress, safety, steward
from .doors import framed, matter_of, portal_page, tabs
from .home import rows_of

PAGE = 15


@portal_page
@require_GET
def listing(request: Any) -> HttpResponse:
    """Open ones first, settled ones on their own tab; a keyset page each."""
    project, by = request.project, request.actor
    view = "ended" if request.GET.get("view") == "ended" else "open"
    rows = Case.visible_to(by).filter(project=project, state__in=ENDED if view == "ended" else ONGOING)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("house", "spot").order_by("-id")[: PAGE + 1])
    here = reverse("portal:matters", args=[project.code])
    context = {
        "title": _("My matters"),
        "views": [
            {"label": _("Open ones"), "url": here, "current": view == "open"},
            {"label": _("Settled"), "url": f"{here}?view=ended", "current": view == "ended"},
        ],
        "matters": rows_of(found[:PAGE], request),
        "more_url": f"{here}?view={view}&before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "is_ended": view == "ended",
        "tabs": tabs(request, "matters"),
    }
    return framed(request, "portal/matters.html", context)


@portal_page
@require_GET
def page(request: Any, pk: int) -> HttpResponse:
    """One matter."""
    return shown(request, matter_of(request, pk), 200)


def shown(request: Any, case: Case, status: int, *, form: Any = None, notices: Any = None) -> HttpResponse:
    """The page of a matter; with the form of its confirmation when it came back refused."""
    by, code = request.actor, request.project.code
    order = orders.order_of(case) if case.is_repair else None
    problem = categories.problem(order.category, order.problem) if order else None
    may = _may(case, request)
    if "confirm" in may and form is None:
        form = repairs.confirm.new_form(case, by)
    context = {
        "title": _("How it stands") if case.is_repair else _("My question"),
        "back_url": reverse("portal:matters", args=[code]),
        "case": case,
        "order": order,
        "reported": words.when(case.reported_at, by.at),
        "state": progress.state_words(case, order),
        "next": progress.next_words(case, order, by.at),
        "steps": progress.steps(case, order),
        "promises": progress.promises(case, by.at) if order else [],
        "moments": progress.moments(case, by),
        "technician": _technician(case),
        "steward": steward.card_of(case.house, by.at) if case.house else None,
        "alarm": safety.of_case(case, problem, by.at),
        "price": _price(order),
        "reply": Enquiry.objects.filter(project=case.project, case=case).values_list("reply", flat=True).first() or ""
        if order is None
        else "",
        "form": form,
        "ratings": Satisfaction.choices,
        "rated": order.get_rating_display() if order and order.rating and case.state != State.OPEN else "",
        "may": may,
        "early": (State.OPEN, State.DISPATCHED),
        "acts": {verb: reverse("portal:act", args=[code, case.pk, verb]) for verb in may},
    }
    if notices:
        context["notices"] = notices
    return framed(request, "portal/matter.html", context, status=status)


VERBS = ("repairs.confirm", "repairs.ask_rework", "repairs.consent_quote", "cases.chase", "cases.note", "cases.cancel")


def _may(case: Case, request: Any) -> set[str]:
    """What is open to the resident now, as the operations themselves say."""
    offers = [registry[name].offer(case, request.actor) for name in VERBS]
    return {offer.operation.verb for offer in offers if offer is not None and not offer.is_locked}


def _technician(case: Case) -> dict[str, Any] | None:
    """Who comes: name and trade, to be compared with the badge at the door. A job number is what one signs in with:
    it stays inside the house."""
    person = case.executor
    if person is None or case.state in (State.OPEN, State.CANCELLED):
        return None
    kinds = Skill.objects.filter(project=case.project, employee=person).exclude(repair_type="other").order_by("-level")
    branches = [categories.category(kind) for kind in kinds.values_list("repair_type", flat=True)[:2]]
    return {"name": person.name, "trade": "、".join(b.label for b in branches if b)}


def _price(order: RepairOrder | None) -> dict[str, Any] | None:
    if order is None or order.quoted_fen is None:
        return None
    return {
        "fen": order.quoted_fen, "words": order.quote_words, "is_agreed": order.quote_consented_at is not None,
        "total_fen": order.total_fen,
    }  # fmt: skip
