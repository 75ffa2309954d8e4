"""The same on a phone: what I have out and settle, what waits to be taken back, handing out at the cabinet."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.kernel import operations
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Forbidden
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.doors import answer, asked_for, staff_page

from . import queries
from .models import Draw
from .operations import correct_use, finish, hand_out, report, take_back

NEW = {one.verb: one for one in (hand_out, report)}
VERBS = {one.verb: one for one in (finish, take_back, correct_use)}


@staff_page
@require_safe
def home(request: Any) -> HttpResponse:
    """Mine first; whoever takes things back sees everything that is out."""
    project, by = request.project, request.actor
    mine = queries.mine(project, by).order_by("drawn_at", "id")[: queries.MOST]
    may_receive = by.may(take_back.name, project.pk)
    others = queries.out(project, by).exclude(drawer_id=by.id).order_by("drawn_at", "id")[: queries.MOST]
    context = {
        "title": _("Hazardous goods"),
        "mine": [card(draw, project, by) for draw in mine],
        "others": [card(draw, project, by) for draw in others] if may_receive else [],
        "may_receive": may_receive,
        "back_url": _back(project),
        "report_url": reverse("hazmat:phone-new", args=[project.code, report.verb]),
        "hand_out_url": (
            reverse("hazmat:phone-new", args=[project.code, hand_out.verb]) if by.may(hand_out.name, project.pk) else ""
        ),
    }  # fmt: skip
    return render(request, "hazmat/phone_home.html", context)


def _back(project: Project) -> str:
    return reverse("field:more", args=[project.code])


def card(draw: Draw, project: Project, by: Actor) -> dict[str, Any]:
    """One draw with what this person may do to it now."""
    return {
        "number": draw.number,
        "title": f"{draw.lot.substance.name} {draw.lot.substance.said(draw.remainder)}",
        "place": draw.place,
        "who": draw.drawer.name,
        "state": draw.state,
        "word": draw.get_state_display(),
        "at": words.when(draw.drawn_at, by.at),
        "acts": [
            {"label": o.operation.label,
             "url": reverse("hazmat:phone-act", args=[project.code, draw.pk, o.operation.verb])}
            for o in operations.offers(draw, by)
            if o.operation.verb in VERBS and not o.is_locked
        ],
    }  # fmt: skip


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: Any, verb: str) -> HttpResponse:
    """Hand out, or report what went wrong."""
    if verb not in NEW:
        raise Http404
    return _asked(request, NEW[verb], request.project)


@staff_page
@require_http_methods(["GET", "POST"])
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """Finish, take back, correct."""
    draw = queries.draws(request.project, request.actor).filter(pk=pk).first()
    if draw is None or verb not in VERBS:
        raise Http404
    return _asked(request, VERBS[verb], draw)


def _asked(request: Any, operation: operations.Operation, subject: Any) -> HttpResponse:
    """The form of one verb in the phone's frame; done, back to the list."""
    project, by = request.project, request.actor
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    home_url = reverse("hazmat:phone", args=[project.code])
    context = {"title": operation.label, "operation": operation, "label": operation.label, "back_url": home_url}
    if isinstance(subject, Draw):
        context["card"] = card(subject, project, by)
    if request.method == "POST":
        return answer(
            request, operation, subject, success_url=home_url, template="hazmat/phone_act.html", context=context,
            said=_("Done: %(verb)s.") % {"verb": operation.label},
        )  # fmt: skip
    context["form"] = operation.new_form(subject, by, initial=asked_for(request, operation))
    return render(request, "hazmat/phone_act.html", context)
