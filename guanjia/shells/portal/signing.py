"""The residents' door: a number, a code, and where two live behind one number, which of them it is."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel.actors import system
from guanjia.kernel.outcomes import Refused
from guanjia.parts.outreach import codes as outreach
from guanjia.people import sessions
from guanjia.people.fields import PhoneField
from guanjia.people.login import actor_of
from guanjia.people.models import Account
from guanjia.web.doors import address_of

from . import codes, wechat, who
from .models import PhoneCode

BACKEND = "guanjia.people.login.AccountBackend"
# A resident's own phone stays signed in; the staff's hours do not fit a home.
LIVES_SECONDS = 30 * 86400


class NumberForm(forms.Form):
    phone = PhoneField(
        label=gettext_lazy("Mobile number"),
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "data-private": "", "autofocus": True}
        ),
    )

    def clean_phone(self) -> str:
        """Only a mobile can show the code; one from abroad begins with +."""
        phone = str(self.cleaned_data["phone"])
        if not re.fullmatch(r"1\d{10}|\+\d{7,15}", phone):
            raise forms.ValidationError(_("Write the whole mobile number: it has 11 digits."))
        return phone


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=gettext_lazy("One-time code"),
        max_length=12,
        error_messages={"invalid": gettext_lazy("The code has six digits.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-private": "", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def enter(request: Any) -> HttpResponse:
    """Ask for the number. The answer says nothing about whether anybody has it."""
    if request.method == "GET" and request.actor is not None and request.actor.is_resident:
        return HttpResponseRedirect(_next(request) or reverse("desk:home"))
    if not (settings.DEMO or outreach.is_offered()):
        return _page(request, "no_codes", {"by_wechat": wechat.is_offered(request)}, 422 if request.POST else 200)
    form = NumberForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        shown = {"form": form, "by_wechat": wechat.is_offered(request)}
        return _page(request, "enter", shown, 422 if request.method == "POST" else 200)
    try:
        row = codes.ask(
            form.cleaned_data["phone"], use=PhoneCode.Use.ENTER, at=system().at, address=address_of(request)
        )
    except Refused as outcome:
        form.add_error("phone", outcome.sentence)
        return _page(request, "enter", {"form": form}, 429)
    request.session["portal_code"] = row.pk
    request.session["portal_next"] = _next(request)
    if settings.DEMO:  # nothing is sent there, so the page says the code itself
        request.session["portal_shown"] = str(row.waiting)
    return HttpResponseRedirect(reverse("portal:code"))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: Any) -> HttpResponse:
    """Prove the number."""
    row = PhoneCode.objects.filter(pk=request.session.get("portal_code") or 0).first()
    if row is None:
        return HttpResponseRedirect(reverse("portal:sign-in"))
    form = CodeForm(request.POST or None)
    shown = {
        "form": form,
        "phone": str(row.phone),
        "shown": request.session.get("portal_shown", "") if settings.DEMO else "",
    }
    if request.method == "GET" or not form.is_valid():
        return _page(request, "code", shown, 422 if request.method == "POST" else 200)
    try:
        proof = codes.prove(row.pk, form.cleaned_data["code"], at=system().at)
    except Refused as outcome:
        form.add_error("code", outcome.sentence)
        return _page(request, "code", shown, 422)
    request.session.pop("portal_shown", None)
    found = who.people_with(str(proof.phone), system().at)
    if len(found) == 1:
        return _let_in(request, proof, found[0])
    if not found:
        return _page(request, "unknown", {"phone": str(proof.phone)}, 200)
    return HttpResponseRedirect(reverse("portal:who"))


@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: Any) -> HttpResponse:
    """Two people behind one number: each has a login of their own."""
    proof = codes.proved(request.session.get("portal_code"), system().at)
    found = who.people_with(str(proof.phone), system().at) if proof else []
    if proof is None or not found:
        return HttpResponseRedirect(reverse("portal:sign-in"))
    if request.method == "POST":
        chosen = next((p for p in found if p.key == request.POST.get("who")), None)
        if chosen is not None:
            return _let_in(request, proof, chosen)
    return _page(request, "who", {"people": found}, 200)


def _let_in(request: Any, proof: PhoneCode, person: who.Person) -> HttpResponse:
    at = system().at
    if not codes.spend(proof, at):
        return HttpResponseRedirect(reverse("portal:sign-in"))
    account = who.login_of(person, str(proof.phone), at)
    by = actor_of(account, at=at) if account is not None else None
    if account is None or by is None or not by.is_resident:
        return _page(request, "unknown", {"phone": str(proof.phone)}, 200)
    url = request.session.get("portal_next") or ""
    openid = request.session.pop(wechat.PROVED, "")
    open_session(request, account)
    if openid:
        wechat.bind(account, openid)
    return HttpResponseRedirect(url or reverse("portal:home", args=[person.resident.project.code]))


def open_session(request: Any, account: Account) -> None:
    """A session of a resident's own phone."""
    by = actor_of(account)
    for name in ("portal_code", "portal_next", "portal_shown"):
        request.session.pop(name, None)
    login(request, account, backend=BACKEND)
    if by is not None:
        sessions.begin(request.session, account, by, by.at, is_phone=True)
    request.session.set_expiry(LIVES_SECONDS)


@require_POST
def leave(request: Any) -> HttpResponse:
    """Signed out; the browser forgets what it kept."""
    logout(request)
    response = HttpResponseRedirect(reverse("portal:sign-in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _next(request: HttpRequest) -> str:
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()) else ""


def _page(request: Any, name: str, shown: dict[str, Any], status: int) -> HttpResponse:
    context = {"title": _("Sign in as a resident"), "next": _next(request), **shown}
    response = render(request, f"portal/{name}.html", context, status=status)
    if status == 429:
        response.headers["Retry-After"] = "900"
    return response
