"""My account: posts, language, password, PIN, second factor."""

from __future__ import annotations

import io
import re
from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people import second as factor
from guanjia.people.login import clear_attempts, take_attempt
from guanjia.people.models import Account
from guanjia.people.operations import change_password, enrol_second_factor, renew_recovery_codes, set_pin
from guanjia.places.models import Project
from guanjia.web.doors import projects_of, refused_form, say, signed_in

from .signing import WAIT, half_way


@never_cache
@signed_in
@require_GET
def account(request: Any) -> HttpResponse:
    """My name, my posts, my language, my keys."""
    by = request.actor
    names = {p.pk: p.name for p in projects_of(request)}
    held = [
        {"label": names.get(pid, ""), "value": "  ".join(str(posts.NAMES.get(post, post)) for post in sorted(held))}
        for pid, held in by.posts.items()
    ]
    shown = {
        "held": held, "who": by.name, "username": request.user.username, "has_pin": bool(request.user.pin),
        "has_second": factor.has(request.user.pk), "codes_left": factor.left(request.user.pk),
    }  # fmt: skip
    return render(request, "desk/account.html", shown)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: Any) -> HttpResponse:
    """Change my password; other sessions of mine end, this one goes on."""
    project, form = projects_of(request)[0], None
    if request.method == "POST":
        form = _tried(request, change_password, project, "old")
        if form is None:
            _go_on(request)
            say(request, _("Your password is changed. Other devices have to log in again."))
            return HttpResponseRedirect(reverse("desk:home"))
    shown = {
        "form": form or change_password.new_form(project, request.actor),
        "must": request.user.must_change_password,
    }
    return render(request, "desk/password.html", shown, status=422 if form else 200)


@never_cache
@sensitive_post_parameters("password", "pin")
@signed_in
@require_http_methods(["GET", "POST"])
def pin(request: Any) -> HttpResponse:
    """Six digits for the lock of this screen; set with the password, never shown again."""
    project, form = projects_of(request)[0], None
    if request.method == "POST":
        form = _tried(request, set_pin, project, "password")
        if form is None:
            say(request, _("Your PIN is set. It unlocks this screen."))
            return HttpResponseRedirect(reverse("desk:account"))
    shown = {"form": form or set_pin.new_form(project, request.actor)}
    return render(request, "desk/pin.html", shown, status=422 if form else 200)


@never_cache
@sensitive_post_parameters("password", "ticket", "code")
@signed_in
@require_http_methods(["GET", "POST"])
def second(request: Any) -> HttpResponse:
    """Set up the second factor (the door leads here who must have one), or renew its recovery codes."""
    has = factor.has(request.user.pk)
    if has and not request.session.get("second"):
        return half_way(request, request.user)  # this session showed a password only
    operation = renew_recovery_codes if has else enrol_second_factor
    project, form, ticket = projects_of(request)[0], None, request.POST.get("ticket", "")[:200]
    if request.method == "POST":
        form = _tried(request, operation, project, "password")
        if form is None:
            _go_on(request)
            request.session["second"], request.session["owes_second"] = True, False
            return render(request, "desk/second_codes.html", {"codes": project.recovery_codes})  # type: ignore[attr-defined]
    secret = factor.secret_of(ticket, request.user.pk) if ticket else None
    if not has and secret is None:
        secret, ticket = factor.new_ticket(request.user.pk)
    shown = {
        "form": form or operation.new_form(project, request.actor, initial={"ticket": ticket}),
        "has": has, "owes": factor.is_owed(request.actor, request.session), "left": factor.left(request.user.pk),
        **(_picture(secret, request.user.username) if secret else {}),
    }  # fmt: skip
    return render(request, "desk/second.html", shown, status=422 if form else 200)


def _picture(secret: str, username: str) -> dict[str, Any]:
    """The QR code as lines of an SVG path (no inline style), and the secret to type where there is no camera."""
    code = segno.make(factor.address(secret, username), error="m")
    out = io.BytesIO()
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=False, svgclass=None, lineclass=None, omitsize=True)
    path = re.search(r'\sd="([^"]+)"', out.getvalue().decode())
    side = code.symbol_size(border=2)[0]
    return {"qr_path": path[1] if path else "", "qr_side": side, "secret": " ".join(re.findall(".{1,4}", secret))}


def _tried(request: Any, operation: Operation, project: Project, field: str) -> Any:
    """None when it was done, else the form with its refusals. Tries of the password count as at the front door.

    Without an idempotency key: its digest would be a fast hash of a password.
    """
    try:
        if not take_attempt(request.user.username, request.actor.at):
            raise Refused(field, WAIT)
        operation.submit(project, by=request.actor, data=request.POST)
    except Refused as outcome:
        if field not in outcome.errors:
            clear_attempts(request.user.username)
        return refused_form(request, operation, project, outcome)
    clear_attempts(request.user.username)
    return None


def _go_on(request: Any) -> None:
    """This session lives on although every other of the account has ended."""
    fresh = Account.objects.filter(pk=request.actor.account_id).first()
    if fresh is not None:
        update_session_auth_hash(request, fresh)
        request.session["generation"] = fresh.generation
