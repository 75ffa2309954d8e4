"""The custody register, one thing, a new one."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.custody import panels
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.registers import Column, Register, grow, minor, only, person
from guanjia.web.things import ThingPages

from .models import LeftItem, State
from .operations import take_in

states.mark({State.KEPT: "hand warn", State.COLLECTED: "tick ok ended"})

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
    photos=photos,
    also=panels.story,
    panels=panels.hands,
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
