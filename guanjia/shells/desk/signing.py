"""The front door: log in, the second step, log out; where each post lands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjia.people import posts, second, sessions
from guanjia.people.login import AccountBackend, actor_of, clear_attempts, find_account, take_attempt
from guanjia.people.models import Account
from guanjia.web.doors import Request, projects_of, say, signed_in

from . import demo

BACKEND = "guanjia.people.login.AccountBackend"
PHONES = ("Mobile", "Android", "iPhone", "MicroMessenger")
# Between the password and the code.
HALF_SECONDS = 600
WAIT = gettext_lazy("Too many tries. Wait a quarter of an hour, or ask your administrator for a new password.")


class LoginForm(forms.Form):
    """Who is there. Nothing here says whether an account exists."""

    username = forms.CharField(
        label=gettext_lazy("Phone or job number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the app"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


@never_cache
@ensure_csrf_cookie
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: Request) -> HttpResponse:
    """By job number or phone. Ten wrong tries in a quarter of an hour, and the door waits."""
    if request.method == "GET":
        if request.actor is not None and not request.GET.get("again"):
            return HttpResponseRedirect(next_of(request))
        return _login_page(request, LoginForm(), 200)
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _login_page(request, form, 422)
    account, status, sentence = _checked(form.cleaned_data["username"], form.cleaned_data["password"])
    if account is None:
        form.add_error("password" if status == 422 else None, sentence)
        return _login_page(request, form, status)
    if second.has(account.pk):
        return half_way(request, account)
    return enter(request, account)


def _checked(username: str, password: str) -> tuple[Account | None, int, Any]:
    """The account behind a right password; or a status and a sentence. Phone and job number share one throttle."""
    known = find_account(username)
    name = known.username if known else username
    if not take_attempt(name, _now()):
        return None, 429, WAIT
    account = AccountBackend().authenticate(None, username=username, password=password)
    if account is None:
        return None, 422, _("Name and password do not belong together. Check both, or ask your administrator.")
    clear_attempts(name)
    if actor_of(account) is None:
        return None, 422, _("This account has no post and no home now. Ask your administrator.")
    return account, 200, ""


def half_way(request: Any, account: Account) -> HttpResponse:
    """The password was right; the code is still asked for."""
    request.session["half"] = {
        "account": account.pk, "generation": account.generation,
        "at": int(_now().timestamp()), "next": asked(request),
    }  # fmt: skip
    return HttpResponseRedirect(reverse("desk:code"))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: Any) -> HttpResponse:
    """The second step: six digits of the app, or a recovery code. Its tries are counted apart from the password's."""
    account = _half(request)
    if account is None:
        return HttpResponseRedirect(reverse("desk:login"))
    form = CodeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "desk/code.html", {"form": form}, status=422 if request.method == "POST" else 200)
    name, now = second.throttle_of(account.username), _now()
    if not take_attempt(name, now):
        form.add_error(None, WAIT)
        response = render(request, "desk/code.html", {"form": form}, status=429)
        response.headers["Retry-After"] = "900"
        return response
    how = second.use(account.pk, form.cleaned_data["code"], now)
    if not how:
        form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
        return render(request, "desk/code.html", {"form": form}, status=422)
    clear_attempts(name)
    url = request.session.pop("half")["next"]
    response = enter(request, account, strong=True, url=url)
    if how == "recovery":
        left = second.left(account.pk)
        say(request, _("%(n)d recovery codes are left.") % {"n": left}, tone="warn", url=reverse("desk:second"))
    return response


def _half(request: Any) -> Account | None:
    """Who gave the right password in this browser a moment ago."""
    half = request.session.get("half")
    if not half or int(_now().timestamp()) - half["at"] > HALF_SECONDS:
        return None
    return Account.objects.filter(pk=half["account"], generation=half["generation"], is_active=True).first()


def enter(request: Any, account: Account, *, strong: bool = False, url: str = "", opened: int = 0) -> HttpResponse:
    """Open the session. Who must have a second factor and has none is led to it by the door, before anything else."""
    url = url or next_of(request)
    by = actor_of(account)
    login(request, account, backend=BACKEND)
    if by is None:
        return HttpResponseRedirect(reverse("desk:login"))
    sessions.begin(request.session, account, by, _now(), is_phone=is_phone(request), opened=opened)
    request.session["second"] = strong
    request.session["owes_second"] = not strong and second.is_demanded(by)
    return HttpResponseRedirect(url)


def _now() -> datetime:
    """The moment of this request: nobody is there yet who would bring it."""
    return timezone.now()


def is_phone(request: Request) -> bool:
    """By what the browser says of itself, or by the width of its page (`narrow`, set by the login page's script)."""
    said = request.headers.get("Sec-CH-UA-Mobile", "") == "?1" or request.POST.get("narrow") == "1"
    return said or any(word in request.headers.get("User-Agent", "") for word in PHONES)


@never_cache
@require_POST
def log_in_as(request: Request) -> HttpResponse:
    """In the demo community only: take a role without a password."""
    account = demo.account_of(request.POST.get("username", "")[:60]) if settings.DEMO else None
    if account is None:
        return render(request, "404.html", status=404)
    return enter(request, account)


def _login_page(request: Request, form: forms.Form, status: int) -> HttpResponse:
    shown = {
        "form": form, "next": asked(request), "company": demo.company_name(), "community": None,
        "is_waived": not settings.SECOND_FACTOR,
    }  # fmt: skip
    if settings.DEMO:
        shown["community"] = demo.community()
    response = render(request, "desk/login.html", shown, status=status)
    if status == 429:
        response.headers["Retry-After"] = "900"
    return response


@require_POST
def log_out(request: Request) -> HttpResponse:
    logout(request)
    response = HttpResponseRedirect(reverse("desk:login"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@signed_in
@require_GET
def home(request: Any) -> HttpResponse:
    """Where each post lands: Today; who works on a phone, the phone's own pages; a resident, the portal."""
    by = request.actor
    if by.is_resident and (url := _first(["portal:home"], projects_of(request)[0].code)):
        return HttpResponseRedirect(url)
    mine = [p for p in projects_of(request) if p.pk in by.posts and not p.is_office]
    mine = mine or [p for p in projects_of(request) if p.pk in by.posts]
    if mine:
        held = by.posts[mine[0].pk]
        afield = request.session.get("place") == "phone" and held & posts.AFIELD
        return HttpResponseRedirect(_first(["field:home", "desk:today"] if afield else ["desk:today"], mine[0].code))
    return render(request, "desk/resident_home.html", {"who": by.name})


def _first(names: list[str], code: str) -> str:
    for name in names:
        try:
            return reverse(name, args=[code])
        except NoReverseMatch:
            continue
    return ""


def asked(request: Request) -> str:
    """Where to go afterwards, if it is ours."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()) else ""


def next_of(request: Request) -> str:
    return asked(request) or reverse("desk:home")
