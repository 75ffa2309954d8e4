"""Calls to the spot: the list, one, a new one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.web import states
from guanjia.web.registers import Column, Register, grow
from guanjia.web.things import ThingPages

from ..models import SiteCall
from ..operations import call_steward

State = SiteCall.State
states.mark({State.CALLED: "half warn", State.THERE: "tick ok ended", State.OFF: "cross neutral ended"})

pages = ThingPages(
    SiteCall, "organization", create=call_steward, names=("calls", "new-call", "call"), title=_("Calls to the spot"),
    said=_("Called. The clock runs until somebody is there."),
    facts=("house", "place", "reason", "steward", "called_by", "called_at", "arrived_at", "outcome"),
)  # fmt: skip
register = Register(
    "calls",
    pages=pages,
    columns=("called_at", Column(_("Where"), "where"), grow("reason"), "steward", "arrived_at", "state"),
    filters=("state",),
    empty=_("When somebody is needed on the spot, the steward is called here; half an hour runs."),
)  # fmt: skip
