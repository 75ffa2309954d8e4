"""The list of what households asked for, one of them, a new one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.web import states
from guanjia.web.registers import Column, Register, dated, grow, minor, tag
from guanjia.web.things import ThingPages

from .models import HEEDED_BY, Instruction
from .operations import note

State = Instruction.State
states.mark({State.STANDING: "most warn", State.ENDED: "tick neutral ended"})

pages = ThingPages(
    Instruction,
    "instructions",
    create=note,
    title=_("Standing instructions"),
    said=_("Taken down. It is shown wherever somebody is admitted or something handed out for this house."),
    facts=("house", "kind", "words", "from_on", "until_on", "resident", "noted_by", "noted_at"),
)
register = Register(
    "instructions",
    pages=pages,
    unit=_("instructions"),
    columns=(
        "house", tag("kind"), grow("words"), minor(dated("from_on")),
        Column(_("Until"), lambda one: one.until_on.isoformat() if one.until_on else _("until ended")), "state",
    ),
    filters=("state", "kind"),
    posts=HEEDED_BY,
    empty=_("What a household asks to be heeded at its door stands here: admit nobody, away until, ring first."),
)  # fmt: skip
