"""The gift register, one gift, a new one."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks import explaining
from guanjia.parts.files.showing import photos
from guanjia.web import states, words
from guanjia.web.registers import Column, Filter, Register, by_words
from guanjia.web.things import ThingPages

from .models import Gift, State
from .operations import receive

states.register(State.RECEIVED, "hand", "warn", State.RECEIVED.label)
states.register(State.HANDED_OVER, "most", "info", State.HANDED_OVER.label)
states.register(State.DISPOSED, "tick", "ok", State.DISPOSED.label, ended=True)


pages = ThingPages(
    Gift,
    "gifts",
    create=receive,
    title=_("Gift register"),
    said=_("Registered. Hand it over before your shift ends."),
    related=("project", "house", "received_by", "receiver"),
    facts=(
        "giver", "house", "value_fen", "is_valuable", "received_by", "received_at", "receiver", "handed_at", "disposal",
    ),
    limits=explaining.axes,
    photos=photos,
)  # fmt: skip
register = Register(
    "gifts",
    title=_("Gift register"),
    unit=_("gifts"),
    rows=pages.rows,
    columns=(
        Column(_("Gift"), "description", "grow"),
        Column(_("Received at"), "received_at", "day"),
        Column(_("House"), "house.code"),
        Column(_("Estimated value"), lambda gift: words.yuan(gift.value_fen), "num", is_minor=True),
        Column(_("Received by"), "received_by.name", "person"),
        Column(_("Taken over by"), "receiver.name", "person", is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: State.choices, lambda value: Q(state=value)),),
    searched=by_words(Gift),
    hint=_("Giver, gift or house"),
    page=pages.address,
    new=pages.new_links,
    empty=_("A gift that could not be declined is registered here and handed over in the same shift."),
)
