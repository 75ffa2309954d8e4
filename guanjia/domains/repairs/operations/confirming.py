"""The resident's word on it: confirm, could not be reached, not fixed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.casework.satisfaction import UNHAPPY
from guanjia.parts.files import queries as files

from ..forms import ConfirmForm, FailedContactForm, ReworkForm
from ..models import RepairOrder
from ..needs import was_tried_three_times
from ..queries import order_of
from ..whose import is_repair, is_reporter_or_service


@operation(
    Case, label=_("Confirm"), form=ConfirmForm, clauses=["RPR-08"], when=is_repair, whose=is_reporter_or_service,
    icon="thumb-up",
)  # fmt: skip
def confirm(case: Case, *, by: Actor, rating: str, words: str, mode: str, signature: Any) -> None:
    """The resident confirms the result and rates it; an unhappy rating is a rework, not a confirmation."""
    if rating in UNHAPPY:
        raise Refused("rating", _("Not satisfied: choose “Not fixed” so that somebody comes again."), "RPR-09")
    order = order_of(case)
    order.rating, order.rating_words, order.confirm_mode, order.confirmed_at = rating, words, mode, by.at
    order.save(update_fields=["rating", "rating_words", "confirm_mode", "confirmed_at"])
    files.keep(case, [signature], "signature", by=by, field="signature")


@operation(
    Case, label=_("Not reached"), form=FailedContactForm, clauses=["RPR-08"], when=is_repair,
    whose=is_reporter_or_service, icon="phone-off",
)  # fmt: skip
def note_failed_contact(case: Case, *, by: Actor, mode: str, words: str) -> None:
    """An attempt to reach the resident that failed."""
    order = order_of(case)
    order.failed_contacts += 1
    order.save(update_fields=["failed_contacts"])


@operation(
    Case, label=_("Go on without confirmation"), needs=[was_tried_three_times], clauses=["RPR-08"], when=is_repair,
    whose=is_reporter_or_service, icon="user-off",
)  # fmt: skip
def confirm_unreached(case: Case, *, by: Actor) -> None:
    """After three documented attempts the case goes on to the revisit without a rating."""
    order = order_of(case)
    order.confirm_mode, order.confirmed_at = "unreached", by.at
    order.save(update_fields=["confirm_mode", "confirmed_at"])


@operation(
    Case, label=_("Not fixed"), form=ReworkForm, clauses=["RPR-09", "RPR-13"], when=is_repair,
    whose=is_reporter_or_service, icon="refresh",
)  # fmt: skip
def ask_rework(case: Case, *, by: Actor, words: str, rating: str, photos: list[Any]) -> None:
    """Somebody has to come again: a new round with a new clock, back to dispatch."""
    case.round += 1
    case.executor = None
    order = order_of(case)
    order.reworks += 1
    order.rating, order.rating_words = rating, words
    _start_over(order)
    files.keep(case, photos, "reported", by=by)


@operation(Case, label=_("Begin another round"), clauses=["RPR-13"], when=is_repair, internal=True)
def begin_round(case: Case, *, by: Actor) -> None:
    """A reopened repair starts over: nobody has been there yet in this round."""
    _start_over(order_of(case))


def _start_over(order: RepairOrder) -> None:
    order.arrived_at = order.finished_at = order.confirmed_at = order.accepted_at = order.dispatched_at = None
    order.appointment_from = order.appointment_to = order.completion_agreed_at = order.contacted_at = None
    order.failed_contacts = 0
    order.save()
