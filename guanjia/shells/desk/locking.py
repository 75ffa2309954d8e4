"""The lock of a screen: locked by hand or by idleness, opened with the PIN, at a counter taken over by a colleague."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel.actors import Actor
from guanjia.people import posts, second, sessions
from guanjia.people.login import actor_of, clear_attempts, find_account, take_attempt
from guanjia.web.doors import signed_in

from .signing import WAIT, asked, enter, next_of


def _is_fetch(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch")


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: Any) -> HttpResponse:
    """Lock this screen; the page that was open is kept, and opens again with PIN or password."""
    if request.actor is None:
        return HttpResponse(status=401) if _is_fetch(request) else HttpResponseRedirect(reverse("desk:login"))
    if request.method == "POST":
        request.session["locked"] = True
        if _is_fetch(request):
            return HttpResponse(status=204)
        return HttpResponseRedirect(f"{reverse('desk:lock')}?{urlencode({'next': asked(request)})}")
    if not request.session.get("locked"):
        return HttpResponseRedirect(next_of(request))
    return _page(request, {})


@signed_in
@require_POST
def alive(request: Any) -> HttpResponse:
    """A hand was at this page lately; the door has noted it."""
    return HttpResponse(status=204)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def unlock(request: Any) -> HttpResponse:
    """Open it again: the same person by PIN or password."""
    if request.actor is None:
        return HttpResponse(status=401) if _is_fetch(request) else HttpResponseRedirect(reverse("desk:login"))
    status, sentence = _unlocks(request.user, request.POST.get("password", "")[:128], request.actor.at)
    if status != 200:
        return _refused(request, status, sentence)
    sessions.touch(request.session, request.actor.at)
    request.session.cycle_key()
    return JsonResponse({"who": str(request.user.pk)}) if _is_fetch(request) else HttpResponseRedirect(next_of(request))


def _unlocks(account: Any, given: str, at: datetime) -> tuple[int, Any]:
    """By password or by the six digits of the PIN, under the same throttle as the front door."""
    if not take_attempt(account.username, at):
        return 429, WAIT
    if not (account.check_pin(given) if _is_pin(given) else account.check_password(given)):
        return 422, _("This is not your password or PIN.")
    clear_attempts(account.username)
    return 200, ""


def _is_pin(given: str) -> bool:
    return given.isdigit() and len(given) == 6


@never_cache
@sensitive_post_parameters("pin")
@require_POST
def take_over(request: Any) -> HttpResponse:
    """Another colleague of this counter goes on, with number and PIN: who asked first stays who asked first."""
    if request.actor is None or request.session.get("place") != "counter":
        return HttpResponse(status=401) if _is_fetch(request) else HttpResponseRedirect(reverse("desk:login"))
    name, pin = request.POST.get("username", "")[:60], request.POST.get("pin", "")[:20]
    account = find_account(name)
    if not take_attempt(account.username if account else name, request.actor.at):
        return _refused(request, 429, WAIT, name)
    if account is None or not account.is_active or not account.check_pin(pin):
        return _refused(request, 422, _("Number and PIN do not belong together."), name)
    by = actor_of(account)
    if by is None or not _shares_counter(request.actor, by):
        return _refused(request, 422, _("This colleague has no post at this counter."), name)
    if account.must_change_password or second.has(account.pk) or (settings.SECOND_FACTOR and second.is_demanded(by)):
        return _refused(request, 422, _("Your post logs in in full: log out first, then with password and code."), name)
    clear_attempts(account.username)
    response = enter(request, account, url=reverse("desk:home"), opened=int(request.session.get("opened", 0)))
    return (
        JsonResponse({"who": str(account.pk), "url": response.headers["Location"]}) if _is_fetch(request) else response
    )


def _shares_counter(now: Actor, then: Actor) -> bool:
    """A post of the counter at a project of who stood here before."""
    return any(then.holds(project_id, *posts.COUNTER) for project_id in now.posts)


def _refused(request: Any, status: int, sentence: Any, username: str | None = None) -> HttpResponse:
    headers = {"Retry-After": "900"} if status == 429 else {}
    if _is_fetch(request):
        return JsonResponse({"sentence": str(sentence)}, status=status, headers=headers)
    shown = {"refusal": sentence} if username is None else {"refused_colleague": sentence, "username": username}
    return _page(request, shown, status, headers)


def _page(
    request: Any, shown: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    shown |= {
        "next": asked(request),
        "who": request.actor.name,
        "is_counter": request.session.get("place") == "counter",
    }
    response = render(request, "desk/lock.html", shown, status=status)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response
