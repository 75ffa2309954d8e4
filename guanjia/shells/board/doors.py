"""The two doors of the board: a display by its own token, a leader by the own post."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from guanjia.kernel.actors import system
from guanjia.people import posts
from guanjia.web.doors import staff_page

from . import pairing

View = Callable[..., HttpResponse]
# Who answers for the day of others; all of them see every case of the project, so the figures are the same for all.
READERS = posts.SUPERVISORS | posts.MANAGERS | {
    posts.SERVICE_LEAD, posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER,
}  # fmt: skip


def display_page(view: View) -> View:
    """What a paired display reads: `request.display`, `request.project`. Revoked or unknown: back to the pairing."""

    @functools.wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not known(request):
            return _closed(HttpResponse(status=204, headers={"HX-Redirect": pairing.PATH}))
        return _closed(keep(view(request, *args, **kwargs), request.COOKIES[pairing.COOKIE]))

    return enter


def board_page(view: View) -> View:
    """A page of the board for leaders of the project; for others it does not exist."""

    @functools.wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.project.is_office or not request.actor.holds(request.project.pk, *READERS):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_page(enter)


def known(request: Any) -> bool:
    """Whether a paired display asks. It acts as nobody: the wall reads as the system, of its one project."""
    request.reader = system()
    request.display = pairing.display_of(request.COOKIES.get(pairing.COOKIE, ""), request.reader.at)
    if request.display is None:
        return False
    request.project = request.display.project
    return True


def keep(response: HttpResponse, token: str) -> HttpResponse:
    """Leave the token in the display's browser, for the addresses of the wall alone."""
    response.set_cookie(
        pairing.COOKIE, token, max_age=pairing.LIFE_SECONDS, path=pairing.PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _closed(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
