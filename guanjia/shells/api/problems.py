"""What went wrong, said as `application/problem+json` in the caller's language; never a page, never a trace."""

from __future__ import annotations

import logging
import uuid
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import outages, subjects
from guanjia.kernel.outcomes import Forbidden, Outcome, Refused, RefusedRows, Stored

log = logging.getLogger("guanjia.api")

TITLES = {
    400: _("The request cannot be read"),
    401: _("Sign in first"),
    403: _("Not for your post"),
    404: _("Not found"),
    405: _("Not done this way"),
    409: _("It has moved on"),
    413: _("Too large"),
    415: _("Send JSON or a multipart form"),
    422: _("Refused"),
    429: _("Too many attempts"),
    500: _("Something went wrong here"),
    503: _("Not available for a moment"),
}


class Problem(Exception):
    """An answer other than success that a view gives itself."""

    def __init__(self, status: int, detail: Any = "", *, headers: dict[str, str] | None = None, **more: Any) -> None:
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.more = more
        super().__init__(status)


def answer(content: Any, status: int = 200, **headers: str) -> HttpResponse:
    """JSON that no cache keeps."""
    response = HttpResponse(orjson.dumps(content, default=str), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name] = value
    return response


def told(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem that an exception is for the caller."""
    if isinstance(error, Problem):
        return _problem(request, error.status, error.detail, error.headers, **error.more)
    if isinstance(error, Refused):
        lines = {field or "": [str(line) for line in lines] for field, lines in error.errors.items()}
        more: dict[str, Any] = {"errors": lines}
        if error.clause:
            more["clause"] = error.clause
        if isinstance(error, RefusedRows):
            more["rows"] = {
                str(n): {f: list(map(str, said)) for f, said in row.items()} for n, row in error.rows.items()
            }
        return _problem(request, error.status, error.sentence, **more)
    if isinstance(error, Forbidden):
        return _problem(request, 403, error.sentence, right=error.right)
    if isinstance(error, Stored):  # no problem: it waits for approval, as this thing
        waits = {"label": subjects.label_of(error.thing), "id": str(error.thing.pk)}
        return answer({"waits": waits, "detail": error.sentence}, 202)
    if isinstance(error, Outcome):
        return _problem(request, error.status)
    if isinstance(error, RequestDataTooBig):
        return _problem(request, 413, _("The text of a request may have 4 MB."))
    if isinstance(error, MultiPartParserError | SuspiciousOperation | UnreadablePostError):
        return _problem(request, 400)
    log.exception("unanswered failure", extra={"request_id": str(_id(request))})
    if outages.is_outage(error):
        later = {"Retry-After": str(outages.RETRY_SECONDS)}
        return _problem(request, 503, _("Nothing was done. Send the same request again in a minute."), later)
    return _problem(request, 500)


def _problem(
    request: HttpRequest, status: int, detail: Any = "", headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    told = {"type": "about:blank", "title": str(TITLES[status]), "status": status, "detail": str(detail)}
    told |= {"request_id": str(_id(request)), **more}
    response = answer(told, status)
    response["Content-Type"] = "application/problem+json"
    response["Content-Language"] = translation.get_language() or ""
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _id(request: HttpRequest) -> uuid.UUID:
    """The request's own number, given by the door of the house."""
    return getattr(request, "id", None) or uuid.uuid4()
