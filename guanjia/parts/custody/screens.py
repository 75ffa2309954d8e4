"""What is in our keeping at a look, the ledger, one handing out, and counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.kernel import operations as kernel
from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.files.showing import photos
from guanjia.places.models import Project
from guanjia.web import states, words
from guanjia.web.doors import Request, making, staff_page
from guanjia.web.registers import Column, Filter, Register, grow, minor, only
from guanjia.web.things import ThingPages, offer_of

from . import kinds, operations, queries
from .models import Count, CountState, Handout, HandoutState

states.mark({
    HandoutState.OUT: "most info", HandoutState.BACK: "tick ok ended", HandoutState.SHORT: "cross danger ended",
    HandoutState.GIVEN: "tick ok ended",
})  # fmt: skip


def _kinds(project: Project) -> list[tuple[str, Any]]:
    return [(k.label, k.title) for k in kinds.registry.values()]


def overdue(rows: list[Handout], project: Project, by: Actor) -> None:
    for one in rows:
        late = one.state == HandoutState.OUT and one.due_at is not None and one.due_at < by.at
        one.__dict__["is_late"] = late


def stood(one: Handout) -> Any:
    """Out and overdue is another word than out."""
    return _("Overdue") if getattr(one, "is_late", False) else one.get_state_display()


pages = ThingPages(
    Handout,
    "custody",
    names=("ledger", "", "handout"),
    title=_("Handed out"),
    facts=(
        "title", "quantity", "returned", "missing", "employee", "resident", "outsider", "purpose", "out_at", "due_at",
        "handed_by", "witness", "approved_by", "condition_out", "overdue_reason", "explained_at", "back_at", "taken_by",
        "condition_back", "remark", "liable", "liability",
    ),
    photos=photos,
)  # fmt: skip
ledger = Register(
    "custody",
    pages=pages,
    unit=_("entries"),
    columns=(
        grow("title"), Column(_("Held by"), "holder", "person"), minor("purpose"), "out_at", "due_at",
        minor("handed_by"), Column(_("State"), stood, "tag"),
    ),
    filters=(
        Filter("kind", pgettext_lazy("custody", "Kind"), _kinds, field="subject_label"), "state",
        only("late", _("Overdue"), Q(state=HandoutState.OUT, due_at__lt=Now())),
    ),
    prepare=overdue,
    empty=_("Nothing was handed out yet: keys, files and things are lent from their own pages."),
)  # fmt: skip


def new_counts(project: Project, by: Any) -> list[dict[str, Any]]:
    """To begin a count, for those who keep something that is counted."""
    may = by.may(operations.start_count.name, project.pk) and queries.countable(by, project.pk)
    url = reverse("custody:new_count", args=[project.code])
    return [{"url": url, "label": operations.start_count.label}] if may else []


def count_address(count: Count, project: Project | None = None) -> str:
    return reverse("custody:count", args=[(project or count.project).code, count.pk])


subjects.locate("stock_count", count_address)
counts = Register(
    "custody-counts",
    of=Count,
    title=_("Counts"),
    unit=_("counts"),
    rows=queries.counts,
    columns=(
        Column(_("What is counted"), str, "grow"), "expected",
        Column(pgettext_lazy("custody", "Found"), lambda count: count.found if count.closed_at else "", "num"),
        "counted_by", minor("receiver"), minor("started_at"), "state",
    ),
    filters=(Filter("kind", pgettext_lazy("custody", "Kind"), _kinds, field="label"), "state"),
    page=count_address,
    new=new_counts,
    empty=_("Start a count: every thing of the ledger is ticked off where it lies."),
)  # fmt: skip


@staff_page
@require_GET
def home(request: Request) -> HttpResponse:
    """Everything that is kept here: a tile for each kind, and what is out, the late ones first."""
    by, project = request.actor, request.project
    at = by.at
    rows = queries.out(project).select_related("project", "employee", "resident")[:40]
    context = {
        "tiles": [_tile(one, project) for one in queries.standing(project, at)],
        "out": [_out(one, project, at) for one in rows],
        "ledger_url": reverse("custody:ledger", args=[project.code]),
        "counts_url": reverse("custody:counts", args=[project.code]),
        "new_counts": new_counts(project, by),
    }
    return render(request, "custody/home.html", context)


def _tile(one: queries.Standing, project: Project) -> dict[str, Any]:
    try:
        url = reverse(one.kind.list_name, args=[project.code])
    except NoReverseMatch:
        url = ""
    return {"label": one.kind.title, "icon": one.kind.icon, "n": one.kept, "out": one.out, "late": one.late, "url": url}


def _out(handout: Handout, project: Project, at: datetime) -> dict[str, Any]:
    is_late = handout.due_at is not None and handout.due_at < at
    over = words.over(int((at - handout.due_at).total_seconds())) if handout.due_at and is_late else ""
    return {
        "title": handout.title,
        "icon": kinds.of(handout.subject_label).icon,
        "sub": "　".join(part for part in (handout.holder, handout.purpose) if part),
        "url": pages.address(handout, project),
        "due_at": handout.due_at,
        "late": over,
        "explained": handout.explained_at is not None,
    }


@staff_page
@require_http_methods(["GET", "POST"])
def new_count(request: Request) -> HttpResponse:
    """Choose what is counted."""
    back = reverse("custody:counts", args=[request.project.code])
    return making(request, operations.start_count, request.project, back=back, to=count_address)


@staff_page
@require_GET
def count_page(request: Request, pk: int) -> HttpResponse:
    """One count: a line for each thing, ticked by one tap; what is not there gets its word."""
    by, project = request.actor, request.project
    count = queries.counts(project, by).filter(pk=pk).first()
    if count is None:
        raise Unknown("stock_count")
    lines = list(queries.lines(count))
    act = reverse("acts:do", args=[project.code, "stock_count", count.pk, "mark"])
    context = {
        "count": count,
        "lines": lines,
        "marked": sum(line.is_found is not None for line in lines),
        "missed": [line for line in lines if line.is_found is False],
        "may_mark": count.state == CountState.OPEN and by.may(operations.mark.name, project.pk),
        "mark_url": act,
        "here": count_address(count, project),
        "list_url": reverse("custody:counts", args=[project.code]),
        "offers": [offer_of(one, count, project) for one in kernel.offers(count, by) if one.operation.verb != "mark"],
    }
    return render(request, "custody/count.html", context)
