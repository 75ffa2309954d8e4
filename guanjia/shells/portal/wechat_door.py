"""The door of WeChat: out to it, and back with a code that says who it was."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from guanjia.parts.outreach.gateways import Later, Never, Unsure
from guanjia.parts.outreach.gateways import wechat as provider
from guanjia.people.models import Account, AccountHome, Resident
from guanjia.web.doors import say

from . import signing, wechat

log = logging.getLogger("guanjia.portal")
STATE = "portal_wechat_state"


@never_cache
@require_GET
def go(request: Any) -> HttpResponse:
    """To WeChat, which sends the browser back with a code."""
    account = wechat.channel()
    if account is None:
        return HttpResponseRedirect(reverse("portal:sign-in"))
    request.session[STATE] = secrets.token_urlsafe(16)
    back = request.build_absolute_uri(reverse("portal:wechat-back"))
    return HttpResponseRedirect(provider.door_of(account, back, request.session[STATE]))


@never_cache
@require_GET
def back(request: Any) -> HttpResponse:
    """With a code of this very visit: known, and signed in; or unknown, and bound once the number is proved."""
    account, state = wechat.channel(), request.session.pop(STATE, "")
    code = request.GET.get("code", "")[:200]
    if account is None or not code or not state or not secrets.compare_digest(state, request.GET.get("state", "")):
        return _by_number(request, _("That did not come from this visit. Sign in with your number."))
    try:
        openid = provider.openid_of(account, code)
    except (Later, Never, Unsure) as failure:
        log.warning("wechat sign-in: %s", failure)
        return _by_number(request, _("WeChat did not answer. Sign in with your number."))
    login = wechat.login_named(openid)
    if login is None:
        request.session[wechat.PROVED] = openid
        return _by_number(request, _("Prove your number once; from then on WeChat lets you in."))
    url = request.session.get("portal_next") or ""
    signing.open_session(request, login)
    return HttpResponseRedirect(url or reverse("portal:home", args=[_first_home(login).project.code]))


def _first_home(account: Account) -> Resident:
    homes = AccountHome.objects.filter(account_id=account.pk, ended_at__isnull=True).order_by("id")
    return Resident.objects.select_related("project").get(pk=homes.values("resident_id")[:1])


def _by_number(request: Any, words: str) -> HttpResponse:
    say(request, words, tone="info")
    return HttpResponseRedirect(reverse("portal:sign-in"))
