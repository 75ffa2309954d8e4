"""Who is at the door of each request: the actor, and how an outcome of an operation is answered."""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.defaults import server_error

from guanjia.kernel import outages, subjects
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Stored, Unknown
from guanjia.people import sessions
from guanjia.people.login import actor_of
from guanjia.web.doors import go, say

log = logging.getLogger("guanjia.web")


class ActorMiddleware:
    """Puts `request.actor` on each request, read fresh from the database: a right that ends, ends now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4()  # type: ignore[attr-defined]  # set here, read by every page
        request.actor = None  # type: ignore[attr-defined]  # set here, read by every page
        if not request.path.startswith(("/static/", "/healthz", "/api/")):
            self._enter(request)
        response = self.get_response(request)
        if request.actor is not None:  # type: ignore[attr-defined]  # set here, read by every page
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _enter(self, request: HttpRequest) -> None:
        account = request.user
        if not account.is_authenticated:
            return
        now, session = timezone.now(), request.session
        if not sessions.belongs(session, account) or sessions.is_over(session, now):
            logout(request)
            return
        actor = actor_of(account, at=now)
        if actor is None:
            logout(request)
            return
        is_strong = bool(session.get("second")) or not settings.SECOND_FACTOR
        request.actor = replace(actor, is_strong=is_strong)  # type: ignore[attr-defined]
        if "django_language" not in request.COOKIES:
            translation.activate(account.language)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Outcomes that a page did not answer itself."""
        if isinstance(error, Unknown):
            return render(request, "404.html", status=404)
        if isinstance(error, Forbidden):
            return render(request, "403.html", {"sentence": error.sentence}, status=403)
        if isinstance(error, Stored):
            return _put_forward(request, error)
        if isinstance(error, Conflict | Refused):
            return render(request, "409.html", {"sentence": error.sentence}, status=error.status)
        return None


def _put_forward(request: HttpRequest, waits: Stored) -> HttpResponse:
    """Not done but kept: to the page that says whom it waits for."""
    say(request, waits.sentence, tone="info")
    project = getattr(request, "project", None)
    if project is not None:
        waits.thing.project = project  # the frame that the person stands in
    return go(request, subjects.address_of(waits.thing) or "/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that grew old: say so, keep what was typed in the browser's draft."""
    return render(request, "403.html", {"sentence": "", "is_stale": True}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """What nobody expected; without a database or room on the disk, that it will pass."""
    if not outages.is_outage(sys.exc_info()[1]):
        return server_error(request)
    content = render_to_string("503.html")  # asks nothing of the database
    return HttpResponse(content, status=503, headers={"Retry-After": str(outages.RETRY_SECONDS)})


def healthz(request: HttpRequest) -> HttpResponse:
    """Up when the database answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def actor(request: Any) -> Any:
    """The actor of a request."""
    return request.actor
