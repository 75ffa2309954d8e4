"""The gift register, one gift, a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks import explaining
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.doors import printed, staff_page
from guanjia.web.export import pdf
from guanjia.web.registers import Register, grow, minor
from guanjia.web.things import ThingPages

from . import papers
from .models import Gift, State
from .operations import print_record, receive

states.mark({State.RECEIVED: "hand warn", State.HANDED_OVER: "most info", State.DISPOSED: "tick ok ended"})


def sheets(gift: Gift, by: Actor) -> Iterator[dict[str, Any]]:
    """Its line of the register."""
    if print_record.offer(gift, by) is not None:
        yield {"label": print_record.label, "url": reverse("gifts:sheet", args=[gift.project.code, gift.pk])}


pages = ThingPages(
    Gift,
    "gifts",
    create=receive,
    title=_("Gift register"),
    said=_("Registered. Hand it over before your shift ends."),
    facts=(
        "giver", "house", "value_fen", "is_valuable", "received_by", "received_at", "receiver", "handed_at", "disposal",
    ),
    limits=explaining.axes,
    photos=photos,
    sheets=sheets,
)  # fmt: skip
register = Register(
    "gifts",
    pages=pages,
    unit=_("gifts"),
    columns=(
        grow("description"), "received_at", "house", minor("value_fen"), "received_by", minor("receiver"), "state",
    ),
    filters=("state",),
    hint=_("Giver, gift or house"),
    empty=_("A gift that could not be declined is registered here and handed over in the same shift."),
)  # fmt: skip


@staff_page
@require_POST
def sheet(request: Any, pk: int) -> HttpResponse:
    """The line of the register on paper; printing leaves an event."""
    gift = pages.rows(request.project, request.actor).filter(pk=pk).first()
    gift = printed(request, print_record, gift)
    address = request.build_absolute_uri(pages.address(gift, request.project))
    return pdf(f"{papers.FORM}-{gift.pk}", papers.record(gift, by=request.actor, address=address))
