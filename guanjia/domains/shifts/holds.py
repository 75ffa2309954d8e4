"""What a shift must have behind it before it ends: the desk handed over or locked up (SFT-10), eight hours and the work
of the day before the closing begins (SFT-05), the closing and ten minutes before signing out (SFT-07).

Asked as a guard of the acts that close and end a shift, which belong to other rooms; the same tells the page
beforehand. A supervisor ends the shift of a colleague who forgot, or whom they send home: that is theirs to answer for.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Call, Outlook
from guanjia.kernel.outcomes import Refused, Stored
from guanjia.people import posts

from . import queries, working

DESK = frozenset({posts.RECEPTIONIST, posts.CUSTOMER_ASSISTANT})
SENTENCE = _("Nobody is at the desk after you: hand it over, or lock it up.")
ENDS, STARTS = "organization.end_duty", "runsheets.start"


def is_held(duty: Any, by: Actor) -> bool:
    """One's own shift at the desk, with no colleague beside and nothing handed over since it began."""
    if duty.post not in DESK or duty.employee_id != by.id or duty.signed_in_at is None:
        return False
    return not (
        queries.others_on(duty, posts.COUNTER - {posts.CONTROL_ROOM}, by.at)
        or queries.left_by(duty.employee_id, duty.project_id, duty.signed_in_at)
    )


def stand_guard(call: Call) -> Stored | None:
    if call.operation.name == ENDS:
        if is_held(call.subject, call.by):
            raise Refused("", SENTENCE, "SFT-10")
        if call.subject.employee_id == call.by.id and (why := working.why_not_leave(call.subject, call.by)):
            raise Refused("", why, "SFT-07")
    elif call.operation.name == STARTS and call.form.cleaned_data["clause"] == working.CLOSING:
        duty = queries.shift_of(call.by, call.subject)
        if duty is not None:
            working.refuse_closing(duty, call.by)
    return None


def look_ahead(operation: Any, subject: Any, by: Actor) -> Outlook | None:
    why: Any = ""
    if operation.name == ENDS and subject.employee_id == by.id:
        why = SENTENCE if is_held(subject, by) else working.why_not_leave(subject, by)
    elif operation.name == "shifts.close_shift":
        why = working.why_not_close(subject, by)
    return Outlook(held=why) if why else None
