"""How I am told: what I want messages for, which way first, and whether WeChat knows me."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from guanjia.kernel.outcomes import Refused
from guanjia.parts.outreach import operations as outreach
from guanjia.parts.outreach import routes
from guanjia.parts.outreach.models import Kind, Purpose
from guanjia.parts.outreach.operations.wishes import STOPPABLE, TO_RESIDENTS
from guanjia.web.doors import go, perform, say

from .doors import framed, mine_url, portal_page

# What comes under each purpose, in words of daily life.
MEANING: dict[str, Any] = {
    Purpose.SERVICE: gettext_lazy("That your report was taken, who comes, and that it is done."),
    Purpose.NOTICE: gettext_lazy("Water, power, lifts, and what goes on in the community."),
    Purpose.DUNNING: gettext_lazy("That a bill is open."),
    Purpose.SURVEY: gettext_lazy("Now and then a question how satisfied you are."),
}
# What staff call “a report of theirs”.
OWN: dict[str, Any] = {Purpose.SERVICE: gettext_lazy("About your reports")}
VERBS = {
    "stop": outreach.stop_messages,
    "resume": outreach.resume_messages,
    "prefer": outreach.prefer_way,
    "unbind": outreach.unbind_wechat,
}


@portal_page
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """One switch a purpose, one choice of the way."""
    resident = request.resident
    if request.method == "POST" and (verb := VERBS.get(request.POST.get("verb", ""))):
        try:
            perform(request, verb, resident)
            say(request, _("Saved. It holds from now on."))
        except Refused as outcome:
            say(request, outcome.sentence, tone="warn")
        return go(request, request.path)
    stopped, way = routes.stopped_purposes(resident), routes.way_of(resident)
    context = {
        "title": _("How I am told"),
        "back_url": mine_url(request),
        "lines": [
            {
                "purpose": value,
                "label": OWN.get(value, label),
                "meaning": MEANING.get(value, ""),
                "is_on": value not in stopped,
            }
            for value, label in STOPPABLE
        ],
        "ways": [
            {"value": value, "label": label, "checked": value == way}
            for value, label in (("", pgettext("messages", "No wish")), *TO_RESIDENTS)
        ],
        "wechat": bool(routes.handle_of(request.project.pk, Kind.WECHAT, resident_id=resident.pk)),
    }
    return framed(request, "portal/ways.html", context)
