"""Pages of entries: what was kept, which form to fill in, one entry and its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guanjia import book
from guanjia.kernel import events, operations, subjects
from guanjia.kernel.languages import said
from guanjia.kernel.outcomes import Forbidden
from guanjia.parts.files import queries as files
from guanjia.parts.papers import queries as papers
from guanjia.places.models import Project
from guanjia.web import sheets, states, words
from guanjia.web.doors import answer, staff_page
from guanjia.web.registers import Column, Filter, Register
from guanjia.web.things import moment_of, offer_of

from . import fields, queries
from .models import Entry, State
from .operations import KEEPING, keep_label
from .slots import slots_of

states.mark({State.KEPT: "hand warn", State.SIGNED: "tick ok ended", State.STRUCK: "cross neutral ended"})


def address(entry: Entry, project: Project | None = None) -> str:
    return reverse("entries:page", args=[(project or entry.project).code, entry.pk])


subjects.locate("entry", address)
register = Register(
    "entries",
    of=Entry,
    title=gettext_lazy("Registers"),
    unit=gettext_lazy("entries"),
    rows=queries.entries,
    columns=(
        Column(gettext_lazy("Form"), lambda e: said(e.form.name, e.form.name_en), "grow"),
        Column(pgettext_lazy("entries", "Number"), "number"), Column(gettext_lazy("House"), "house"),
        Column(gettext_lazy("Kept at"), "kept_at"), Column(gettext_lazy("Kept by"), "kept_by"),
        Column(gettext_lazy("State"), "state"),
    ),
    filters=(
        Filter("form", gettext_lazy("Form"), queries.choices, field="form_id"),
        Filter("state", gettext_lazy("State")),
    ),
    hint=gettext_lazy("Number, house or words"),
    page=address,
    new=lambda project, by: [
        *(
            [{"label": gettext_lazy("Fill in a form"), "url": reverse("entries:choose", args=[project.code])}]
            if queries.kept_by(project, by)
            else []
        ),
        {"label": gettext_lazy("Blank forms"), "url": reverse("papers:blanks", args=[project.code])},
    ],
    empty=gettext_lazy("Every official form can be filled in here, signed, found again and printed."),
)  # fmt: skip


@staff_page
@require_safe
def choose(request: Any) -> HttpResponse:
    """The forms this person keeps, in the order of the Book, with what was kept of each."""
    project, by = request.project, request.actor
    asked = request.GET.get("q", "").strip()[:60]
    mine = {form.id for form in queries.kept_by(project, by)}
    last = queries.last_kept(project, by)
    found = [
        {
            "name": one.name, "purpose": said(one.form.purpose),
            "chapter": said(one.chapter_name, one.chapter),
            "url": reverse("entries:new", args=[project.code, one.form.id]), **last.get(one.form.id, {}),
        }
        for one in papers.blanks(asked)
        if one.form.id in mine
    ]  # fmt: skip
    return render(request, "entries/choose.html", {"forms": found, "q": asked})


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: Any, form_id: str) -> HttpResponse:
    """Fill one form in; from a struck out entry with what stood there."""
    project, by = request.project, request.actor
    operation = KEEPING.get(form_id)
    if operation is None:
        raise Http404
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    form = book.form(form_id)
    context = {
        "label": operation.label, "thing": f"{form.id}　{said(form.purpose)}", "submit": keep_label,
        "back_url": reverse("entries:choose", args=[project.code]),
    }  # fmt: skip
    if request.method == "POST":
        return answer(
            request, operation, project, success_url=lambda made: address(made, project), template="entries/new.html",
            context=context, said=lambda made: _("Kept as %(number)s.") % {"number": made.number},
        )  # fmt: skip
    initial = _as_a_rule(form, project, by)
    old = _struck(request, form_id)
    if old is not None:
        initial |= {fields.name_of(f): v for f in form.fields if (v := _again(f, old)) is not None} | {
            "replaces": old.pk
        }
    else:
        initial |= {name: value[:60] for name, value in request.GET.items() if name in ("house",)}
    return render(request, "entries/new.html", {**context, "form": operation.new_form(project, by, initial=initial)})


def _as_a_rule(form: book.Form, project: Project, by: Any) -> dict[str, Any]:
    """What mostly stands there: now, today, and who fills it in."""
    now = timezone.localtime(by.at, ZoneInfo(project.zone))
    usual = {"datetime": now, "date": now.date(), "time": now.time(), "ref:employee": by.id}
    return {fields.name_of(f): usual[f.type] for f in form.fields if f.is_required and f.type in usual}


def _struck(request: Any, form_id: str) -> Entry | None:
    asked = request.GET.get("replaces", "")[:18]
    if not (asked.isascii() and asked.isdigit()):
        return None
    rows = queries.entries(request.project, request.actor).filter(form_id=form_id, state=State.STRUCK)
    return rows.filter(pk=int(asked)).first()


def _again(field: book.Field, old: Entry) -> Any:
    """What stood there: references are chosen anew, but for the house and the resident."""
    if field.type == fields.HOUSE:
        return old.house_id
    if field.type in fields.RESIDENTS:
        return old.resident_id
    if field.type.startswith("ref:") and field.type in fields.MAKERS:
        return None
    value = fields.unpacked(old.form, old.content).get(field.key)
    return "\n".join(value) if isinstance(value, list) else value


@staff_page
@require_safe
def page(request: Any, pk: int) -> HttpResponse:
    """One entry: its facts, names, pictures and story."""
    project, by = request.project, request.actor
    entry = queries.entries(project, by).prefetch_related("signatures").filter(pk=pk).first()
    if entry is None:
        raise Http404
    form = entry.form
    signed = {one.slot: one for one in entry.signatures.all()}
    replaced = Entry.visible_to(by).filter(project=project, replaces=entry).first()
    again = reverse("entries:new", args=[project.code, form.id]) + f"?replaces={entry.pk}"
    context = {
        "entry": entry,
        "name": said(form.name, form.name_en),
        "list_url": reverse("entries:list", args=[project.code]),
        "offers": [
            offer_of(one, entry, project) for one in operations.offers(entry, by) if not sheets.is_paper(one.operation)
        ],
        "sheets": sheets.offered(entry, by),
        "facts": _facts(entry),
        "signers": [{"label": slot.label, "signed": signed.get(slot.key)} for slot in slots_of(entry)],
        "photos": [
            {"src": (url := reverse("files:show", args=[project.code, f.pk])), "href": url, "alt": form.name}
            for f in files.files_of(entry, "reported")
        ],
        "moments": [moment_of(event, by) for event in events.timeline(entry)],
        "replaced_url": address(replaced, project) if replaced else "",
        "replaces_url": address(entry.replaces, project) if entry.replaces else "",
        "again_url": again if entry.state == State.STRUCK and not replaced and form.id in KEEPING else "",
    }
    return render(request, "entries/page.html", context)


def _facts(entry: Entry) -> list[dict[str, Any]]:
    """The fields of the form in its order; numbers masked, choices in words."""
    read = fields.unpacked(entry.form, entry.content)
    return [{"label": fields.label_of(f), "value": _shown(f, read[f.key])} for f in entry.form.fields if f.key in read]


def _shown(field: book.Field, value: Any) -> Any:
    if field.enum:
        return next((said(zh, en) for key, zh, en in book.enum(field.enum) if key == value), value)
    readers: dict[str, Callable[[Any], Any]] = {
        "phone": words.masked, "money": words.yuan, "datetime": words.stamp,
        "bool": lambda v: _("Yes") if v else _("No"), "list": "、".join,
    }  # fmt: skip
    return readers.get(field.type, str)(value)
