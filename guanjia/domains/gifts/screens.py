"""The gift register, one gift, a new one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.registers import Register, grow, minor
from guanjia.web.things import ThingPages

from .models import Gift, State
from .operations import receive

states.mark({State.RECEIVED: "hand warn", State.HANDED_OVER: "most info", State.DISPOSED: "tick ok ended"})


pages = ThingPages(
    Gift,
    "gifts",
    create=receive,
    title=_("Gift register"),
    said=_("Registered. Hand it over before your shift ends."),
    facts=(
        "giver", "house", "value_fen", "is_valuable", "received_by", "received_at", "receiver", "handed_at", "disposal",
    ),
    photos=photos,
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
