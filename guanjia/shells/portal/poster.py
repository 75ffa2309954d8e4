"""The notice for the lobby: scan, sign in with the number on record, report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guanjia.parts.papers.posters import poster
from guanjia.web.doors import staff_page
from guanjia.web.export import pdf


@staff_page
@require_GET
def page(request: Any) -> HttpResponse:
    """A4, for any colleague of the project to print; it holds the address and the hotline, nothing of a person."""
    project = request.project
    address = request.build_absolute_uri(reverse("portal:sign-in"))
    with translation.override("zh-hans"):
        lines = (_("Scan with WeChat or the camera"), _("Sign in with the number on record; no password"))
        hotline = _("Service centre, day and night: %(n)s") % {"n": project.hotline} if project.hotline else ""
        made = poster(
            _("Report, follow, confirm"), heading=project.name, lines=lines, address=address, hotline=hotline,
            at=request.actor.at,
        )  # fmt: skip
    return pdf(f"portal-{project.code}", made)
