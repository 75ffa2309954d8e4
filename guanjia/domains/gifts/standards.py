"""What executes the clauses of gifts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.calendar import WorkCalendar, end_of_day
from guanjia.parts.clocks.rules import by_limit, clock
from guanjia.parts.standards.bindings import bind_record
from guanjia.people.queries import duty_of

from .models import Gift


def end_of_shift(calendar: WorkCalendar, start: datetime, values: dict[str, Any], gift: Gift) -> datetime:
    """When the shift of who received it ends; off shift, the end of the day. A project may decide a limit instead."""
    if values["within"] != "by end of shift":
        return by_limit(calendar, start, values, gift)
    shift = duty_of(gift.received_by, gift.project, start)
    return shift.to_at if shift else end_of_day(calendar, start)


def received_by(gift: Gift) -> int:
    """Who is told first."""
    return gift.received_by_id


clock(
    "GFT-02", key="gifts.hand_over", subject="gift", verb=_("hand over"), due=end_of_shift, executor=received_by,
    starts=["gifts.receive"], stops=["gifts.hand_over"],
)  # fmt: skip
bind_record("GFT-03", form="F-GFT", label="gift", evidence="gifts:list")
