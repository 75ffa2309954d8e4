"""Calls to the spot: the list, one, a new one."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.clocks import explaining
from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register
from guanjia.web.things import ThingPages

from ..models import SiteCall
from ..operations import call_steward

State = SiteCall.State
states.register(State.CALLED, "half", "warn", State.CALLED.label)
states.register(State.THERE, "tick", "ok", State.THERE.label, ended=True)
states.register(State.OFF, "cross", "neutral", State.OFF.label, ended=True)

pages = ThingPages(
    SiteCall, "organization", create=call_steward, names=("calls", "new-call", "call"), title=_("Calls to the spot"),
    said=_("Called. The clock runs until somebody is there."),
    related=("project", "house", "steward", "called_by"),
    facts=("house", "place", "reason", "steward", "called_by", "called_at", "arrived_at", "outcome"),
    limits=explaining.axes,
)  # fmt: skip
register = Register(
    "calls",
    title=_("Calls to the spot"),
    rows=pages.rows,
    columns=(
        Column(pgettext_lazy("site call", "Called at"), "called_at", "day"),
        Column(_("Where"), "where"),
        Column(_("What for"), "reason", "grow"),
        Column(_("Steward"), "steward.name", "person"),
        Column(_("On site at"), "arrived_at", "day"),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: State.choices, lambda value: Q(state=value)),),
    page=pages.address,
    new=pages.new_links,
    empty=_("When somebody is needed on the spot, the steward is called here; half an hour runs."),
)  # fmt: skip
