"""The door through which files are served."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.views.decorators.http import require_safe

from guanjia.web.doors import member_page

from . import queries


@member_page
@require_safe
def show(request: Any, pk: int) -> Any:
    """A file of a thing this actor may see; pictures inline, everything else as an attachment."""
    found = queries.file_for(request.project, pk, request.actor)
    response = FileResponse(default_storage.open(found.name), content_type=found.mime)
    kind = "inline" if found.mime in ("image/jpeg", "image/png") else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{found.pk}.{found.name.rsplit(".", 1)[-1]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
