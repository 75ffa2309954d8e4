"""One verb on one case: a form for a thumb, kept in the queue of the phone when there is no network."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs import queries as orders
from guanjia.kernel import operations
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.casework.models import Case
from guanjia.web.doors import claimed, go, perform, refused_form, say
from guanjia.web.things import missing_of

from . import forms, queries, steps
from .doors import case_of, framed, phone_page

LINE = re.compile(r"line-(\d{1,2})-name")
LINE_FIELDS = ("name", "quantity", "unit", "unit_fen", "payer")
MOST_LINES = 20
TEMPLATES = {"finish": "field/finish.html", "agree_visit": "field/visit.html"}
# After these the case has left my hands: back to the list.
LEAVES = frozenset({"finish", "send_back", "transfer"})


@phone_page(keep=True)
@require_http_methods(["GET", "POST"])
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """Show or perform. What cannot be seen is 404, what the post may not do 403, what a rule refuses keeps its text."""
    case, by = case_of(request, pk), request.actor
    operation = next((o for o in operations.on(Case) if o.verb == verb), None)
    if operation is None:
        raise Http404
    if not by.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    if request.method == "POST":
        return _perform(request, operation, case)
    form = operation.new_form(case, by, initial=_initial(operation, case))
    return _page(request, operation, case, form, 200)


def _perform(request: Any, operation: operations.Operation, case: Case) -> HttpResponse:
    try:
        if operation.verb == "finish":
            _use_lines(request, operation, case)
            perform(request, operation, case, **_tidy(request))
        else:
            perform(request, operation, case)
    except Refused as outcome:
        form = refused_form(request, operation, case, outcome)
        case.__dict__.pop("_order", None)
        return _page(request, operation, case, form, outcome.status, moved=isinstance(outcome, Conflict))
    say(
        request,
        _("Done: %(verb)s.")
        % {"verb": steps.WORDS.get(operation.verb, operation.label) if operation.verb != "finish" else operation.label},
    )
    return go(request, _back(request, operation.verb, case))


def _back(request: Any, verb: str, case: Case) -> str:
    asked = request.POST.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    if verb in LEAVES and case.executor_id == request.actor.id:
        return reverse("field:home", args=[case.project.code])
    return reverse("field:case", args=[case.project.code, case.pk])


# -- finishing: the lines of material go first, each an operation of its own ---------------------------------------


def _use_lines(request: Any, finish: operations.Operation, case: Case) -> None:
    """Record the lines that were filled in, each once, whatever happens to the rest. Raises Refused, nothing recorded,
    when the finish itself would be refused for what was written or for its state."""
    lines = lines_of(request.POST)
    if not lines:
        return
    form = finish.new_form(case, request.actor, request.POST, request.FILES)
    if not form.is_valid():
        raise Refused.many({("" if n == "__all__" else n): list(said) for n, said in form.errors.items()})
    faults = [line for line in lines if not repairs.use_material.new_form(case, request.actor, line).is_valid()]
    if faults:
        names = "、".join(line["name"] or "?" for line in faults)
        raise Refused(
            "", _("Material “%(names)s”: write a name, a quantity of 1 or more, a price like 26.00.") % {"names": names}
        )
    by, key = claimed(request), request.POST.get("idempotency_key", "")[:40]
    for index, line in enumerate(lines):
        digest = hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()[:12]
        repairs.use_material.submit(case, by=by, data=line, key=f"{key}-{index}-{digest}" if key else None)


def lines_of(data: Any) -> list[dict[str, str]]:
    """The lines of material of a finish page, in order; lines without a name were left empty."""
    numbers = sorted({int(m[1]) for name in data if (m := LINE.fullmatch(name))})[:MOST_LINES]
    rows = [{field: data.get(f"line-{n}-{field}", "").strip() for field in LINE_FIELDS} for n in numbers]
    return [row for row in rows if row["name"]]


def _tidy(request: Any) -> dict[str, str]:
    """“The site is cleared” is said in the words of the work, where everybody reads it."""
    said = request.POST.get("work_done", "").strip()
    if not request.POST.get("is_cleared") or not said:
        return {}
    cleared = _("The site is cleared, water and power are on again")
    return {"work_done": f"{said.rstrip('。.')}。{cleared}。"}


# -- the page ------------------------------------------------------------------------------------------------------


def _page(
    request: Any,
    operation: operations.Operation,
    case: Case,
    form: django_forms.Form,
    status: int,
    *,
    moved: bool = False,
) -> HttpResponse:
    offer = operation.offer(case, request.actor)
    if operation.verb == "dispatch":
        chosen: Any = form.fields["executor"]
        chosen.empty_label = _("Whoever is on duty and fits best")
    order = orders.order_of(case) if case.is_repair else None
    label = operation.label
    context = {
        "case": case, "operation": operation, "title": label, "label": label, "form": forms.dressed(form),
        "back_url": reverse("field:case", args=[case.project.code, case.pk]), "action": request.path,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "missing": missing_of(offer),
        "past": "" if offer or moved else _past(operation, case),
        "order": order,
    }  # fmt: skip
    if operation.verb == "finish" and order is not None:
        recorded = queries.materials(order)
        context |= {
            "materials": recorded,
            "material_fen": order.material_fen,
            "lines": _unrecorded(request, recorded),
            "who": case.place,
        }
    if operation.verb == "agree_visit":
        project = request.project
        context["slots"] = forms.slots(request.actor.at, project.opens_at, project.closes_at)
    return framed(request, TEMPLATES.get(operation.verb, "field/act.html"), context, status=status)


def _unrecorded(request: Any, recorded: list[Any]) -> list[dict[str, str]]:
    """What was typed and is not yet on record: a refused finish shows its lines again, once."""
    known = [(m.name, str(m.quantity)) for m in recorded]
    return [line for line in lines_of(request.POST) if (line["name"], line["quantity"]) not in known]


def _past(operation: operations.Operation, case: Case) -> str:
    if operation.is_in_flow(case):
        return _("This is not yours to do now.")
    return _("It has moved on: this can no longer be done.")


def _initial(operation: operations.Operation, case: Case) -> dict[str, Any]:
    """What is already known: an agreed visit, an hour of work since the arrival."""
    if operation.verb == "agree_visit":
        order = orders.order_of(case)
        return (
            {"appointment_from": order.appointment_from, "appointment_to": order.appointment_to}
            if order.appointment_from
            else {}
        )
    return {}
