"""Many rows at once: send somebody to all that are picked, take the list out as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanjia.domains.cases.operations import export as note_export
from guanjia.domains.repairs.operations import dispatch
from guanjia.kernel.outcomes import Outcome, RefusedRows
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.web import words
from guanjia.web.doors import say
from guanjia.web.export import workbook

from . import listing
from .queue import asked, filters_of
from .who import desk_page

MOST_PICKED = 50
MOST_ROWS = 5000


@desk_page
@require_POST
def dispatch_picked(request: Any) -> HttpResponse:
    """The picked cases in one batch; those that are refused do not hold up the others."""
    project, by = request.project, request.actor
    ids = [int(p) for p in request.POST.getlist("pick")[:MOST_PICKED] if p.isascii() and p.isdigit() and len(p) <= 18]
    cases = list(Case.visible_to(by).filter(project=project, pk__in=ids).order_by("id"))
    try:
        sent, refused = _dispatched(request, cases)
    except Outcome as outcome:  # not for this post, or the same click again
        sent, refused = 0, [getattr(outcome, "sentence", "")]
    if sent:
        say(request, _("%(n)d sent.") % {"n": sent})
    for line in refused[:3]:
        say(request, line, tone="warn")
    if len(refused) > 3:
        say(request, _("%(n)d more were not sent.") % {"n": len(refused) - 3}, tone="warn")
    return redirect(_back(request))


def _dispatched(request: Any, cases: list[Case]) -> tuple[int, list[str]]:
    """How many were sent, and what was said of the others. A batch is all or none: the second time without these."""
    given = {"executor": request.POST.get("executor", "")}
    key = request.POST.get("idempotency_key", "")[:60]
    refused: dict[int, str] = {}
    while left := [case for case in cases if case.pk not in refused]:
        try:
            done = dispatch.many([(case, given) for case in left], by=request.actor, key=key or None)
            return len(done), [*refused.values()]
        except RefusedRows as outcome:
            for index, told in outcome.indexed.items():
                said = " ".join(str(line) for lines in told.values() for line in lines)
                refused[left[index].pk] = f"{left[index].number}: {said}"
    return 0, [*refused.values()]


def _back(request: Any) -> str:
    url = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if url and ours else reverse("desk:queue", args=[request.project.code])


@desk_page
@require_POST
def export(request: Any) -> HttpResponse:
    """The list as it is filtered, newest first, without phone numbers; the journal keeps who took how much."""
    project, by, wish = request.project, request.actor, asked(request)
    rows = listing.chosen(project, by, wish["view"], filters_of(wish), wish["q"])
    cases = list(rows.order_by("-id")[:MOST_ROWS])
    note_export.submit(
        project, by=by, data={"view": wish["view"], "rows": len(cases)}, key=request.POST.get("idempotency_key") or None
    )
    names = casework.customers([c for c in cases if c.resident_id is None])
    head = [
        _("Case no."),
        _("Case kind"),
        _("Content"),
        _("House / place"),
        _("Reported by"),
        _("Status"),
        _("Urgency"),
        _("Channel"),
        _("First contact"),
        _("Assigned to"),
        _("Reported at"),
        _("Closed at"),
    ]
    lines = [_line(case, names.get(case.pk, {})) for case in cases]
    stamp = timezone.localtime(by.at)
    return workbook(
        f"cases-{project.code}-{stamp:%Y%m%d-%H%M}.xlsx",
        _("Cases"),
        head,
        lines,
        note=_("Exported by %(who)s at %(at)s") % {"who": by.name, "at": words.stamp(by.at)},
    )


def _line(case: Case, customer: dict[str, str]) -> list[Any]:
    return [
        case.number,
        case.get_kind_display(),
        words.hushed(case.content),
        case.place,
        case.resident.name if case.resident else customer.get("name", ""),
        case.get_state_display(),
        case.get_urgency_display(),
        case.get_channel_display(),
        case.owner.name if case.owner else "",
        case.executor.name if case.executor else "",
        words.stamp(case.reported_at),
        words.stamp(case.closed_at),
    ]
