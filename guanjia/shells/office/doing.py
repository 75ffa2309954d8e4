"""One page for every verb of the office: the form, its refusals, and back; what may be seen once is shown once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia.kernel import operations, subjects
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.people.models import Resident
from guanjia.places.models import Project
from guanjia.web.doors import asked_for, go, perform, refused_form, say, staff_page
from guanjia.web.things import missing_of
from guanjia.web.words import masked

ROOMS = frozenset({
    "organization", "residents", "privacy", "standards", "outreach", "webhooks", "telephone", "api", "board",
})  # fmt: skip
ELSEWHERE = frozenset({"standards.change_limit", "standards.withdraw_edition", "privacy.export"})
# What a reveal shows on its answer, and nowhere else.
REVEALED = {"privacy.reveal": "phone", "privacy.reveal_document": "id_number", "privacy.reveal_contact": "phone"}


@staff_page
@require_http_methods(["GET", "POST"])
def do(request: Any, label: str, pk: int, room: str, verb: str) -> HttpResponse:
    """Show or perform one operation of the office on one thing."""
    thing, operation = _asked(request, label, pk, f"{room}.{verb}")
    back = _back(request, thing)
    context: dict[str, Any] = {
        "operation": operation, "label": operation.label, "danger": operation.danger,
        "thing": "" if isinstance(thing, Project) else thing, "back_url": back,
        "next": request.POST.get("next") or request.GET.get("next", ""), "missing": [], "past": "",
    }  # fmt: skip
    if request.method == "GET":
        context |= _state_of(operation, thing, request.actor)
        context["form"] = operation.new_form(thing, request.actor, initial=asked_for(request, operation))
        return render(request, "web/act.html", context)
    try:
        done = perform(request, operation, thing)
    except Refused as outcome:
        context["form"] = refused_form(request, operation, thing, outcome)
        if isinstance(outcome, Conflict):
            context["notices"] = [{"tone": "warn", "title": outcome.sentence}]
        return render(request, "web/act.html", context, status=outcome.status)
    return _answered(request, operation, done, back)


def _asked(request: Any, label: str, pk: int, name: str) -> tuple[Any, operations.Operation]:
    """The thing and the verb; a stranger to either meets a 404."""
    by, project = request.actor, request.project
    operation = operations.registry.get(name)
    if operation is None or operation.internal or name.split(".")[0] not in ROOMS or name in ELSEWHERE:
        raise Http404
    thing = subjects.get(label, pk, by)
    if not isinstance(thing, operation.model) or thing.project_id != project.pk:
        raise Http404
    if not by.may(name, project.pk):
        raise Forbidden(name)
    return thing, operation


def _back(request: Any, thing: Any) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return str(asked)
    return subjects.address_of(thing) or reverse("office:home", args=[request.project.code])


def _state_of(operation: operations.Operation, thing: Any, by: Any) -> dict[str, Any]:
    offer = operation.offer(thing, by)
    past = "" if offer else _("It has moved on: this can no longer be done.")
    return {"missing": missing_of(offer), "past": past, "note": offer.note if offer else ""}


def _login_name(person: Any) -> str:
    """What stands in the first field of the login: a job number; for residents their number on record."""
    return masked(person.phone) if isinstance(person, Resident) else str(getattr(person, "number", ""))


def _answered(request: Any, operation: operations.Operation, done: Any, back: str) -> HttpResponse:
    """Back to the thing; a number or a one-time password stands on this answer only."""
    shown = str(getattr(done, REVEALED[operation.name], "")) if operation.name in REVEALED else ""
    password, secret = getattr(done, "one_time_password", ""), getattr(done, "shown_once", "")
    if shown or password or secret:
        context = {
            "operation": operation,
            "thing": done,
            "shown": shown,
            "password": password,
            "login_name": _login_name(done) if password else "",
            "address": request.build_absolute_uri(reverse("desk:login")),
            "secret": secret,
            "back_url": _next(done, back),
        }
        return render(request, "office/once.html", context)
    say(request, _("Done: %(verb)s.") % {"verb": operation.label})
    made = operation.creates is not None and type(done) is not operation.model
    return go(request, (subjects.address_of(done) if made and "next" not in request.POST else "") or back)


def _next(done: Any, back: str) -> str:
    return subjects.address_of(done) or back
