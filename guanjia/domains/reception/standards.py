"""What executes the clauses of the desk. DESK-05 is a clock of the telephone, DESK-14 and 15 are of left items."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.rules import by_attribute, clock
from guanjia.parts.standards.bindings import bind_capability, bind_capacity, bind_gauge, bind_record

from . import queries
from .models import Call, Slip, WalkIn

# What came in writing from afar: an answer is expected as in a conversation.
ONLINE = frozenset({Case.Channel.PORTAL, Case.Channel.API})


def is_input(thing: Any) -> bool:
    return bool(thing.is_input)


def is_online_question(case: Case) -> bool:
    """Asked of us; what another office passes on has that office's own deadline (CASE-12)."""
    return case.kind == Case.Kind.ENQUIRY and case.channel in ONLINE and not case.outside_number


def addressee_of(slip: Slip) -> int:
    return slip.addressee_id


def taken_by(call: Call) -> int:
    return call.answered_by_id


def received_by(walk_in: WalkIn) -> int:
    return walk_in.received_by_id


def owner_of(case: Case) -> int | None:
    return case.owner_id


clock(
    "DESK-08", key="reception.acknowledge", subject="message_slip", verb=_("acknowledge"), executor=addressee_of,
    starts=["reception.take_message"], stops=["reception.acknowledge"],
)  # fmt: skip
clock(
    "DESK-10", key="reception.complete", subject="walk_in", verb=_("complete the register"), executor=received_by,
    starts=["reception.see_off"], stops=["reception.complete"],
)  # fmt: skip
clock(
    "DESK-12", key="reception.reply_walk_in", subject="walk_in", verb=_("reply"), executor=received_by,
    due=by_attribute("reply_by"), starts=["reception.see_off"], stops=["reception.reply_walk_in"],
)  # fmt: skip
clock(
    "DESK-12", key="reception.reply_call", subject="call", verb=_("reply"), executor=taken_by,
    due=by_attribute("reply_by"), starts=["reception.log"], stops=["reception.reply_call"],
)  # fmt: skip
clock(
    "DESK-18", key="reception.note_call", subject="call", verb=pgettext_lazy("desk", "tell the supervisor"),
    executor=taken_by, only_if=is_input, starts=["reception.log"], stops=["reception.note_call"],
)  # fmt: skip
clock(
    "DESK-18", key="reception.note_walk_in", subject="walk_in", verb=pgettext_lazy("desk", "tell the supervisor"),
    executor=received_by, only_if=is_input, starts=["reception.complete"], stops=["reception.note_walk_in"],
)  # fmt: skip
clock(
    "DESK-22", key="reception.answer_online", subject="case", verb=pgettext_lazy("desk", "answer"),
    only_if=is_online_question,
    starts=["cases.record_enquiry"], stops=["cases.answer"], cancels=["cases.cancel", "cases.force_close"],
    owner=owner_of,
)  # fmt: skip
clock(
    "HOUSE-07", key="reception.ring_back", subject="call_back", verb=_("ring back"),
    starts=["reception.owe_call_back"], stops=["reception.ring_back", "reception.settle_call_back"],
)  # fmt: skip

bind_gauge("DESK-01", figure=queries.attended, evidence="reception:home")
bind_gauge("DESK-04", figure=queries.answered, evidence="telephone:calls")
bind_record("DESK-06", form="F-CALL", label="call", evidence="reception:calls")
bind_record("DESK-07", form="F-MSG", label="message_slip", evidence="reception:slips")
bind_record("DESK-09", form="F-VISIT", label="walk_in", evidence="reception:walk-ins")
bind_capability("DESK-02", page="reception:calls", operation="reception.log")
bind_capability("DESK-03", page="reception:home", operation="reception.log")
bind_capability("DESK-13", page="reception:help", operation="reception.help_out")
bind_capability("DESK-19", page="reception:replies")
bind_capability("DESK-20", page="reception:situations")
bind_capacity("DESK-16", check=queries.quota_fen, evidence="reception:costs")
bind_capacity("DESK-17", check=queries.most_minutes, evidence="reception:private")
