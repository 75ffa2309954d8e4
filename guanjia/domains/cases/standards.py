"""What executes the clauses of all cases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.rules import by_attribute, clock

from .queries import open_request


def has_outside_deadline(case: Case) -> bool:
    """Another body passed it on and said until when."""
    return case.outside_due_at is not None


clock(
    "CASE-12", key="cases.reply_outside", subject="case", verb=_("reply outside"), only_if=has_outside_deadline,
    due=by_attribute("outside_due_at"), starts=["cases.record_enquiry", "repairs.record"],
    stops=["cases.reply_outside"], owner=lambda case: case.owner_id,
)  # fmt: skip


def asked_lead(case: Case) -> int | None:
    """The cleaning lead to whom it was handed."""
    request = open_request(case)
    return request.lead_id if request else None


clock(
    "ORG-17", key="cases.respond_cleaning", subject="case", verb=_("respond"), executor=asked_lead,
    starts=["cases.send_to_cleaning"], stops=["cases.answer_cleaning"],
    cancels=["cases.cancel", "cases.force_close"], owner=lambda case: case.owner_id,
)  # fmt: skip
