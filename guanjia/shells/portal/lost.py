"""What was found here, as far as anybody may read it, and what I miss myself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from guanjia.domains.lostfound import queries
from guanjia.domains.lostfound.models import LossState
from guanjia.domains.lostfound.operations import give_up, report_loss
from guanjia.kernel.outcomes import Refused
from guanjia.web.doors import go, perform, refused_form, say

from .doors import framed, portal_page, tabs

SINCE, SHOWN = timedelta(days=60), 20
# A resident speaks for themself: whose loss it is and their number are known.
KNOWN_HERE = ("resident", "outsider", "contact")


@portal_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """Mine first, each with how it stands and one tap to end the search; below what lies unclaimed."""
    project, by = request.project, request.actor
    mine = queries.losses(project, by)
    if request.method == "POST":
        return _end(request, mine)
    context = {
        "title": pgettext("lostfound", "Lost and found"),
        "back_url": reverse("portal:home", args=[project.code]), "tabs": tabs(request, "home"),
        "mine": list(mine.order_by("-id")[:SHOWN]), "missed": LossState.MISSED,
        "finds": queries.public(project, by.at - SINCE),
    }  # fmt: skip
    return framed(request, "portal/lost.html", context)


def _end(request: Any, mine: Any) -> HttpResponse:
    """Found by myself, or no longer looked for."""
    said = request.POST.get("end", "")[:18]
    loss = mine.filter(pk=int(said)).first() if said.isascii() and said.isdigit() and len(said) < 18 else None
    if loss is None:
        raise Http404
    try:
        perform(request, give_up, loss, answer=pgettext("lostfound", "Ended by who missed it."))
        say(request, pgettext("lostfound", "Ended: it is looked for no more."))
    except Refused as outcome:
        say(request, outcome.sentence, tone="warn")
    return go(request, request.path)


@portal_page
@require_http_methods(["GET", "POST"])
def report(request: Any) -> HttpResponse:
    """Say what is missed; the counter compares it with what is found."""
    project, by = request.project, request.actor
    back = reverse("portal:lost", args=[project.code])
    form, status = None, 200
    if request.method == "POST":
        try:
            perform(request, report_loss, project, resident="", outsider="", contact="")
        except Refused as outcome:
            form, status = refused_form(request, report_loss, project, outcome), outcome.status
        else:
            say(request, _("Thank you. The front desk compares it with what is found; how it stands is shown here."))
            return go(request, back)
    form = form or report_loss.new_form(project, by, initial={"lost_on": timezone.localdate(by.at)})
    for name in KNOWN_HERE:
        form.fields.pop(name, None)
    context = {
        "title": report_loss.label, "back_url": back, "action": request.path, "form": form, "button": _("Report it"),
    }  # fmt: skip
    return framed(request, "portal/ask.html", context, status=status)
