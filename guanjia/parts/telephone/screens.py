"""Where the telephone tells, what rings at my extension, the list of calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from guanjia.kernel.outcomes import Refused
from guanjia.web import states, words
from guanjia.web.doors import go, perform, say, staff_page
from guanjia.web.registers import Column, Register, minor

from . import hearing, operations, queries
from .models import ANSWERING, PhoneCall

State = PhoneCall.State
states.mark({State.RINGING: "ring brand", State.MISSED: "cross danger ended"})


@csrf_exempt  # no cookie counts here: the signature does
def hook(request: HttpRequest, project: str) -> HttpResponse:
    """POST, signed: {"event": "ringing|answered|ended", "call": "…", "number": "…", "extension": "…", "at": "…"}."""
    if request.method != "POST":
        return _json({"why": "POST"}, 405)
    try:
        body = request.body if int(request.headers.get("Content-Length") or 0) <= hearing.MOST_BYTES else b""
        if not body:
            raise hearing.Unheard(413 if request.headers.get("Content-Length", "0") != "0" else 400, "body")
        headers = {
            name: request.headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
        }
        now = timezone.now()
        line = hearing.line_of(project[:20], headers, body, now)
        return _json(hearing.hear(line, headers["webhook-id"], body, now))
    except hearing.Unheard as error:
        return _json({"why": error.why}, error.status)
    except ValueError:
        return _json({"why": "request"}, 400)


def _json(content: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(content), content_type="application/json", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_page
@require_GET
def ringing(request: Any) -> HttpResponse:
    """The call at my extension, as a light poll of every desk page; on the idle desk its card opens by itself."""
    project, by = request.project, request.actor
    call = queries.for_me(project, by)
    if call is None:
        return _taken(request)
    is_opened = request.session.get("opened_call") == call.pk
    if call.state == State.ANSWERED and is_opened:
        return HttpResponse("")  # in talk, with the card at hand
    if call.state == State.RINGING and request.session.get("rang_call") != call.pk:
        request.session["rang_call"] = call.pk
    is_idle = (
        request.headers.get("HX-Current-URL", "").split("?")[0].endswith(reverse("desk:idle", args=[project.code]))
    )
    if is_idle and call.extension and not is_opened:
        return HttpResponse(headers={"HX-Redirect": _open(request, call)})
    shown = {"call": call, "code": project.code, "seconds": int((by.at - call.rang_at).total_seconds())}
    return render(request, "telephone/ringing.html", shown)


def _taken(request: Any) -> HttpResponse:
    """Nothing rings here any more: for a moment, who took what rang."""
    if (rang := request.session.get("rang_call")) is None:
        return HttpResponse("")
    call = queries.taken_elsewhere(request.project, request.actor, rang)
    if call is None:
        del request.session["rang_call"]
        return HttpResponse("")
    return render(request, "telephone/taken.html", {"call": call})


@staff_page
@require_POST
def open_card(request: Any, pk: int) -> HttpResponse:
    """The caller's card; who nobody knows goes to the intake of a stranger, with the number kept in the session."""
    call = PhoneCall.visible_to(request.actor).filter(project=request.project, pk=pk).first()
    if call is None:
        raise Http404
    return go(request, _open(request, call))


def _open(request: Any, call: PhoneCall) -> str:
    request.session["opened_call"] = call.pk
    code = request.project.code
    if call.resident_id:
        return reverse("desk:resident", args=[code, call.resident_id])
    if call.number:
        request.session["caller"] = str(call.number)
    return reverse("desk:stranger", args=[code])


@staff_page
@require_POST
def seat(request: Any) -> HttpResponse:
    """Calls for this extension open here, in this browser."""
    try:
        perform(request, operations.take_seat, request.project)
    except Refused as outcome:
        say(request, outcome.sentence, tone="warn")
    else:
        extension = queries.seat_of(request.actor, request.project)
        request.session["extension"] = f"{request.project.code}:{extension}" if extension else ""
        say(
            request,
            _("Calls for %(extension)s open here.") % {"extension": extension}
            if extension
            else _("No calls open here."),
        )
    return HttpResponseRedirect(reverse("telephone:calls", args=[request.project.code]))


def frame(request: Any, slug: str) -> dict[str, Any]:
    """Above the list: my extension, and how fast calls were answered in the last seven days."""
    project, by = request.project, request.actor
    told = queries.figures(project, by, by.at - timedelta(days=7))
    share = f"{100 * told['answered'] // told['all']} %" if told["all"] else "–"
    figures = [
        {"label": _("Calls in seven days"), "number": str(told["all"]), "note": ""},
        {
            "label": pgettext("telephone", "Answered"),
            "number": share,
            "note": _("%(n)d not answered") % {"n": told["missed"]},
        },
        {
            "label": _("Rang, the middle one"),
            "number": _seconds(told["median"]),
            "note": _("three rings are 15 seconds"),
        },
        {"label": _("Rang, one in twenty longer"), "number": _seconds(told["slow"]), "note": ""},
    ]
    return {
        "figures": figures, "seat": queries.seat_of(by, project), "may_sit": by.may("telephone.take_seat", project.pk),
        "seat_url": reverse("telephone:seat", args=[project.code]),
    }  # fmt: skip


def _seconds(seconds: int | None) -> str:
    return "–" if seconds is None else _("%(s)d s") % {"s": seconds}


calls = Register(
    "calls",
    of=PhoneCall,
    title=gettext_lazy("Calls"),
    unit=gettext_lazy("calls"),
    rows=queries.calls,
    order=("-id",),
    columns=(
        "rang_at", Column(pgettext_lazy("telephone", "Number"), str, "grow"), minor("extension"), "employee",
        Column(gettext_lazy("Rang"), lambda call: _seconds(call.ring_seconds), "num"),
        Column(gettext_lazy("Spoke"), lambda call: _spoke(call), "num", is_minor=True), "state",
    ),
    filters=("state",),
    posts=ANSWERING,
    frame=frame,
    template="telephone/calls.html",
    empty=gettext_lazy("Calls stand here as soon as the telephone system tells of them."),
)  # fmt: skip


def _spoke(call: PhoneCall) -> str:
    if call.answered_at is None or call.ended_at is None:
        return ""
    return str(words.duration(int((call.ended_at - call.answered_at).total_seconds())))
