"""Whom my house expects, and what is to be heeded at its door. Own household only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.domains.visitors import codes, operations, queries
from guanjia.domains.visitors.models import Pass
from guanjia.kernel.outcomes import Refused
from guanjia.parts.instructions import operations as heeding
from guanjia.parts.instructions.models import Instruction
from guanjia.web.doors import go, perform, refused_form, say

from .doors import framed, portal_page, tabs

SHOWN = 30
# What the operation asks and the page knows: the house is the chosen home, who asks is who is signed in.
KNOWN_HERE = ("house", "asked_by", "is_vip")


def _mine(request: Any) -> Any:
    """Passes of the chosen home."""
    return Pass.visible_to(request.actor).filter(project=request.project, house=request.home.house)


def _form(form: Any) -> Any:
    for name in KNOWN_HERE:
        form.fields.pop(name, None)
    return form


@portal_page
@require_safe
def passes(request: Any) -> HttpResponse:
    """Who is expected, who came."""
    by = request.actor
    found = list(_mine(request).select_related("resident").order_by("-id")[:SHOWN])
    rows = [{"one": one, "is_open": one.state == Pass.State.VALID and one.until_at > by.at} for one in found]
    context = {
        "title": _("Visitors"), "back_url": reverse("portal:home", args=[request.project.code]),
        "tabs": tabs(request, "home"),
        "open": [row for row in rows if row["is_open"]], "past": [row for row in rows if not row["is_open"]],
    }  # fmt: skip
    return framed(request, "portal/passes.html", context)


@portal_page
@require_http_methods(["GET", "POST"])
def issue(request: Any) -> HttpResponse:
    """A pass for somebody: once today, or for a period."""
    verb, by, code = operations.issue, request.actor, request.project.code
    form, status = None, 200
    known = {"house": request.home.house.code, "asked_by": "", "is_vip": ""}
    if request.method == "POST":
        try:
            made = perform(request, verb, request.project, **known)
        except Refused as outcome:
            form, status = refused_form(request, verb, request.project, outcome, **known), outcome.status
            _say_hidden(form)
        else:
            say(request, _("The pass is ready: send the picture or the code to your visitor."))
            return go(request, reverse("portal:pass", args=[code, made.pk]))
    context = {
        "title": _("Announce a visitor"), "back_url": reverse("portal:passes", args=[code]), "action": request.path,
        "form": _form(form or verb.new_form(request.project, by)), "button": _("Make the pass"),
    }  # fmt: skip
    return framed(request, "portal/ask.html", context, status=status)


def _say_hidden(form: Any) -> None:
    """What is wrong with a field that the page does not show is said above the form."""
    for name in KNOWN_HERE:
        for line in form.errors.pop(name, []):
            form.add_error(None, line)


@portal_page
@require_http_methods(["GET", "POST"])
def one(request: Any, pk: int) -> HttpResponse:
    """The code to send; taken back with one tap."""
    found = _mine(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            perform(request, operations.revoke, found)
            say(request, _("Taken back: the code opens nothing any more."))
        except Refused as outcome:
            say(request, outcome.sentence, tone="warn")
        return go(request, request.path)
    by, code = request.actor, str(found.code)
    why = queries.why_not(found, by.at)
    is_open = bool(code) and why in ("", "early")
    context = {
        "title": found.visitor, "back_url": reverse("portal:passes", args=[request.project.code]), "one": found,
        "why_not": operations.gate.WHY_NOT.get(why, ""), "is_open": is_open,
        "code_words": codes.spaced(code) if is_open else "", "picture": codes.picture(code) if is_open else "",
        "visits": list(found.visits.filter(project=request.project).order_by("-id")[:SHOWN]),
    }  # fmt: skip
    return framed(request, "portal/pass.html", context)


@portal_page
@require_http_methods(["GET", "POST"])
def instructions(request: Any) -> HttpResponse:
    """What is to be heeded at my door: read, asked for, ended."""
    by, project = request.actor, request.project
    rows = Instruction.visible_to(by).filter(project=project, house=request.home.house, state="standing")
    form, status = None, 200
    known = {"house": request.home.house.code, "asked_by": ""}
    if request.method == "POST":
        ended = request.POST.get("end", "")[:18]
        try:
            if ended:
                found = (
                    rows.filter(pk=int(ended)).first()
                    if ended.isascii() and ended.isdigit() and len(ended) < 18
                    else None
                )
                if found is None:
                    raise Http404
                perform(request, heeding.end, found)
                say(request, _("Ended: it is heeded no more."))
            else:
                perform(request, heeding.note, project, **known)
                say(request, _("Thank you. Whoever stands at your door for us reads it first."))
            return go(request, request.path)
        except Refused as outcome:
            if ended:
                say(request, outcome.sentence, tone="warn")
                return go(request, request.path)
            form, status = refused_form(request, heeding.note, project, outcome, **known), outcome.status
            _say_hidden(form)
    form = _form(form or heeding.note.new_form(project, by))
    form.fields["words"].label = _("In your words")
    form.fields["kind"].choices = [("", _("Choose")), *form.fields["kind"].choices]
    context = {
        "title": _("At my door"), "back_url": reverse("portal:home", args=[project.code]), "action": request.path,
        "rows": list(rows.order_by("-id")[:SHOWN]), "form": form,
    }  # fmt: skip
    return framed(request, "portal/instructions.html", context, status=status)
