"""The list of our own defaults that nobody has decided about yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.web.doors import Request, answer, staff_page

from . import operations, queries, telling, trace
from .shown import change_url, row


@staff_page
@require_http_methods(["GET", "POST"])
def decide(request: Request) -> HttpResponse:
    """Our defaults that nobody has decided about: keep one with a reason, or change it."""
    by, project = request.actor, request.project
    keep = operations.keep_default
    may = by.may(keep.name, project.pk)
    waiting = queries.undecided(project)
    on = queries.today_at(project, by.at)
    rules = queries.rules_in_force(waiting, project, on)
    executed = trace.executed()
    asked = request.POST.get("clause") or request.GET.get("clause", "")
    chosen = asked if asked in waiting else next(iter(waiting), "")
    context: dict[str, Any] = {
        "rows": [
            row(project, book.clause(one), rules[one], executed)
            | {"note": telling.note(book.clause(one)), "keep_url": f"?clause={one}#keep"}
            for one in waiting
        ],
        "chosen": book.clause(chosen) if chosen else None,
        "chosen_title": telling.title(book.clause(chosen)) if chosen else "",
        "chosen_rule": said(rules[chosen].words) if chosen else "",
        "chosen_note": telling.note(book.clause(chosen)) if chosen else "",
        "chosen_value": telling.value(rules[chosen]) if chosen else "",
        "change_url": change_url(by, project, book.clause(chosen)) if chosen else "",
        "form": keep.new_form(project, by, initial={"clause": chosen}) if may and chosen else None,
        "home_url": reverse("standards:home", args=[project.code]),
    }
    if request.method == "POST":
        return answer(
            request, keep, project, success_url=reverse("standards:decide", args=[project.code]),
            template="standards/decide.html", context=context, said=_("Decided: our default holds."),
        )  # fmt: skip
    return render(request, "standards/decide.html", context)
