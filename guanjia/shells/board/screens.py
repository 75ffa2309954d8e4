"""The wall and its pairing, and the board of a leader."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from guanjia.kernel.actors import Actor, system
from guanjia.kernel.outcomes import Refused
from guanjia.parts.compliance import queries as compliance
from guanjia.places.models import Project
from guanjia.web.doors import address_of

from . import pairing, queries, shown
from .doors import board_page, display_page, keep, known


@never_cache
@ensure_csrf_cookie
@require_GET
def wall(request: Any) -> HttpResponse:
    """What a screen on the wall opens: its board, or how to pair it."""
    if not known(request):
        is_taken_off = pairing.was_paired(request.COOKIES.get(pairing.COOKIE, ""))
        return render(request, "board/pairing.html", {"lock": None, "is_taken_off": is_taken_off})
    context = {"lock": None, **_wall(request.project, request.reader)}
    return keep(render(request, "board/wall.html", context), request.COOKIES[pairing.COOKIE])


@never_cache
@require_POST
def code(request: Any) -> HttpResponse:
    """Six digits for the office; the token behind them stays in this browser."""
    try:
        digits, token = pairing.ask(address_of(request), system().at)
    except Refused as refusal:
        return render(request, "board/code.html", {"refusal": refusal.sentence})
    return keep(render(request, "board/code.html", {"digits": f"{digits[:3]} {digits[3:]}"}), token)


@never_cache
@require_GET
def waiting(request: Any) -> HttpResponse:
    """Asked every few seconds: paired, still waiting, or a new code is due."""
    if known(request):
        return HttpResponse(status=204, headers={"HX-Redirect": pairing.PATH})
    if pairing.waits(request.COOKIES.get(pairing.COOKIE, ""), system().at):
        return HttpResponse(status=204)
    return render(request, "board/code.html", {})


@display_page
@require_GET
def figures(request: Any) -> HttpResponse:
    """The wall's poll."""
    if _same(request, request.reader):
        return HttpResponse(status=204)
    return render(request, "board/wall_figures.html", _wall(request.project, request.reader))


@board_page
@require_GET
def page(request: Any) -> HttpResponse:
    """The same board for who answers for the day; every figure opens its rows."""
    return render(request, "board/page.html", _page(request))


@board_page
@require_GET
def page_figures(request: Any) -> HttpResponse:
    """The page's poll."""
    if _same(request, request.actor):
        return HttpResponse(status=204)
    return render(request, "board/page_figures.html", _page(request))


@board_page
@require_GET
def day(request: Any) -> HttpResponse:
    """The row of figures alone, for Today."""
    found = queries.head(request.project, request.actor)
    url = reverse("board:page", args=[request.project.code])
    return render(request, "board/day.html", {"tiles": shown.tiles(found, _links(request)), "url": url})


def _same(request: Any, by: Actor) -> bool:
    """Nothing happened since the figures that the page shows."""
    return bool(request.GET.get("seen", "")[:40] == queries.mark(request.project, by.at))


def _wall(project: Project, by: Actor) -> dict[str, Any]:
    seen = queries.mark(project, by.at)
    links = shown.Links(project, opens=False, reads_sums=False)
    board = shown.board(queries.of(project, by), links, wall=True)
    return {**board, "seen": seen, "name": project.name, "zone": project.zone, "day": shown.day(by.at)}


def _page(request: Any) -> dict[str, Any]:
    project, by = request.project, request.actor
    seen = queries.mark(project, by.at)
    board = shown.board(queries.of(project, by), _links(request), wall=False)
    return {**board, "seen": seen, "zone": project.zone, "day": shown.day(by.at)}


def _links(request: Any) -> shown.Links:
    reads = bool(request.actor.posts.get(request.project.pk, frozenset()) & compliance.READERS)
    return shown.Links(request.project, opens=True, reads_sums=reads)
