"""What executes the clauses of gifts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import by_end_of_shift, clock
from guanjia.parts.standards.bindings import bind_record

from .models import Gift


def received_by(gift: Gift) -> int:
    """Who is told first."""
    return gift.received_by_id


clock(
    "GFT-02", key="gifts.hand_over", subject="gift", verb=_("hand over"), executor=received_by,
    due=by_end_of_shift(lambda gift: gift.received_by), starts=["gifts.receive"], stops=["gifts.hand_over"],
)  # fmt: skip
bind_record("GFT-03", form="F-GFT", label="gift", evidence="gifts:list")
