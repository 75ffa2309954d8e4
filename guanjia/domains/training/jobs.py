"""Every five minutes: papers whose time ran out are marked, exams that nobody began are over."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every
from guanjia.kernel.outcomes import Outcome

from . import operations, queries
from .models import Sitting

AT_ONCE = 500


@every("*/5 * * * *", "training.close_papers")
def close_papers() -> None:
    close_papers_at(timezone.now())


def close_papers_at(at: datetime) -> int:
    """How many were closed. What is being handed in at this moment is left to the next look."""
    closed = 0
    for sitting in queries.over(at - operations.exams.GRACE)[:AT_ONCE]:
        verb = operations.run_out if sitting.state == Sitting.State.SITTING else operations.miss
        try:
            verb(sitting, by=system(at))
        except Outcome:
            continue
        closed += 1
    return closed
