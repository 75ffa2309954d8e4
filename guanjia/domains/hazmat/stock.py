"""Stock at a glance, one substance with its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from guanjia.kernel import events, operations
from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web import sheets, words
from guanjia.web.doors import staff_page
from guanjia.web.tabs import Tab, Tabs
from guanjia.web.things import moment_of, offer_of

from . import ledger, queries
from .models import DrawState, Lot
from .operations import define, hand_out, permit, receive, report
from .papers import print_register

tabs = Tabs(
    Tab("hazmat:stock", gettext_lazy("At a glance")),
    Tab("hazmat:draws:list", gettext_lazy("Register")),
    Tab("hazmat:lots:list", gettext_lazy("Batches")),
    Tab("hazmat:anomalies:list", gettext_lazy("Anomalies")),
    Tab("hazmat:permits:list", gettext_lazy("Permits")),
    Tab("hazmat:stores:list", gettext_lazy("Stores and cabinets")),
    title=gettext_lazy("Hazardous goods"),
)


@staff_page
@require_safe
def glance(request: Any) -> HttpResponse:
    """What lies where, what expires, what is out and with whom."""
    project, by = request.project, request.actor
    day = queries.today(project, by)
    stock = queries.stock(project, by)
    expiring = queries.expiring(project, by, day)
    out = list(queries.out(project, by).order_by("drawn_at", "id")[: queries.MOST])
    context = {
        **tabs(request),
        "stock": [_row(one, project, day) for one in stock],
        "out": [_out(draw, project, by) for draw in out],
        "expiring": [_lot(lot, project, day) for lot in expiring],
        "anomalies": queries.open_anomalies(project, by),
        "anomalies_url": reverse("hazmat:anomalies:list", args=[project.code]),
        "numbers": {"substances": len(stock), "out": len(out), "expiring": len(expiring)},
        "acts": acts(project, by),
        "print_url": (
            sheets.address_of(print_register, project) if by.may(print_register.name, project.pk) else ""
        ),
    }  # fmt: skip
    return render(request, "hazmat/stock.html", context)


def acts(project: Project, by: Actor) -> list[dict[str, Any]]:
    """What this person may begin here; the first is the usual next step."""
    known = ((hand_out, "draws"), (receive, "lots"), (report, "anomalies"), (permit, "permits"), (define, "substances"))
    return [
        {"label": o.label, "icon": o.icon, "url": reverse(f"hazmat:{place}:new", args=[project.code])}
        for o, place in known
        if by.may(o.name, project.pk)
    ]


def _row(one: queries.Stock, project: Project, day: date) -> dict[str, Any]:
    unit = one.substance.get_unit_display()
    return {
        "name": one.substance.name,
        "goods": one.substance.get_goods_display(),
        "url": reverse("hazmat:substances:page", args=[project.code, one.substance.pk]),
        "balance": ledger.shown(one.balance),
        "unit": unit,
        "out": ledger.shown(one.out) if one.out else "",
        "lots": [_lot(lot, project, day) for lot in one.lots],
    }


def _lot(lot: Lot, project: Project, day: date) -> dict[str, Any]:
    tone = "danger" if lot.is_expired(day) else "warn" if lot.is_expiring(day) else ""
    expiry = lot.get_expires_on_display()
    return {
        "name": lot.substance.name, "batch": lot.batch, "store": lot.store.name, "tone": tone,
        "amount": lot.get_balance_display(),
        "expiry": _("expires on %(day)s") % {"day": expiry} if expiry and not lot.is_expired(day) else expiry,
        "url": reverse("hazmat:lots:page", args=[project.code, lot.pk]),
    }  # fmt: skip


def _out(draw: Any, project: Project, by: Actor) -> dict[str, Any]:
    return {
        "url": reverse("hazmat:draws:page", args=[project.code, draw.pk]),
        "title": f"{draw.lot.substance.name} {draw.lot.substance.said(draw.remainder)}",
        "who": draw.drawer.name,
        "sub": f"{draw.purpose}　{draw.place}　{words.when(draw.drawn_at, by.at)}",
        "state": draw.state,
        "word": draw.get_state_display(),
        "is_waiting": draw.state == DrawState.REMAINING,
    }


@staff_page
@require_safe
def substance(request: Any, pk: int) -> HttpResponse:
    """One substance: where it lies, its facts, its ledger line by line."""
    project, by = request.project, request.actor
    one = queries.substances(project, by).filter(pk=pk).first()
    if one is None:
        raise Http404
    before = request.GET.get("before", "")
    known = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    lines, following = queries.ledger_of(one, before=known)
    day = queries.today(project, by)
    held = list(queries.lots(project, by).filter(substance=one)[: queries.MOST])
    row = _row(queries.Stock(one, held), project, day)
    context = {
        "substance": one, "row": row, "list_url": reverse("hazmat:stock", args=[project.code]),
        "facts": _facts(one), "book": {
            "lines": [_line(line, project, by) for line in lines],
            "next_url": f"?before={following}" if following else "", "first_url": "?" if known else "",
        },
        "offers": [offer_of(o, one, project) for o in operations.offers(one, by)],
        "moments": [moment_of(event, by) for event in events.timeline(one)],
    }  # fmt: skip
    return render(request, "hazmat/substance.html", context)


def ledger_panel(lot: Lot, by: Actor) -> Iterator[dict[str, Any]]:
    """What came into a batch and left it, why, and what was there afterwards."""
    lines, _more = queries.ledger_of(lot)
    yield {"template": "hazmat/ledger.html", "lines": [_line(line, lot.project, by) for line in lines]}


def _facts(one: Any) -> list[dict[str, Any]]:
    rows = [
        (_("Controlled kind"), one.get_goods_display()),
        (_("Unit"), one.get_unit_display()),
        (_("Most for one use"), one.said(one.most_per_use)),
        (_("Warn so many days before it expires"), str(one.warn_days)),
        (_("How to handle it"), one.precautions),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _line(line: Any, project: Project, by: Actor) -> dict[str, Any]:
    change = ledger.shown(abs(line.change))
    return {
        "at": words.when(line.at, by.at),
        "kind": line.get_kind_display(),
        "place": f"{line.lot.store.name}　{line.lot.batch}",
        "change": f"{'+' if line.change > 0 else '−' if line.change < 0 else ''}{change}",
        "after": ledger.shown(line.after),
        "who": line.draw.drawer.name if line.draw else line.employee.name if line.employee else "",
        "note": line.note,
        "url": reverse("hazmat:draws:page", args=[project.code, line.draw_id]) if line.draw_id else "",
    }
