"""Pages of what service and security tell one another."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register
from guanjia.web.things import ThingPages

from . import operations
from .models import SharedWord

State = SharedWord.State
states.register(State.TOLD, "hand", "warn", State.TOLD.label)
states.register(State.ANSWERED, "tick", "ok", State.ANSWERED.label, ended=True)

pages = ThingPages(
    SharedWord, "visitors", create=operations.share, names=("shared", "new-shared", "shared-word"),
    title=_("Service and security"), said=_("Told. Whoever is on there is shown it."),
    related=("project", "house", "told_by", "answered_by"),
    facts=("kind", "words", "house", "to_side", "told_by", "told_at", "answer", "answered_by", "answered_at"),
)  # fmt: skip
register = Register(
    "shared",
    title=_("Service and security"),
    rows=pages.rows,
    columns=(
        Column(pgettext_lazy("shared", "Told at"), "told_at", "day"),
        Column(pgettext_lazy("shared", "For"), "get_to_side_display"),
        Column(_("Kind"), "get_kind_display", "tag"),
        Column(_("House"), "house"),
        Column(_("What the other side must know"), "words", "grow"),
        Column(pgettext_lazy("visitors", "What is done about it"), "answer", is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(
        Filter("state", _("State"), lambda project: State.choices, lambda value: Q(state=value)),
        Filter("to", pgettext_lazy("shared", "For"), lambda project: SharedWord.Side.choices,
               lambda value: Q(to_side=value)),
    ),
    page=pages.address,
    new=pages.new_links,
    empty=_("Important visitors, complaints, what was found on rounds, matters of safety: told here, answered here."),
)  # fmt: skip
