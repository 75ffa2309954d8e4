"""Blank forms: every official form of the Book, empty, for the pen. For a power cut, a stall, a drill."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from guanjia import book
from guanjia.web.doors import staff_page
from guanjia.web.export import pdf

from . import queries
from .printing import blank_register
from .printing import render as printed
from .records import heading

KINDS = {
    "form": gettext_lazy("Form"),
    "register": gettext_lazy("Register"),
    "report": gettext_lazy("Report"),
    "file": pgettext_lazy("papers", "File"),
    "notice": gettext_lazy("Public notice"),
    "agreement": gettext_lazy("Agreement"),
    "sop": gettext_lazy("Work instruction"),
    "checklist": gettext_lazy("Checklist"),
}


@staff_page
@require_GET
def blanks(request: Any) -> HttpResponse:
    """The list, narrowed by words and chapter: names of forms are nobody's data, so they may stand in an address."""
    words, chapter = request.GET.get("q", "")[:60].strip(), request.GET.get("chapter", "")[:10]
    chapters = queries.used_chapters()
    if chapter not in dict(chapters):
        chapter = ""
    found = queries.blanks(words, chapter)
    context = {
        "rows": [
            {"blank": b, "kind": KINDS.get(b.form.kind, b.form.kind), "fields": len(b.form.fields)} for b in found
        ],
        "q": words,
        "chapter": chapter,
        "chapters": [_chapter(request, words, "", _("All chapters"), chapter)]
        + [_chapter(request, words, key, name, chapter) for key, name in chapters],
        "chapter_name": dict(chapters).get(chapter, ""),
        "all": len(book.forms()),
    }
    return render(request, "papers/blanks.html", context)


def _chapter(request: Any, words: str, key: str, name: Any, now: str) -> dict[str, Any]:
    query = urlencode({n: v for n, v in (("q", words), ("chapter", key)) if v})
    url = reverse("papers:blanks", args=[request.project.code])
    return {"label": name, "url": f"{url}?{query}" if query else url, "current": key == now}


@staff_page
@require_GET
def blank(request: Any, form_id: str) -> HttpResponse:
    """One empty form as PDF; a register with lines for the pen."""
    known = {form.id: form for form in book.forms()}
    form = known.get(form_id)
    if form is None:
        raise Http404
    by, over = request.actor, heading(request.project)
    if form.kind == "register":
        made = blank_register(form.id, printed_by=by.name, at=by.at, heading=over, zone=request.project.zone)
    else:
        made = printed(form.id, blank=True, printed_by=by.name, at=by.at, heading=over, zone=request.project.zone)
    return pdf(form.id, made)
