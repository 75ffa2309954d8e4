"""The door through which files are served."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from guanjia.kernel.outcomes import Unknown
from guanjia.places.models import Project

from . import queries


def show(request: HttpRequest, project: str, file_id: int) -> FileResponse:
    """A file of a thing this actor may see; pictures inline, everything else as an attachment."""
    actor = getattr(request, "actor", None)
    scope = Project.visible_to(actor).filter(code=project).first() if actor else None
    if scope is None:
        raise Http404
    try:
        found = queries.file_for(scope, file_id, request.actor)  # type: ignore[attr-defined]
    except Unknown as error:
        raise Http404 from error
    response = FileResponse(default_storage.open(found.name), content_type=found.mime)
    kind = "inline" if found.mime in ("image/jpeg", "image/png") else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{found.pk}.{found.name.rsplit(".", 1)[-1]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
