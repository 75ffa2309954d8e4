"""What the counter hands over: whom to ring back, messages nobody has read, replies that were promised."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.parts.handover import handed_over

from . import queries
from .models.base import COUNTER

handed_over(
    "reception.call_backs", label=_("Calls to ring back"), rows=queries.owed_back, page="reception:call-backs",
    posts=COUNTER, urgent=lambda at: Q(last_at__lte=at),
)  # fmt: skip
handed_over(
    "reception.slips", label=_("Messages not acknowledged"), rows=queries.unread_slips, block="notes",
    page="reception:slips", posts=COUNTER, mine=lambda employee_id: Q(addressee_id=employee_id),
)  # fmt: skip
handed_over(
    "reception.calls", label=_("Replies promised to callers"), rows=queries.promised_calls, page="reception:calls",
    posts=COUNTER, urgent=lambda at: Q(reply_by__lt=at), mine=lambda employee_id: Q(answered_by_id=employee_id),
)  # fmt: skip
handed_over(
    "reception.walk_ins", label=_("Replies promised at the counter"), rows=queries.promised_walk_ins,
    page="reception:walk-ins", posts=COUNTER, urgent=lambda at: Q(reply_by__lt=at),
    mine=lambda employee_id: Q(received_by_id=employee_id),
)  # fmt: skip
handed_over(
    "reception.counter", label=_("People at the counter"), rows=queries.at_counter, page="reception:walk-ins",
    posts=COUNTER, urgent=lambda at: Q(state="to_complete"),
)  # fmt: skip
