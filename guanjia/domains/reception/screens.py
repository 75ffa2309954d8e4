"""The counter at a glance; its lists; the cards of special situations; the printed day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people import posts
from guanjia.places.queries import between
from guanjia.web import words
from guanjia.web.doors import perform, staff_page
from guanjia.web.tabs import Tab, Tabs

from . import operations, queries, situations
from .models import WalkIn
from .models.base import COUNTER

SHOWN = 6
tabs = Tabs(
    Tab("reception:home", _("The counter")),
    Tab("reception:calls", _("Call log")),
    Tab("reception:call-backs", _("Ring back")),
    Tab("reception:slips", _("Message slips")),
    Tab("reception:walk-ins", _("Walk-ins")),
    Tab("reception:replies", _("Standard replies")),
    Tab("reception:situations", _("Situations")),
    Tab("reception:help", pgettext_lazy("desk", "Help")),
    Tab("reception:private", _("Private calls")),
    Tab("reception:costs", _("Telephone bill")),
)


@staff_page
@require_safe
def home(request: Any) -> HttpResponse:
    """Who is at the counter, who stands there, whom to ring back, what was promised and what was not read."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *COUNTER):
        raise Http404
    begin, _end = between(project, today := timezone.localdate(by.at), today)
    there, whole = queries.staffed(project, begin, by.at).numbers if by.at > begin else (0, 0)
    came = queries.answered(project, by.at - timedelta(days=30), by.at).numbers
    lists = {
        "waiting": queries.at_counter(project, by).order_by("id"),
        "backs": queries.owed_back(project, by).order_by("first_at"),
        "slips": queries.unread_slips(project, by).order_by("id"),
        "calls": queries.promised_calls(project, by).order_by("reply_by"),
        "walk_ins": queries.promised_walk_ins(project, by).order_by("reply_by"),
    }
    context: dict[str, Any] = {name: list(rows[: SHOWN + 1]) for name, rows in lists.items()}
    context |= {
        "code": project.code,
        "staffed": f"{100 * there // whole} %" if whole else "–",
        "gap": words.duration((whole - there) * 60) if whole > there else "",
        "answered": f"{100 * came[0] // came[1]} %" if came[1] else "–",
        "came": came[1],
        "now": [
            {"name": one.employee.name, "post": posts.NAMES.get(one.post, one.post), "in": one.signed_in_at}
            for one in queries.counter_now(project, by.at)
        ],
        "news": [
            {"label": verb.label, "icon": verb.icon, "url": reverse(f"reception:{name}", args=[project.code])}
            for verb, name in (
                (operations.log, "new-call"),
                (operations.receive, "new-walk-in"),
                (operations.take_message, "new-slip"),
            )
            if by.may(verb.name, project.pk)
        ],
        "is_here": WalkIn.State.HERE,
        **tabs(request),
    }
    return render(request, "reception/home.html", context)


@staff_page
@require_safe
def cards(request: Any) -> HttpResponse:
    """What to do when something fails; printed and laid under the counter, since it is needed without power."""
    if not request.actor.holds(request.project.pk, *COUNTER):
        raise Http404
    context = {"cards": situations.cards(), "code": request.project.code, **tabs(request)}
    return render(request, "reception/situations.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def number(request: Any, pk: int) -> HttpResponse:
    """The whole number to ring back, once, on this page only; that it was shown stands in the journal."""
    project, by, verb = request.project, request.actor, operations.show_number
    back = queries.call_backs(project, by).filter(pk=pk).first()
    if back is None:
        raise Http404
    if not by.may(verb.name, project.pk):
        raise Forbidden(verb.name)
    context: dict[str, Any] = {"back": back, "code": project.code, "number": ""}
    status = 200
    if request.method == "POST":
        try:
            perform(request, verb, back)
            context["number"] = str(back.phone_call.number)
        except Refused as outcome:
            context["refused"], status = outcome.sentence, outcome.status
    return render(request, "reception/number.html", context, status=status)
