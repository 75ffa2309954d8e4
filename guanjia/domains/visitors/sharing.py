"""Pages of what service and security tell one another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.web import states
from guanjia.web.registers import Filter, Register, grow, minor, tag
from guanjia.web.things import ThingPages

from . import operations
from .models import SharedWord

State = SharedWord.State
states.mark({State.TOLD: "hand warn", State.ANSWERED: "tick ok ended"})

pages = ThingPages(
    SharedWord, "visitors", create=operations.share, names=("shared", "new-shared", "shared-word"),
    title=_("Service and security"), said=_("Told. Whoever is on there is shown it."),
    facts=("kind", "words", "house", "to_side", "told_by", "told_at", "answer", "answered_by", "answered_at"),
)  # fmt: skip
register = Register(
    "shared",
    pages=pages,
    columns=("told_at", "to_side", tag("kind"), "house", grow("words"), minor("answer"), "state"),
    filters=(
        "state",
        Filter("to", field="to_side"),
    ),
    empty=_("Important visitors, complaints, what was found on rounds, matters of safety: told here, answered here."),
)  # fmt: skip
