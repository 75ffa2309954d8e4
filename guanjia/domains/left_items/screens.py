"""The custody register, one thing, a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Now
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks import explaining
from guanjia.parts.custody import panels
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.doors import printed, staff_page
from guanjia.web.export import pdf
from guanjia.web.registers import Column, Register, grow, minor, only, person
from guanjia.web.things import ThingPages

from . import papers
from .models import LeftItem, State
from .operations import print_label, print_record, take_in

states.mark({State.KEPT: "hand warn", State.COLLECTED: "tick ok ended"})

SHEETS = {one.verb: one for one in (print_label, print_record)}


def sheets(item: LeftItem, by: Actor) -> Iterator[dict[str, Any]]:
    """The label while it lies here, its line of the register always."""
    for one in SHEETS.values():
        if one.offer(item, by) is not None:
            url = reverse("left_items:sheet", args=[item.project.code, item.pk, one.verb])
            yield {"label": one.label, "url": url}


pages = ThingPages(
    LeftItem,
    "left_items",
    create=take_in,
    title=_("Things left with us"),
    said=_("Taken in."),
    facts=(
        "number", "description", "deposited", "quantity", "house", "depositor", "recipient", "deposited_at", "due_at",
        "approved_by", "position", "keeper", "asked_at", "answer", "collected_at",
    ),
    limits=explaining.axes,
    photos=photos,
    also=panels.story,
    panels=panels.hands,
    sheets=sheets,
)  # fmt: skip
register = Register(
    "left-items",
    pages=pages,
    unit=pgettext_lazy("left_items", "items"),
    columns=(
        grow("description"), "house", person("recipient"),
        Column(_("Still here"), lambda item: f"{item.quantity} / {item.deposited}", "num"), minor("position"),
        Column(_("To be collected until"), "due_at"), "state",
    ),
    filters=(
        "state",
        only("late", _("Overdue"), Q(state=State.KEPT, due_at__lt=Now())),
        only("part", _("Collected in part"), Q(state=State.KEPT, quantity__lt=F("deposited"))),
    ),
    hint=_("Name, thing, house or phone"),
    empty=_("What residents leave with us stands here, each with the lead who approved it."),
)  # fmt: skip


@staff_page
@require_POST
def sheet(request: Any, pk: int, verb: str) -> HttpResponse:
    """The label, or the line of the register; printing leaves an event."""
    item = pages.rows(request.project, request.actor).filter(pk=pk).first()
    operation = SHEETS.get(verb)
    item = printed(request, operation, item)
    if operation is print_label:
        return pdf(item.number, papers.label(item))
    address = request.build_absolute_uri(pages.address(item, request.project))
    return pdf(item.number, papers.record(item, by=request.actor, address=address))
