"""What the centre tells everybody who lives here: what holds now, and one of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guanjia.domains.notices import queries

from .doors import framed, portal_page, tabs

SHOWN = 30


@portal_page
@require_GET
def listing(request: Any) -> HttpResponse:
    """Newest first."""
    project, by = request.project, request.actor
    context = {
        "title": pgettext("portal", "Notices"), "back_url": reverse("portal:home", args=[project.code]),
        "tabs": tabs(request, "home"), "bulletins": list(queries.standing(project, by)[:SHOWN]),
    }  # fmt: skip
    return framed(request, "portal/bulletins.html", context)


@portal_page
@require_GET
def page(request: Any, pk: int) -> HttpResponse:
    """One notice; what was taken down is not there any more."""
    project, by = request.project, request.actor
    found = queries.standing(project, by).filter(pk=pk).first()
    if found is None:
        raise Http404(_("This notice was taken down."))
    context = {
        "title": found.get_kind_display(),
        "back_url": reverse("portal:bulletins", args=[project.code]),
        "one": found,
    }
    return framed(request, "portal/bulletin.html", context)
