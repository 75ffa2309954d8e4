"""Papers from the printer: any sheet of any thing, and every official form of the Book, empty, for the pen."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guanjia import book
from guanjia.kernel import subjects
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.web import sheets
from guanjia.web.doors import asked_for, perform, refused_form, staff_page
from guanjia.web.export import pdf

from . import queries
from .press import Press
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


@staff_page
@require_http_methods(["GET", "POST"])
def sheet(request: Any, label: str, pk: int, room: str, verb: str) -> HttpResponse:
    """A paper of a thing: the printing is put on record, then the sheet handed out. What it asks for is asked first."""
    one = sheets.declared.get(f"{room}.{verb}")
    if one is None or subjects.label_of(one.operation.model) != label:
        raise Http404
    thing = subjects.get(label, pk, request.actor)
    if thing.project_id != request.project.pk:
        raise Http404
    if one.asks:
        return _asked(request, one, thing)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    perform(request, one.operation, thing)
    return _handed_out(request, one, thing)


def _asked(request: Any, one: sheets.Paper, thing: Any) -> HttpResponse:
    """The form with what is proposed; sent, the sheet of what it asked for. Raises Forbidden."""
    project, by, verb = request.project, request.actor, one.operation
    if not by.may(verb.name, project.pk):
        raise Forbidden(verb.name)
    proposed = dict(one.proposed(project, by)) if one.proposed else {}
    form: Any = verb.new_form(thing, by, initial=proposed | asked_for(request, verb))
    status = 200
    if request.method == "POST":
        try:
            perform(request, verb, thing)
        except Refused as outcome:
            form, status = refused_form(request, verb, thing, outcome), outcome.status
        else:
            form = verb.new_form(thing, by, request.POST)
            form.is_valid()
            return _handed_out(request, one, thing, **form.cleaned_data)
    back = reverse(one.back, args=[project.code]) if one.back else subjects.address_of(thing)
    context = {"operation": verb, "label": verb.label, "form": form, "back_url": back}
    return render(request, "papers/print.html", context, status=status)


def _handed_out(request: Any, one: sheets.Paper, thing: Any, **asked: Any) -> HttpResponse:
    press = Press(request.actor, request.build_absolute_uri("/").rstrip("/"))
    done = sheets.made(one.operation, thing, press, **asked)
    return done if isinstance(done, HttpResponse) else pdf(sheets.name_of(one.operation, thing), done)
