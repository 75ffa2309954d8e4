"""The door of scanned pages: only to who reads it now, marked with whose eyes it was for, kept nowhere."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from guanjia.parts.files import queries as files
from guanjia.people.models import Employee
from guanjia.web.doors import staff_page

from . import queries


@staff_page
@require_safe
def show(request: Any, pk: int) -> HttpResponse:
    """One page, with the reader's job number and the minute written across it."""
    project, by = request.project, request.actor
    scan = queries.scan_for(project, pk, by)
    stored = files.files_of(scan).first() if scan is not None else None
    if stored is None:
        raise Http404
    reader = Employee.objects.filter(pk=by.id).values_list("number", flat=True).first() or "-"
    with default_storage.open(stored.name) as content:
        picture = marked(content.read(), f"{reader}  {by.at.astimezone(ZoneInfo(project.zone)):%Y-%m-%d %H:%M}")
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def marked(content: bytes, words: str) -> bytes:
    """The picture with the words across it, so that a photograph of the screen says whose it was."""
    with Image.open(io.BytesIO(content)) as raw:
        page = raw.convert("RGBA")
    veil = Image.new("RGBA", page.size, (255, 255, 255, 0))
    draw, size = ImageDraw.Draw(veil), max(16, page.width // 32)
    font = ImageFont.load_default(size)
    for row, top in enumerate(range(0, page.height, size * 8)):
        for left in range(-(row % 2) * size * 8, page.width, size * 16):
            draw.text((left, top), words, font=font, fill=(120, 120, 120, 120))
    out = io.BytesIO()
    Image.alpha_composite(page, veil).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def until(at: datetime, project: Any) -> str:
    """When the reading ends, as the page says it."""
    return f"{at.astimezone(ZoneInfo(project.zone)):%H:%M}"
