"""Me on this phone: duty, notices, what was not accepted, language, out."""

from __future__ import annotations

import contextlib
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjia.domains.shifts import working
from guanjia.kernel import operations
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.outreach import queries as outreach
from guanjia.parts.outreach.models import Notice
from guanjia.parts.outreach.operations import read as mark_read
from guanjia.parts.outreach.operations import read_all as mark_all
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.web import words
from guanjia.web.doors import go, perform, projects_of, refused_form, say
from guanjia.web.things import missing_of

from . import forms, queries
from .doors import framed, phone_page, tabs

VERBS = ("sign_in", "close_shift", "end_duty")
LANGUAGES = (("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English"))


@phone_page
@require_GET
def page(request: Any) -> HttpResponse:
    """My posts, my shifts of today with signing in and out, my language, my projects, logging out."""
    project, by = request.project, request.actor
    held = by.posts.get(project.pk, frozenset())
    context = {
        "title": _("Me"),
        "back_url": reverse("field:more", args=[project.code]),
        "tabs": tabs(request, "more"),
        "who": by.name,
        "posts": [posts.NAMES[post] for post in posts.NAMES if post in held],
        "place": project.name,
        "shifts": [_shift(duty, by, project) for duty in queries.shifts_of_today(project, by)],
        "shift_url": reverse("shifts:phone", args=[project.code]),
        "languages": [{"code": code, "label": label, "current": code == get_language()} for code, label in LANGUAGES],
        "others": [p for p in projects_of(request) if p.pk in by.posts and p.pk != project.pk and not p.is_office],
    }
    return framed(request, "field/me.html", context)


def _shift(duty: Duty, by: Any, project: Any) -> dict[str, Any]:
    """A shift with the acts that are open to its person."""
    acts = [
        {
            "label": o.operation.label, "is_primary": o.operation.verb == "sign_in",
            "asks": bool(o.operation.form.base_fields),
            "url": reverse("field:duty", args=[project.code, duty.pk, o.operation.verb]), "missing": missing_of(o),
        }
        for o in operations.offers(duty, by)
        if o.operation.verb == working.next_verb(duty)
    ]  # fmt: skip
    return {
        "span": f"{words.clock_time(duty.from_at)}–{words.clock_time(duty.to_at)}",
        "name": duty.get_shift_display() or posts.NAMES.get(duty.post, ""),
        "signed": words.clock_time(duty.signed_in_at), "is_on": duty.from_at <= by.at < duty.to_at, "acts": acts,
    }  # fmt: skip


@phone_page(keep=True)
@require_http_methods(["GET", "POST"])
def duty(request: Any, pk: int, verb: str) -> HttpResponse:
    """Sign in to a shift of mine, or out of it."""
    project, by = request.project, request.actor
    shift = Duty.visible_to(by).filter(project=project, employee_id=by.id, pk=pk).first()
    operation = next((o for o in operations.on(Duty) if o.verb == verb), None) if verb in VERBS else None
    if shift is None or operation is None:
        raise Http404
    back = reverse("field:me", args=[project.code])
    form: Any = operation.new_form(shift, by)
    status = 200
    if request.method == "POST":
        try:
            perform(request, operation, shift)
        except Refused as outcome:
            form, status = refused_form(request, operation, shift, outcome), outcome.status
        else:
            say(request, _("Done: %(verb)s.") % {"verb": operation.label})
            return go(request, back)
    offer = operation.offer(shift, by)
    context = {
        "title": operation.label, "label": operation.label, "operation": operation, "form": forms.dressed(form),
        "back_url": back, "action": request.path, "missing": missing_of(offer), "past": "",
    }  # fmt: skip
    return framed(request, "field/act.html", context, status=status)


@phone_page(keep=True)
@require_GET
def waiting(request: Any) -> HttpResponse:
    """What waits on this phone and what was not accepted; the phone fills it in, nothing of it is on the server."""
    return framed(
        request,
        "field/waiting.html",
        {"title": _("Waiting and not accepted"), "back_url": reverse("field:me", args=[request.project.code])},
    )


@phone_page
@require_GET
def notices(request: Any) -> HttpResponse:
    """My notices, newest first; the phone's pages open the case here and not at the desk."""
    project, by = request.project, request.actor
    before = request.GET.get("before", "")
    lines, more = outreach.page(project, by, before=int(before) if before.isdigit() and len(before) <= 18 else None)
    context = {
        "title": _("Messages"),
        "tabs": tabs(request, "notices"),
        "rows": [_notice(line) for line in lines],
        "older_url": f"{reverse('field:notices', args=[project.code])}?before={more}" if more else "",
        "has_unread": any(line.notice.read_at is None for line in lines),
    }
    return framed(request, "field/notices.html", context)


def _notice(line: outreach.Line) -> dict[str, Any]:
    url = line.url
    if isinstance(line.thing, Case):
        url = reverse("field:case", args=[line.thing.project.code, line.thing.pk])
    return {
        "pk": line.notice.pk, "icon": line.kind.icon, "tone": line.kind.tone, "title": line.notice.words,
        "about": line.about, "url": url,
        "at": line.notice.created_at, "is_new": line.notice.read_at is None,
    }  # fmt: skip


@phone_page
@require_POST
def read_all(request: Any) -> HttpResponse:
    """All of mine are read."""
    with contextlib.suppress(Refused):  # read in another window at the same moment
        perform(request, mark_all, request.project)
    return go(request, reverse("field:notices", args=[request.project.code]))


@phone_page
@require_POST
def follow(request: Any, pk: int) -> HttpResponse:
    """Read a notice and go to what it is about."""
    notice = Notice.visible_to(request.actor).filter(project=request.project, pk=pk).first()
    if notice is None:
        raise Http404
    if notice.read_at is None:
        with contextlib.suppress(Refused):
            perform(request, mark_read, notice)
    line = outreach.lines(request.project, request.actor, [notice])[0]
    return go(request, _notice(line)["url"] or reverse("field:notices", args=[request.project.code]))
