"""The last at the desk does not leave it as it stands: a shift there ends after a handover, or locked up (SFT-10).

Asked as a guard of the act that ends a shift, which belongs to another room; the same tells the page beforehand.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Call, Outlook
from guanjia.kernel.outcomes import Refused, Stored
from guanjia.people import posts

from . import queries

DESK = frozenset({posts.RECEPTIONIST, posts.CUSTOMER_ASSISTANT})
SENTENCE = _("Nobody is at the desk after you: hand it over, or lock it up.")
ENDS = "organization.end_duty"


def is_held(duty: Any, by: Actor) -> bool:
    """One's own shift at the desk, with no colleague beside and nothing handed over since it began."""
    if duty.post not in DESK or duty.employee_id != by.id or duty.signed_in_at is None:
        return False
    return not (
        queries.others_on(duty, posts.COUNTER - {posts.CONTROL_ROOM}, by.at)
        or queries.left_by(duty.employee_id, duty.project_id, duty.signed_in_at)
    )


def stand_guard(call: Call) -> Stored | None:
    if call.operation.name == ENDS and is_held(call.subject, call.by):
        raise Refused("", SENTENCE, "SFT-10")
    return None


def look_ahead(operation: Any, subject: Any, by: Actor) -> Outlook | None:
    return Outlook(held=SENTENCE) if operation.name == ENDS and is_held(subject, by) else None
