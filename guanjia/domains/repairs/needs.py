"""What must be there first: named once, used by the operations, the bar and the gate list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.operations import need
from guanjia.parts.casework.models import Case

from .queries import MOST_ATTEMPTS, order_of


@need(
    sentence=_("No visit has been agreed with the resident. Ring first and agree a time."),
    clause="CASE-05",
    owes=_("technician"),
)
def visit_is_agreed(case: Case) -> bool:
    """Emergencies and common parts excepted."""
    return case.is_emergency or case.house_id is None or order_of(case).appointment_from is not None


@need(sentence=_("Record your arrival first."), clause="RPR-01", owes=_("technician"))
def has_arrived(case: Case) -> bool:
    return order_of(case).arrived_at is not None


@need(sentence=_("No line of material counts."), clause="RPR-01")
def has_material(case: Case) -> bool:
    return order_of(case).materials.filter(taken_back_at__isnull=True).exists()


@need(sentence=_("The resident has not agreed to the price yet."), clause="RPR-12", owes=_("resident"))
def quote_is_settled(case: Case) -> bool:
    return order_of(case).is_quote_settled


@need(sentence=_("A price has to be quoted first."), clause="RPR-12", owes=_("technician"))
def is_quoted(case: Case) -> bool:
    return order_of(case).quoted_fen is not None


@need(
    sentence=_("Three failed attempts to reach the resident have to be on record first."),
    clause="RPR-08",
    owes=_("service officer"),
)
def was_tried_three_times(case: Case) -> bool:
    return order_of(case).failed_contacts >= MOST_ATTEMPTS


@need(sentence=_("The resident has not confirmed the result yet."), clause="RPR-08", owes=_("resident"))
def result_is_confirmed(case: Case) -> bool:
    """Confirmed and rated, or three documented failed attempts."""
    order = order_of(case)
    return order.confirmed_at is not None and (bool(order.rating) or order.failed_contacts >= MOST_ATTEMPTS)
