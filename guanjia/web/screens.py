"""Screens of the look. None of them knows a line of work or reads the database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from guanjia.people.operations import set_language as keep_language
from guanjia.places.models import Project

from . import context, samples
from .styles import sheet
from .templatetags.look import asset

YEAR = 365 * 86400
WORKER = Path(__file__).parent / "static" / "web" / "js" / "worker.js"


@require_GET
def style_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The joined sheet, already compressed; its name changes with its text, so it may be kept for a year."""
    joined = sheet()
    if digest != joined.digest:
        raise Http404
    body, coding = joined.plain, ""
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    if "br" in accepted:
        body, coding = joined.brotlied, "br"
    elif "gzip" in accepted:
        body, coding = joined.gzipped, "gzip"
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The phones' service worker; at the root, because a worker reaches only below its own address."""
    alone = reverse("web:offline")
    files = [alone, reverse("web:sheet", args=[sheet().digest]), *map(asset, ("web/icons.svg", "web/js/phone.js"))]
    text = WORKER.read_text("utf-8").replace('"__FILES__"', ", ".join(f'"{name}"' for name in files))
    text = text.replace("__VERSION__", sheet().digest).replace("__OFFLINE__", alone)
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone without network shows in the place of a page that it does not keep; nothing personal."""
    return render(request, "web/offline.html")


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """A fresh token for what waited on the phone, and whose it is, so that nobody else's account sends it."""
    user = getattr(request, "user", None)
    who = str(user.pk) if user is not None and user.is_authenticated else ""
    return JsonResponse({"token": get_token(request) if who else "", "who": who})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of this browser, and of the account of who is signed in."""
    by = getattr(request, "actor", None)
    wanted = request.POST.get("language", "")
    if by is not None and by.project_ids and wanted in dict(settings.LANGUAGES):
        project = Project.visible_to(by).first()
        keep_language(project, by=by, language=wanted)
    return set_language(request)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    return _keep(request, "theme", context.THEMES, context.THEME_COOKIE)


@require_POST
def density(request: HttpRequest) -> HttpResponse:
    return _keep(request, "density", context.DENSITIES, context.DENSITY_COOKIE)


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    return _keep(request, "keys", context.KEYS, context.KEYS_COOKIE)


def _keep(request: HttpRequest, name: str, among: tuple[str, ...], cookie: str) -> HttpResponse:
    """Remember one wish in this browser and go back; a wish that is not on the list changes nothing."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if (value := request.POST.get(name, "")) in among:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    return response


@require_GET
def patterns(request: HttpRequest) -> HttpResponse:
    """Every part in every state, light and dark beside each other."""
    sides = [{"theme": "light", **samples.parts("l")}, {"theme": "dark", **samples.parts("d")}]
    return render(request, "web/patterns.html", {"sides": sides, **samples.frame()})


@require_GET
def patterns_phone(request: HttpRequest) -> HttpResponse:
    return render(request, "web/patterns_phone.html", samples.phone())
