"""The list of what households asked for, one of them, a new one."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register
from guanjia.web.things import ThingPages

from .models import HEEDED_BY, Instruction, Kind
from .operations import note

State = Instruction.State
states.register(State.STANDING, "most", "warn", State.STANDING.label)
states.register(State.ENDED, "tick", "neutral", State.ENDED.label, ended=True)

pages = ThingPages(
    Instruction,
    "instructions",
    create=note,
    title=_("Standing instructions"),
    said=_("Taken down. It is shown wherever somebody is admitted or something handed out for this house."),
    related=("project", "house", "resident", "noted_by"),
    facts=("house", "kind", "words", "from_on", "until_on", "resident", "noted_by", "noted_at"),
)
register = Register(
    "instructions",
    title=_("Standing instructions"),
    unit=_("instructions"),
    rows=pages.rows,
    columns=(
        Column(_("House"), "house.code"),
        Column(_("Instruction"), "get_kind_display", "tag"),
        Column(_("In their words"), "words", "grow"),
        Column(pgettext_lazy("instructions", "From"), lambda one: one.from_on.isoformat(), is_minor=True),
        Column(_("Until"), lambda one: one.until_on.isoformat() if one.until_on else _("until ended")),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(
        Filter("state", _("State"), lambda project: State.choices, lambda value: Q(state=value)),
        Filter("kind", _("Instruction"), lambda project: Kind.choices, lambda value: Q(kind=value)),
    ),
    posts=HEEDED_BY,
    page=pages.address,
    new=pages.new_links,
    empty=_("What a household asks to be heeded at its door stands here: admit nobody, away until, ring first."),
)
