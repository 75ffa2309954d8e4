"""What executes the clauses of all cases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.rules import by_attribute, clock


def has_outside_deadline(case: Case) -> bool:
    """Another body passed it on and said until when."""
    return case.outside_due_at is not None


clock(
    "CASE-12", key="cases.reply_outside", subject="case", verb=_("reply outside"), only_if=has_outside_deadline,
    due=by_attribute("outside_due_at"), starts=["cases.record_enquiry", "repairs.record"],
    stops=["cases.reply_outside"], owner=lambda case: case.owner_id,
)  # fmt: skip
