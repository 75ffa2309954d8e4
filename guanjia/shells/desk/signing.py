"""The front door: log in, log out, lock, unlock, my account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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

from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people.login import AccountBackend, actor_of, clear_attempts, find_account, take_attempt
from guanjia.people.models import Account
from guanjia.people.operations import change_password, set_pin
from guanjia.web.doors import projects_of, refused_form, say, signed_in

from . import demo

BACKEND = "guanjia.people.login.AccountBackend"
PHONES = ("Mobile", "Android", "iPhone", "MicroMessenger")


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


@never_cache
@ensure_csrf_cookie
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """By job number or phone. Ten wrong tries in a quarter of an hour, and the door waits."""
    if request.method == "GET":
        if request.actor is not None and not request.GET.get("again"):  # type: ignore[attr-defined]
            return HttpResponseRedirect(_next(request))
        return _login_page(request, LoginForm(), 200)
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _login_page(request, form, 422)
    account, status, sentence = _checked(form.cleaned_data["username"], form.cleaned_data["password"])
    if account is None:
        form.add_error("password" if status == 422 else None, sentence)
        return _login_page(request, form, status)
    return _enter(request, account)


def _checked(username: str, password: str) -> tuple[Account | None, int, str]:
    """The account behind a right password; or a status and a sentence. Phone and job number share one throttle."""
    known = find_account(username)
    name = known.username if known else username
    if not take_attempt(name, timezone.now()):
        return None, 429, _("Too many tries. Wait a quarter of an hour, or ask your administrator for a new password.")
    account = AccountBackend().authenticate(None, username=username, password=password)
    if account is None:
        return None, 422, _("Name and password do not belong together. Check both, or ask your administrator.")
    clear_attempts(name)
    if actor_of(account) is None:
        return None, 422, _("This account has no post and no home now. Ask your administrator.")
    return account, 200, ""


def _unlocks(account: Any, given: str) -> tuple[int, str]:
    """By password or by the six digits of the PIN, under the same throttle as the front door."""
    if not take_attempt(account.username, timezone.now()):
        return 429, _("Too many tries. Wait a quarter of an hour, or ask your administrator for a new password.")
    if not (account.check_pin(given) if given.isdigit() and len(given) == 6 else account.check_password(given)):
        return 422, _("This is not your password or PIN.")
    clear_attempts(account.username)
    return 200, ""


def _enter(request: Any, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    request.session["generation"] = account.generation
    by = actor_of(account)
    held = frozenset().union(*by.posts.values()) if by else frozenset()
    is_phone = any(word in request.headers.get("User-Agent", "") for word in PHONES)
    if held & posts.COUNTER and not is_phone:
        request.session["counter"] = True
        request.session["seen"] = int(timezone.now().timestamp())
    return HttpResponseRedirect(_next(request))


@never_cache
@require_POST
def log_in_as(request: HttpRequest) -> HttpResponse:
    """In the demo community only: take a role without a password."""
    account = demo.account_of(request.POST.get("username", "")[:60]) if settings.DEMO else None
    if account is None:
        return render(request, "404.html", status=404)
    return _enter(request, account)


def _login_page(request: HttpRequest, form: forms.Form, status: int) -> HttpResponse:
    shown = {"form": form, "next": _asked(request), "company": demo.company_name(), "community": None}
    if settings.DEMO:
        shown["community"] = demo.community()
    response = render(request, "desk/login.html", shown, status=status)
    if status == 429:
        response.headers["Retry-After"] = "900"
    return response


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = HttpResponseRedirect(reverse("desk:login"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: Any) -> HttpResponse:
    """Lock this screen; the page that was open is kept, and opens again with the password."""
    if request.actor is None:
        return HttpResponseRedirect(reverse("desk:login"))
    if request.method == "POST":
        request.session["locked"] = True
        if request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=204)
        return HttpResponseRedirect(f"{reverse('desk:lock')}?{_query(request)}")
    if not request.session.get("locked"):
        return HttpResponseRedirect(_next(request))
    return render(request, "desk/lock.html", {"next": _asked(request), "who": request.actor.name})


@never_cache
@sensitive_post_parameters("password")
@require_POST
def unlock(request: Any) -> HttpResponse:
    if request.actor is None:
        return HttpResponseRedirect(reverse("desk:login"))
    given = request.POST.get("password", "")[:128]
    status, sentence = _unlocks(request.user, given)
    if status != 200:
        shown = {"next": _asked(request), "who": request.actor.name, "refusal": sentence}
        return render(request, "desk/lock.html", shown, status=status)
    request.session["locked"] = False
    request.session["seen"] = int(timezone.now().timestamp())
    request.session.cycle_key()
    return HttpResponseRedirect(_next(request))


@never_cache
@sensitive_post_parameters("old", "new", "again")
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: Any) -> HttpResponse:
    """Change my password; other sessions of mine end, this one goes on."""
    project, form = projects_of(request)[0], None
    if request.method == "POST":
        try:
            # Without an idempotency key: its digest would be a fast hash of a password.
            change_password.submit(project, by=request.actor, data=request.POST)
        except Refused as outcome:
            form = refused_form(request, change_password, project, outcome)
        else:
            account = Account.objects.filter(pk=request.actor.account_id).first()
            if account is not None:
                update_session_auth_hash(request, account)
                request.session["generation"] = account.generation
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
        try:
            set_pin.submit(project, by=request.actor, data=request.POST)
        except Refused as outcome:
            form = refused_form(request, set_pin, project, outcome)
        else:
            say(request, _("Your PIN is set. It unlocks this screen."))
            return HttpResponseRedirect(reverse("desk:account"))
    shown = {"form": form or set_pin.new_form(project, request.actor)}
    return render(request, "desk/pin.html", shown, status=422 if form else 200)


@never_cache
@signed_in
@require_GET
def account(request: Any) -> HttpResponse:
    """My name, my posts, my language, my password."""
    by = request.actor
    names = {p.pk: p.name for p in projects_of(request)}
    held = [
        {"label": names.get(pid, ""), "value": "  ".join(str(posts.NAMES.get(post, post)) for post in sorted(held))}
        for pid, held in by.posts.items()
    ]
    return render(request, "desk/account.html", {"held": held, "who": by.name, "username": request.user.username})


@never_cache
@signed_in
@require_GET
def home(request: Any) -> HttpResponse:
    """Where each post lands: Today; a technician on a phone, the tasks; a resident, the portal."""
    by = request.actor
    mine = [p for p in projects_of(request) if p.pk in by.posts and not p.is_office]
    mine = mine or [p for p in projects_of(request) if p.pk in by.posts]
    if mine:
        is_phone = any(word in request.headers.get("User-Agent", "") for word in PHONES)
        field = by.posts[mine[0].pk] & {posts.TECHNICIAN, posts.STEWARD, posts.SECURITY_GUARD}
        names = ["field:home", "field:tasks"] if is_phone and field else []
        return HttpResponseRedirect(_first([*names, "desk:today"], mine[0].code))
    if by.homes and (url := _first(["portal:home"], projects_of(request)[0].code)):
        return HttpResponseRedirect(url)
    return render(request, "desk/resident_home.html", {"who": by.name})


def _first(names: list[str], code: str) -> str:
    for name in names:
        try:
            return reverse(name, args=[code])
        except NoReverseMatch:
            continue
    return ""


def _asked(request: HttpRequest) -> str:
    """Where to go afterwards, if it is ours."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()) else ""


def _next(request: HttpRequest) -> str:
    return _asked(request) or reverse("desk:home")


def _query(request: HttpRequest) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": _asked(request)})
