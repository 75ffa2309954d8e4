"""The sweep: every minute, clocks whose next step is reached climb it; each for itself, safe to run twice."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every
from guanjia.kernel.outcomes import Outcome

from . import operations, queries

log = logging.getLogger("guanjia.clocks")
AT_ONCE = 500


@every("* * * * *", "clocks.sweep")
def sweep() -> int:
    return sweep_at(timezone.now())


def sweep_at(at: datetime) -> int:
    """Lift every clock whose next step is reached; returns how many moved. What a refusal leaves is seen
    next minute."""
    moved = 0
    while waiting := queries.waiting(at, AT_ONCE):
        lifted = 0
        for clock in waiting:
            try:
                operations.escalate(clock, by=system(at))
                lifted += 1
            except Outcome as refusal:
                log.info("clock %d stayed: %s", clock.pk, refusal)
        moved += lifted
        if lifted < len(waiting):
            break
    return moved
