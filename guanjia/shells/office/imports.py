"""Moving in by file: what was sent, what is in it, what is wrong with it, how far it is, and how it is taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjia.kernel import operations as kernel
from guanjia.kernel.outcomes import Refused
from guanjia.parts.imports import keeping, kinds, operations, queries, report
from guanjia.parts.imports.mapping import SheetMap
from guanjia.parts.imports.models import Import, State
from guanjia.web import words
from guanjia.web.doors import SECOND, go, perform, refused_form, say

from .frame import office_page, story

TONES = {State.DONE: "ok", State.READ: "info", State.REFUSED: "danger", State.WRITING: "brand", State.READING: "brand"}
OWN = {"upload", "remap", "commit"}


@office_page("imports")
@require_http_methods(["GET", "POST"])
def home(request: Any) -> HttpResponse:
    """Send a file, get the template, see what was sent before."""
    project, by = request.project, request.actor
    sendable = kinds.of(project, by)
    form: Any = operations.upload.new_form(project, by)
    status = 200
    if request.method == "POST":
        try:
            one = perform(request, operations.upload, project)
        except Refused as outcome:
            form, status = refused_form(request, operations.upload, project, outcome), outcome.status
        else:
            return go(request, _page(one))
    context = {
        "tabs": request.tabs,
        "form": form,
        "may_send": bool(sendable) and by.may(operations.upload.name, project.pk),
        "is_weak": not by.is_strong and len(kinds.of(project, replace(by, is_strong=True))) > len(sendable),
        "second_url": f"{SECOND}?{urlencode({'next': request.path})}",
        "templates": [
            {"label": kind.label, "url": reverse("office:import_template", args=[project.code, kind.id])}
            for kind in sendable
            if kind.template
        ],
        "rows": [_row(one, by) for one in queries.imports(project, by)[:30]],
    }
    return render(request, "office/imports.html", context, status=status)


def _page(one: Import) -> str:
    return reverse("office:import", args=[one.project.code, one.pk])


def _row(one: Import, by: Any) -> dict[str, Any]:
    made = sum(one.counts.get("made", {}).values())
    sub = _("%(n)d rows") % {"n": one.counts["rows"]} if one.counts.get("rows") else ""
    if made and one.state == State.DONE:
        sub = _("%(n)d new on record") % {"n": made}
    return {
        "one": one,
        "url": _page(one),
        "sub": "　".join(part for part in (one.uploaded_by.name, words.when(one.uploaded_at, by.at), sub) if part),
        "tone": TONES.get(State(one.state), "neutral"),
    }


def _found(request: Any, pk: int) -> Import:
    rows = Import.visible_to(request.actor).filter(project=request.project, pk=pk)
    one = rows.select_related("project", "uploaded_by", "committed_by").first()
    if one is None:
        raise Http404
    return one


@office_page("imports")
@require_GET
def page(request: Any, pk: int) -> HttpResponse:
    """One file: reading, what was found, writing, done."""
    return _shown(request, _found(request, pk))


def _shown(request: Any, one: Import, *, refusal: str = "", status: int = 200) -> HttpResponse:
    by = request.actor
    context = {
        "tabs": request.tabs,
        "one": one,
        "title": one.name,
        "back_url": reverse("office:imports", args=[request.project.code]),
        "tone": TONES.get(State(one.state), "neutral"),
        "kind": kinds.registry[one.kind].label if one.kind in kinds.registry else one.kind,
        "refusal": refusal,
        "over": _over(one),
        "verbs": _verbs(one, by),
        "moments": story(one, by),
        **_progress(one, request.actor.at),
        **(_preview(one, by) if one.state in (State.READ, State.DONE) else {}),
        "maps": _maps(one) if one.state in (State.READ, State.REFUSED) else [],
    }
    return render(request, "office/import.html", context, status=status)


def _over(one: Import) -> dict[str, str] | None:
    """What is said of a file of which nothing is on record and nothing can be done any more."""
    if one.state == State.REVERSED:
        told = _("Everything that this import made is gone again. The story stays.")
        return {"icon": "arrow-back-up", "title": _("Taken back"), "text": told}
    if one.state == State.CANCELLED:
        return {"icon": "x", "title": _("Given up"), "text": _("Nothing of it was written; the file is cleared away.")}
    if one.state == State.REFUSED and not one.mapping:
        told = _("Mend the file as the sentence says, and send it again.")
        return {"icon": "file-import", "title": _("Nothing was written"), "text": told}
    return None


def _verbs(one: Import, by: Any) -> list[dict[str, Any]]:
    """What may be done with it beside the main step of the page."""
    found = []
    for offer in kernel.offers(one, by):
        operation = offer.operation
        if operation.verb in OWN or operation.verb == "show_once":
            continue
        found.append(
            {
                "label": operation.label,
                "url": reverse("acts:do", args=[one.project.code, "import", one.pk, operation.verb]),
                "danger": operation.danger,
                "locked": " ".join(str(n.sentence) for n in offer.missing),
            }
        )
    return found


def _progress(one: Import, at: datetime) -> dict[str, Any]:
    """Step, share, rate and time left, as last told by the background."""
    if not one.is_waiting:
        return {"is_waiting": False}
    told = queries.progress_of(one)
    if told is None or told.at < one.moved_at or not told.done:
        return {"is_waiting": True, "step": told.step if told and told.at >= one.moved_at else "", "share": None}
    seconds = max((told.at - told.began_at).total_seconds(), 1)
    rate = int(told.done / seconds)
    return {
        "is_waiting": True,
        "step": told.step,
        "done": f"{told.done:,}",
        "total": f"{told.total:,}",
        "share": min(100, told.done * 100 // told.total),
        "rate": f"{rate:,}" if rate else "",
        "left": words.duration((told.total - told.done) // rate) if rate else "",
        "is_still": at - told.at > timedelta(seconds=90),
    }


def _preview(one: Import, by: Any) -> dict[str, Any]:
    seen = queries.preview_of(one)
    same = queries.same_file(one) if one.state == State.READ else None
    offer = operations.commit.offer(one, by)
    rows, wrong = one.counts.get("rows", 0), one.counts.get("wrong", 0)
    return {
        "totals": [
            {"label": label, "new": f"{new:,}", "old": f"{old:,}"} for label, new, old in one.counts.get("totals", [])
        ],
        "sheets": seen.get("sheets", []),
        "findings": seen.get("findings", []),
        "frequent": seen.get("frequent", []),
        "hidden": max(0, wrong - sum(1 for f in seen.get("findings", []) if f["is_wrong"])),
        "rows": f"{rows:,}",
        "wrong": f"{wrong:,}" if wrong else "",
        "right": f"{rows - wrong:,}",
        "same": same,
        "report_url": reverse("office:import_report", args=[one.project.code, one.pk]) if one.report else "",
        "commit": offer,
        "missing": " ".join(str(n.sentence) for n in offer.missing) if offer else "",
        "may_once": bool(one.once) and one.committed_by_id == by.id,
    }


def _maps(one: Import) -> list[dict[str, Any]]:
    """What each heading was taken to hold, to be chosen anew."""
    kind = kinds.registry.get(one.kind)
    choices = [{"key": c.key, "label": c.label} for c in kind.columns] if kind else []
    maps = [SheetMap.of(data) for data in one.mapping]
    return [{"name": how.name, "columns": _columns(at, how, choices)} for at, how in enumerate(maps) if how.row]


def _columns(index: int, how: SheetMap, choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"name": f"c_{index}_{at}", "heading": heading, "key": how.columns.get(at, ""), "choices": choices}
        for at, heading in enumerate(how.headings)
        if heading
    ]


@office_page("imports")
@require_GET
def progress(request: Any, pk: int) -> HttpResponse:
    """A light poll: how far it is; the whole page once it is over."""
    one = _found(request, pk)
    if not one.is_waiting:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "office/import_progress.html", {"one": one, **_progress(one, request.actor.at)})


@office_page("imports")
@require_POST
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """The steps that the page itself offers: other columns, import, passwords once."""
    one = _found(request, pk)
    operation = {"remap": operations.remap, "commit": operations.commit, "show_once": operations.show_once}.get(verb)
    if operation is None:
        raise Http404
    more = {}
    if verb == "remap":
        given = {n[2:].replace("_", ":"): v[:30] for n, v in request.POST.items() if n.startswith("c_")}
        request.POST = request.POST.copy()
        for name in [n for n in request.POST if n.startswith("c_")]:
            del request.POST[name]
        more = {"columns": json.dumps(given)}
    try:
        done = perform(request, operation, one, **more)
    except Refused as outcome:
        return _shown(request, _found(request, pk), refusal=outcome.sentence, status=outcome.status)
    if verb == "show_once":
        context = {"tabs": request.tabs, "one": one, "back_url": _page(one), "rows": getattr(done, "shown_once", [])}
        return render(request, "office/import_once.html", context)
    if verb == "commit":
        say(request, _("The import runs in the background. You may leave this page."))
    return go(request, _page(one))


@office_page("imports")
@require_GET
def wrong_rows(request: Any, pk: int) -> HttpResponse:
    """The wrong rows as a workbook, to be corrected and sent again."""
    one = _found(request, pk)
    if not one.report:
        raise Http404
    try:
        content = keeping.content_of(one.report)
    except (OSError, ValueError):
        raise Http404 from None
    return _attached(content, f"wrong-rows-{one.pk}.xlsx")


@office_page("imports")
@require_GET
def template(request: Any, kind: str) -> HttpResponse:
    """The empty template of a kind."""
    found = next((k for k in kinds.of(request.project, request.actor) if k.id == kind and k.template), None)
    if found is None:
        raise Http404
    return _attached(report.template_book(found), f"guanjia-{found.id}.xlsx")


def _attached(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=report.MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
