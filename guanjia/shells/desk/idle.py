"""The desk between two calls: what came in today, what is carried on, what is about to break."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING
from guanjia.web import words

from . import intake, queries, shown
from .who import desk_page


@desk_page
@require_GET
def page(request: Any) -> HttpResponse:
    """Today's intake, the night's carry-over, what I took and still own."""
    project, by = request.project, request.actor
    mine = casework.queue(project, by, view="mine", size=8)
    context = {
        "strip": shown.strip(project, by),
        "today": shown.rows(queries.taken_today(project, by, by.at), project, by),
        "carried": shown.rows(casework.carried_over(project, by, by.at)[:8], project, by),
        "mine": shown.rows(mine[:8], project, by),
        "mine_more": len(mine) > 8,
        "day": words.day_words(by.at),
        "kinds": intake.kinds(project, by, "", request.path),
        "is_open": ONGOING,
    }
    return render(request, "desk/idle.html", context)
