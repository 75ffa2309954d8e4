"""The two doors of the API: with a living token, or open to anyone. Every failure is answered as a problem."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from guanjia.web.doors import Request

from . import problems, tokens
from .problems import Problem

View = Callable[..., HttpResponse]


def token_door(*methods: str) -> Callable[[View], View]:
    """Decorator: only with a bearer token, and only these methods. Sets `request.actor`, read fresh."""

    def bind(view: View) -> View:
        @functools.wraps(view)
        def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            def inside() -> HttpResponse:
                tokens.actor(request)
                return view(request, *args, **kwargs)

            return _answered(request, methods, inside)

        return csrf_exempt(enter)  # no cookie counts here, so no other site can act for somebody

    return bind


def open_door(*methods: str) -> Callable[[View], View]:
    """Decorator: anyone may come, with these methods."""

    def bind(view: View) -> View:
        @functools.wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _answered(request, methods, lambda: view(request, *args, **kwargs))

        return csrf_exempt(enter)

    return bind


def _answered(request: HttpRequest, methods: tuple[str, ...], inside: Callable[[], HttpResponse]) -> HttpResponse:
    _speak(request)
    try:
        if request.method not in methods:
            raise Problem(405, headers={"Allow": ", ".join(methods)})
        return inside()
    except Exception as error:
        return problems.told(request, error)


def _speak(request: HttpRequest) -> None:
    """The language asked for; cookies are a browser's and do not count here."""
    wanted = request.headers.get("Accept-Language", "")[:200]
    for code, _quality in parse_accept_lang_header(wanted):
        try:
            translation.activate(translation.get_supported_language_variant(code))
            return
        except LookupError:
            continue
