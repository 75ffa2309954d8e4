"""The gate on a phone: a code scanned or typed, what the house asked for, let in; who waits, who is inside."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from guanjia.domains.visitors import operations as verbs
from guanjia.domains.visitors import queries
from guanjia.domains.visitors.models import GATE, WATCHERS, Pass, Visitor
from guanjia.kernel import operations
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.instructions import queries as instructions
from guanjia.web.doors import go, perform, refused_form, say
from guanjia.web.things import missing_of

from . import forms
from .doors import framed, phone_page, tabs

MOST = 40
# At the gate a tap does these; the others ask something first.
TAPS = frozenset({"leave"})
SAID = {
    "admit": gettext_lazy("Let in."),
    "leave": gettext_lazy("Written down: they left."),
    "turn_away": gettext_lazy("Written down: turned away."),
}


@phone_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """A code opens its pass; below, who waits and who is inside. The code is posted: it never stands in an address."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *GATE):
        raise Http404
    said = request.POST.get("code", "")[:120]
    found = queries.pass_by_code(project, by, said) if said else None
    if found is not None:
        return shown(request, found, 200)
    waiting = list(queries.waiting(project, by).order_by("-id")[:MOST])
    inside = list(queries.inside(project, by).order_by("-id")[: MOST + 1])
    context = {
        "title": pgettext("field", "Gate"),
        "tabs": tabs(request, "gate"),
        "unknown": bool(said),
        "waiting": waiting,
        "inside": inside[:MOST],
        "more": len(inside) > MOST,
        "heads": queries.heads_inside(project, by),
        "may_issue": by.may(verbs.issue.name, project.pk),
    }
    return framed(request, "field/gate.html", context, status=422 if said else 200)


@phone_page
@require_http_methods(["GET", "POST"])
def by_pass(request: Any, pk: int) -> HttpResponse:
    """Let in whoever shows a pass."""
    rows = Pass.visible_to(request.actor).filter(project=request.project, pk=pk)
    one = rows.select_related("house__building", "house__unit", "resident").first()
    if one is None:
        raise Http404
    if not request.actor.may(verbs.admit_with_pass.name, request.project.pk):
        raise Forbidden(verbs.admit_with_pass.name)
    if request.method == "GET":
        return shown(request, one, 200)
    try:
        visitor = perform(request, verbs.admit_with_pass, one)
    except Refused as outcome:
        one.refresh_from_db()
        return shown(request, one, outcome.status, refused_form(request, verbs.admit_with_pass, one, outcome))
    if visitor.is_stopped:
        return go(request, reverse("field:gate-visitor", args=[request.project.code, visitor.pk]))
    say(request, _("Let in: %(name)s, %(house)s.") % {"name": visitor.name, "house": visitor.house.code})
    return go(request, reverse("field:gate", args=[request.project.code]))


def shown(request: Any, one: Pass, status: int, form: Any = None) -> HttpResponse:
    """A pass with what the house asks for, and letting its visitor in."""
    verb, by, code = verbs.admit_with_pass, request.actor, request.project.code
    given = {"headcount": one.headcount, "plate": one.plate}
    standing = instructions.of_house(one.house, by.at)
    asked = form or verb.new_form(one, by, initial=given)
    if not any(i.forbids_admission for i in standing):
        asked.fields.pop("heeded", None)
    context = {
        "title": pgettext("field", "Pass"), "back_url": reverse("field:gate", args=[code]), "one": one,
        "instructions": standing,
        "why_not": verbs.gate.WHY_NOT.get(queries.why_not(one, by.at), ""), "form": forms.dressed(asked),
        "action": reverse("field:gate-pass", args=[code, one.pk]), "label": _("Let in"),
    }  # fmt: skip
    return framed(request, "field/gate_pass.html", context, status=status)


@phone_page
@require_http_methods(["GET", "POST"])
def arrive(request: Any) -> HttpResponse:
    """Somebody without a pass."""
    project, by, verb = request.project, request.actor, verbs.arrive
    if not by.may(verb.name, project.pk):
        raise Forbidden(verb.name)
    form, status = None, 200
    if request.method == "POST":
        try:
            visitor = perform(request, verb, project)
        except Refused as outcome:
            form, status = refused_form(request, verb, project, outcome), outcome.status
        else:
            return go(request, reverse("field:gate-visitor", args=[project.code, visitor.pk]))
    context = {
        "title": verb.label, "label": _("Write down"), "back_url": reverse("field:gate", args=[project.code]),
        "form": forms.dressed(form or verb.new_form(project, by)), "action": request.path,
    }  # fmt: skip
    return framed(request, "field/gate_act.html", context, status=status)


def _visitor(request: Any, pk: int) -> Visitor:
    rows = queries.visitors(request.project, request.actor).select_related("house__building", "house__unit", "watch")
    visitor = rows.filter(pk=pk).first()
    if visitor is None:
        raise Http404
    return visitor


@phone_page
@require_http_methods(["GET"])
def visitor(request: Any, pk: int) -> HttpResponse:
    """One visitor: what the house asked for, what is missing, the next verbs."""
    one, by = _visitor(request, pk), request.actor
    is_open = one.state == Visitor.State.WAITING
    context = {
        "title": one.name,
        "back_url": reverse("field:gate", args=[request.project.code]),
        "one": one,
        "instructions": instructions.of_house(one.house, by.at) if is_open else [],
        "watch": one.watch if is_open else None,
        "is_stopped": one.is_stopped,
        "may_read": by.holds(request.project.pk, *WATCHERS),
        "offers": [
            {
                "label": offer.operation.label, "danger": offer.operation.danger, "missing": missing_of(offer),
                "is_main": offer.operation.verb == "admit", "is_tap": offer.operation.verb in TAPS,
                "url": reverse("field:gate-act", args=[request.project.code, one.pk, offer.operation.verb]),
            }
            for offer in operations.offers(one, by)
        ],
    }  # fmt: skip
    return framed(request, "field/gate_visitor.html", context)


@phone_page
@require_http_methods(["GET", "POST"])
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """One verb on a visitor."""
    one, by = _visitor(request, pk), request.actor
    operation = next((o for o in operations.on(Visitor) if o.verb == verb), None)
    if operation is None:
        raise Http404
    if not by.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    back = reverse("field:gate-visitor", args=[request.project.code, one.pk])
    form, status = None, 200
    if request.method == "POST":
        try:
            perform(request, operation, one)
        except Refused as outcome:
            form, status = refused_form(request, operation, one, outcome), outcome.status
        else:
            say(request, SAID.get(verb, _("Done: %(verb)s.") % {"verb": operation.label}))
            return go(request, reverse("field:gate", args=[request.project.code]) if verb in SAID else back)
    context = {
        "title": operation.label, "label": operation.label, "back_url": back, "action": request.path,
        "form": forms.dressed(form or operation.new_form(one, by)), "danger": operation.danger,
        "missing": missing_of(operation.offer(one, by)), "instructions": instructions.of_house(one.house, by.at),
    }  # fmt: skip
    return framed(request, "field/gate_act.html", context, status=status)
