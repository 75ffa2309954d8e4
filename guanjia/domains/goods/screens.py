"""What the counter lends, one piece, a new one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.custody import panels
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.registers import Column, Register, minor
from guanjia.web.things import ThingPages

from .models import Borrowable, State
from .operations import register_good

states.mark({
    State.IN_STORE: "tick ok", State.LENT: "most info", State.LOST: "cross danger", State.RETIRED: "none neutral ended",
})  # fmt: skip


def hands(good: Borrowable, by: Actor) -> list[dict[str, Any]]:
    """Who has it, with the way to take it back; then who had it."""
    now = panels.holder(good, by, pages.address(good))
    return [*([now] if now else []), *panels.hands(good, by)]


pages = ThingPages(
    Borrowable,
    "goods",
    create=register_good,
    title=_("Things to lend"),
    said=_("Registered."),
    facts=("number", "name", "position", "keeper", "remark"),
    photos=photos,
    also=panels.story,
    panels=hands,
)
register = Register(
    "goods",
    pages=pages,
    unit=_("pieces"),
    columns=(Column(pgettext_lazy("goods", "Thing"), str, "grow"), "position", minor("keeper"), "state"),
    filters=("state",),
    hint=_("Name or number"),
    empty=_("Register each umbrella, trolley and wheelchair once; then it is lent with two fields."),
)
