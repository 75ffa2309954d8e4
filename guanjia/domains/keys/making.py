"""Pages of acts that make something new of a thing: a cabinet, a copy, an issue to an owner."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guanjia.places.models import House
from guanjia.web.doors import Request, making, staff_page

from . import operations, queries, showing


@staff_page
@require_http_methods(["GET", "POST"])
def new_cabinet(request: Request) -> HttpResponse:
    project = request.project
    home = reverse("keys:home", args=[project.code])
    return making(request, operations.add_cabinet, project, back=home, to=lambda made: f"{home}?cabinet={made.pk}")


@staff_page
@require_http_methods(["GET", "POST"])
def copy(request: Request, pk: int) -> HttpResponse:
    """What is signed for a copy stands beside the form."""
    key = queries.keys(request.project, request.actor).filter(pk=pk).first()
    if key is None:
        raise Http404
    offer = operations.duplicate.offer(key, request.actor)
    return making(
        request, operations.duplicate, key, back=showing.page_of(key), to=showing.page_of,
        note=offer.note if offer else "",
    )  # fmt: skip


@staff_page
@require_http_methods(["GET", "POST"])
def issue(request: Request, pk: int) -> HttpResponse:
    """The owner of a house takes their keys."""
    project = request.project
    rows = House.visible_to(request.actor).filter(project=project, pk=pk)
    house = rows.select_related("project", "building", "unit").first()
    if house is None:
        raise Http404
    return making(
        request, operations.issue, house, back=reverse("keys:list", args=[project.code]),
        to=lambda made: reverse("keys:issue", args=[project.code, made.pk]),
    )  # fmt: skip
