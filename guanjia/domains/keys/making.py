"""Pages of acts that make something new of a thing: a cabinet, a copy, an issue to an owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden
from guanjia.places.models import House
from guanjia.web.doors import Request, answer, staff_page

from . import operations, queries, showing
from .models import Cabinet, Issue, Key


def _making(
    request: Any, operation: Operation, subject: Any, *, back: str, success: Callable[[Any], str]
) -> HttpResponse:
    """The form of a creating operation, and what it says."""
    by = request.actor
    if not by.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    context: dict[str, Any] = {
        "operation": operation, "label": operation.label, "thing": subject, "back_url": back,
        "note": (offer.note if (offer := operation.offer(subject, by)) else ""),
    }  # fmt: skip
    if request.method == "POST":
        return answer(request, operation, subject, success_url=success, template="web/act.html", context=context)
    return render(request, "web/act.html", {**context, "form": operation.new_form(subject, by)})


@staff_page
@require_http_methods(["GET", "POST"])
def new_cabinet(request: Request) -> HttpResponse:
    project = request.project
    home = reverse("keys:home", args=[project.code])

    def there(cabinet: Cabinet) -> str:
        return f"{home}?cabinet={cabinet.pk}"

    return _making(request, operations.add_cabinet, project, back=home, success=there)


@staff_page
@require_http_methods(["GET", "POST"])
def copy(request: Request, pk: int) -> HttpResponse:
    key = queries.keys(request.project, request.actor).filter(pk=pk).first()
    if key is None:
        raise Http404

    def there(made: Key) -> str:
        return showing.page_of(made)

    return _making(request, operations.duplicate, key, back=showing.page_of(key), success=there)


@staff_page
@require_http_methods(["GET", "POST"])
def issue(request: Request, pk: int) -> HttpResponse:
    """The owner of a house takes their keys."""
    by, project = request.actor, request.project
    rows = House.visible_to(by).filter(project=project, pk=pk)
    house = rows.select_related("project", "building", "unit").first()
    if house is None:
        raise Http404

    def there(made: Issue) -> str:
        return reverse("keys:issue", args=[project.code, made.pk])

    return _making(request, operations.issue, house, back=reverse("keys:list", args=[project.code]), success=there)
