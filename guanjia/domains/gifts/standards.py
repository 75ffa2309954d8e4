"""What executes the clauses of gifts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import by_end_of_shift, clock
from guanjia.parts.custody import kinds
from guanjia.parts.standards.bindings import bind_record
from guanjia.people import posts

from .models import Gift, State


def received_by(gift: Gift) -> int:
    """Who is told first."""
    return gift.received_by_id


clock(
    "GFT-02", key="gifts.hand_over", subject="gift", verb=_("hand over"), executor=received_by,
    due=by_end_of_shift(lambda gift: gift.received_by), starts=["gifts.receive"], stops=["gifts.hand_over"],
)  # fmt: skip
kinds.keep(
    Gift, title=_("Gift register"), icon="gift", list_name="gifts:list", keepers=posts.SUPERVISORS, counted=False,
    in_keeping=lambda project: Gift.objects.filter(project=project).exclude(state=State.DISPOSED),
)  # fmt: skip
bind_record("GFT-03", form="F-GFT", label="gift", evidence="gifts:list")
