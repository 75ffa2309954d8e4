"""Bearer tokens: shown once, kept as a hash, twelve hours, ended by a raised generation of the account."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.people import login, second
from guanjia.people.models import Account, ApiToken
from guanjia.web.doors import Request

from . import clients, pace
from .clients import digest
from .problems import Problem

LIFE = timedelta(hours=12)
_BEARER = {"WWW-Authenticate": "Bearer"}


def issue(username: str, password: str, at: datetime, name: str = "", code: str = "") -> tuple[str, ApiToken]:
    """A new token for a right password, and for the code where there is a second factor. Every attempt counts,
    parallel ones too. Raises Problem."""
    _take(username, at)
    account: Any = authenticate(None, username=username, password=password)
    by = login.actor_of(account, at=at) if account is not None else None
    if by is None:
        raise Problem(401, _("The account or the password is not right."), headers=_BEARER)
    if account.must_change_password:
        raise Problem(403, _("Sign in on the page once and choose a password of your own."))
    login.clear_attempts(username)
    is_strong = _second_step(account, by, code, at)
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        account_id=account.pk,
        digest=digest(token),
        generation=account.generation,
        is_strong=is_strong,
        name=name,
        expires_at=at + LIFE,
    )
    return token, row


def _take(name: str, at: datetime) -> None:
    if not login.take_attempt(name, at):
        raise Problem(
            429,
            _("Too many attempts on this account. Try again in fifteen minutes."),
            headers={"Retry-After": str(login.WINDOW_SECONDS)},
        )


def _second_step(account: Account, by: Actor, code: str, at: datetime) -> bool:
    """Whether the second factor was shown; asked of who has one, demanded of who must. Raises Problem."""
    if not second.has(account.pk):
        if second.is_demanded(by):
            raise Problem(
                403, _("Your post needs a second factor. Set it up on the page first."), second_factor="enrol"
            )
        return False
    if not code:
        raise Problem(401, _("Send the code of the authenticator app too."), headers=_BEARER, second_factor="code")
    name = second.throttle_of(account.username)
    _take(name, at)
    if not second.use(account.pk, code, at):
        told = _("This code is not right, or was used already. Wait for the next one.")
        raise Problem(401, told, headers=_BEARER, second_factor="code")
    login.clear_attempts(name)
    return True


def actor(request: Request) -> Actor:
    """Who sent the request, read fresh from the database. Raises Problem 401."""
    token = _token(request)
    if token.startswith(clients.PREFIX):
        request.actor = clients.actor(token, timezone.now())
        return request.actor
    at = timezone.now()
    found, session = _behind(token, at)
    own = digest(token)
    pace.count(ApiToken.objects.filter(digest=own), own, settings.API_PER_MINUTE, at)
    if second.is_owed(found, session):
        raise Problem(403, _("Your post needs a second factor. Set it up on the page first."), second_factor="enrol")
    found = replace(found, is_strong=bool(session["second"]) or not settings.SECOND_FACTOR)
    request.actor = found
    return found


def revoke(request: Request) -> None:
    """End the token that the request came with."""
    ApiToken.objects.filter(digest=digest(_token(request))).update(revoked_at=timezone.now())


def _token(request: Request) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(token) <= 100 or not token.isascii():
        raise Problem(401, headers=_BEARER)
    return token.strip()


def _behind(token: str, at: datetime) -> tuple[Actor, dict[str, object]]:
    """Who a living token belongs to, staff in one statement, and what it was made with. Raises Problem."""
    whose = Account.objects.filter(pk=OuterRef("account_id"), generation=OuterRef("generation"), is_active=True)
    living = ApiToken.objects.filter(Exists(whose), digest=digest(token), revoked_at__isnull=True, expires_at__gt=at)
    own = living.filter(account_id=OuterRef("employee__account_id"))
    rows = login.postings_now(at).filter(Exists(own)).annotate(is_strong=Exists(own.filter(is_strong=True)))
    if staff := list(rows):
        return login.staff_of_rows(staff, at, "api"), {"second": staff[0].is_strong}
    held = living.first()
    account = Account.objects.filter(pk=held.account_id).first() if held else None
    if held is None or account is None:
        raise Problem(401, _("The token is unknown or has ended."), headers=_BEARER)
    found = login.actor_of(account, at=at, channel="api")
    if found is None:
        raise Problem(401, _("This account has no post and no home any more."), headers=_BEARER)
    return found, {"second": held.is_strong}
