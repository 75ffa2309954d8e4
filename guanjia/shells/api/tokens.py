"""Bearer tokens: shown once, kept as a hash, twelve hours, ended by a raised generation of the account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.people import login
from guanjia.people.models import Account, ApiToken

from .problems import Problem

LIFE = timedelta(hours=12)
_BEARER = {"WWW-Authenticate": "Bearer"}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(username: str, password: str, at: datetime, name: str = "") -> tuple[str, ApiToken]:
    """A new token for a right password. Every attempt counts, parallel ones too. Raises Problem."""
    if not login.take_attempt(username, at):
        raise Problem(
            429,
            _("Too many attempts on this account. Try again in fifteen minutes."),
            headers={"Retry-After": str(login.WINDOW_SECONDS)},
        )
    account: Any = authenticate(None, username=username, password=password)
    if account is None or login.actor_of(account, at=at) is None:
        raise Problem(401, _("The account or the password is not right."), headers=_BEARER)
    if account.must_change_password:
        raise Problem(403, _("Sign in on the page once and choose a password of your own."))
    login.clear_attempts(username)
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        account_id=account.pk,
        digest=digest(token),
        generation=account.generation,
        name=name,
        expires_at=at + LIFE,
    )
    return token, row


def actor(request: HttpRequest) -> Actor:
    """Who sent the request, read fresh from the database. Raises Problem 401."""
    account = _account(_token(request))
    if account is None:
        raise Problem(401, _("The token is unknown or has ended."), headers=_BEARER)
    found = login.actor_of(account, at=timezone.now(), channel="api")
    if found is None:
        raise Problem(401, _("This account has no post and no home any more."), headers=_BEARER)
    request.actor = found  # type: ignore[attr-defined]
    return found


def revoke(request: HttpRequest) -> None:
    """End the token that the request came with."""
    ApiToken.objects.filter(digest=digest(_token(request))).update(revoked_at=timezone.now())


def _token(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(token) <= 100 or not token.isascii():
        raise Problem(401, headers=_BEARER)
    return token.strip()


def _account(token: str) -> Account | None:
    """The account behind a living token: one statement."""
    living = ApiToken.objects.filter(
        digest=digest(token),
        account_id=OuterRef("pk"),
        generation=OuterRef("generation"),
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    return Account.objects.filter(Exists(living), is_active=True).first()
