"""The same for whoever stands at a gate or walks: my shift, the log, a handover, a pass-on, going out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.kernel import subjects
from guanjia.kernel.operations import Operation, registry
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.web.doors import go, perform, refused_form, say, staff_page
from guanjia.web.things import bar_of, missing_of

from .. import operations, queries
from ..models import Handover
from . import home, shown

# What is begun on the phone, and what is done there to a thing of each kind.
BEGUN: dict[str, Operation] = {
    "log": operations.log, "begin": operations.begin, "go_out": operations.go_out, "pass_on": operations.pass_on,
    "ask_leave": operations.ask_leave, "check_office": operations.check_office,
}  # fmt: skip
DONE: dict[str, dict[str, Operation]] = {
    "handover": {o.verb: o for o in (operations.explain, operations.sign, operations.lock_up, operations.take_up)},
    "pass_on": {"read": operations.read},
    "outing": {"come_back": operations.come_back},
    "duty": {
        "close_shift": operations.close_shift,
        "sign_in": registry["organization.sign_in"],
        "end_duty": registry["organization.end_duty"],
    },
}


def tabs(request: Any) -> list[dict[str, Any]]:
    """The tab bar: the phone's other pages, where they are installed."""
    wanted = (
        ("clipboard-list", _("Tasks"), "field:home"), ("notes", pgettext("rail", "Shift"), "shifts:phone"),
        ("message", _("Messages"), "field:notices"), ("layout-grid", pgettext("field", "More"), "field:more"),
    )  # fmt: skip
    found = []
    for icon, label, name in wanted:
        try:
            url = reverse(name, args=[request.project.code])
        except NoReverseMatch:
            continue
        found.append({"icon": icon, "label": label, "url": url, "current": name == "shifts:phone", "badge": ""})
    return found


@staff_page
@require_safe
def page(request: Any) -> HttpResponse:
    """My shift in the hand."""
    project, by = request.project, request.actor
    out = queries.out_now(project, by).filter(employee_id=by.id).first()
    context = home.shift(project, by, phone=True) | {
        "title": pgettext("rail", "Shift"), "tabs": tabs(request), "code": project.code,
        "mine_out": out,
        "may": {verb: by.may(operation.name, project.pk) for verb, operation in BEGUN.items()},
    }  # fmt: skip
    return render(request, "shifts/phone.html", context)


@staff_page
@require_safe
def handover(request: Any, pk: int) -> HttpResponse:
    """Line by line, with the thumb bar of what can be done now."""
    project, by = request.project, request.actor
    thing = queries.handovers(project, by).filter(pk=pk).first()
    if thing is None:
        raise Http404
    drafted = queries.draft(thing, by)
    offers = [
        {**one, "url": reverse("shifts:phone-act", args=[project.code, "handover", pk, one["url"].rsplit("/", 1)[1]])}
        for one in bar_of(thing, by, project, without=("explain", "call_off"))
    ]
    context = {
        "title": str(thing), "back_url": reverse("shifts:phone", args=[project.code]), "thing": thing,
        "blocks": shown.blocks(thing, drafted, project, by), "acts": offers, "code": project.code,
        "owed": [one.line for one in drafted if not one.is_settled] if thing.is_open else [],
        "explain_url": reverse("shifts:phone-act", args=[project.code, "handover", pk, "explain"]),
    }  # fmt: skip
    return render(request, "shifts/phone_handover.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: Any, verb: str) -> HttpResponse:
    """Begin something."""
    operation = BEGUN.get(verb)
    if operation is None:
        raise Http404
    if not request.actor.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)

    def onward(made: Any) -> str:
        if verb == "begin":
            return reverse("shifts:phone-handover", args=[request.project.code, made.pk])
        return reverse("shifts:phone", args=[request.project.code])

    return _act(request, operation, request.project, onward, reverse("shifts:phone", args=[request.project.code]))


@staff_page
@require_http_methods(["GET", "POST"])
def act(request: Any, label: str, pk: int, verb: str) -> HttpResponse:
    """Do one thing to a handover, a pass-on or an outing."""
    operation = DONE.get(label, {}).get(verb)
    thing = subjects.get(label, pk, request.actor) if operation else None
    if operation is None or thing is None or thing.project_id != request.project.pk:
        raise Http404
    if not request.actor.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    code = request.project.code
    back = reverse("shifts:phone", args=[code])
    if label == "handover" and verb == "explain":
        back = reverse("shifts:phone-handover", args=[code, pk])
    return _act(request, operation, thing, lambda done: back, back)


def _page(thing: Any) -> str:
    """Where on the phone the lines of a handover are explained."""
    return reverse("shifts:phone-handover", args=[thing.project.code, thing.pk]) if isinstance(thing, Handover) else ""


def _act(request: Any, operation: Operation, thing: Any, onward: Any, back: str) -> HttpResponse:
    asked = {name: value[:500] for name, value in request.GET.items() if name in operation.form.base_fields}
    form: Any = operation.new_form(thing, request.actor, initial=asked)
    status, conflict = 200, ""
    if request.method == "POST":
        try:
            done = perform(request, operation, thing)
        except Refused as outcome:
            form, status = refused_form(request, operation, thing, outcome), outcome.status
            conflict = outcome.sentence if isinstance(outcome, Conflict) else ""
        else:
            say(request, _("Done: %(verb)s.") % {"verb": operation.label})
            return go(request, onward(done))
    offer = operation.offer(thing, request.actor) if not operation.creates else None
    context = {
        "title": operation.label, "label": operation.label, "operation": operation, "form": form, "back_url": back,
        "thing": thing if not operation.creates else "", "code": request.project.code, "conflict": conflict,
        "missing": missing_of(offer, thing, _page(thing)),
        "note_words": getattr(thing, "words", "") if operation is operations.read else "",
    }  # fmt: skip
    return render(request, "shifts/phone_act.html", context, status=status)
