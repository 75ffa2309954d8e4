"""The page of what one is told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanjia.kernel.outcomes import Refused
from guanjia.web import doors

from . import operations, queries
from .models import Notice


@doors.staff_page
@require_GET
def notices(request: Any) -> HttpResponse:
    """Newest first; a fragment answers the next page alone."""
    before = request.GET.get("before", "")
    shown = _page(request, int(before) if before.isdigit() and len(before) <= 18 else None)
    is_fragment = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    return render(request, "outreach/list.html" if is_fragment else "outreach/notices.html", shown)


@doors.staff_page
@require_POST
def go(request: Any, notice_id: int) -> HttpResponse:
    """Read it and go to the thing it is about; a thing that may no longer be seen leads back to the list."""
    notice = Notice.visible_to(request.actor).filter(project=request.project, pk=notice_id).first()
    if notice is None:
        raise Http404
    if notice.read_at is None:
        try:
            doors.perform(request, operations.read, notice)
        except Refused:
            pass  # read in another window at the same moment
    line = queries.lines(request.project, request.actor, [notice])[0]
    return doors.go(request, line.url or _home(request))


@doors.staff_page
@require_POST
def read_all(request: Any) -> HttpResponse:
    try:
        doors.perform(request, operations.read_all, request.project)
    except Refused as outcome:
        doors.say(request, outcome.sentence, tone="info")
    return doors.go(request, _home(request))


@doors.staff_page
@require_POST
def mail(request: Any) -> HttpResponse:
    """When I want e-mail."""
    return doors.answer(
        request, operations.wish_mail, request.project, success_url=_home(request), template="outreach/notices.html",
        context=lambda: _page(request, None), said=str(_("Kept.")),
    )  # fmt: skip


def _home(request: Any) -> str:
    return reverse("outreach:inbox", args=[request.project.code])


def _page(request: Any, before: int | None) -> dict[str, Any]:
    project, by = request.project, request.actor
    lines, more = queries.page(project, by, before=before)
    wish = model_to_dict(queries.wish_of(by.id, project.pk), fields=["wants", "quiet_from", "quiet_to"])
    return {
        "lines": lines, "next_url": f"{_home(request)}?before={more}" if more else "", "code": project.code,
        "unread": queries.unread(by, project) if before is None else 0, "has_mail": bool(settings.EMAIL_HOST),
        "form": operations.wish_mail.new_form(project, by, initial=wish),
    }  # fmt: skip
