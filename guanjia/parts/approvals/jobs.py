"""The sweep: deadlines of steps pass on, terms lapse, seats that fell empty are filled from above."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Outcome

from . import operations, queries, seats
from .models import Approval

log = logging.getLogger("guanjia.approvals")


@every("*/2 * * * *", "approvals.sweep")
def sweep() -> int:
    return sweep_at(timezone.now())


def sweep_at(at: datetime) -> int:
    """Move what time has moved; each for itself, safe to run twice. Returns how many moved."""
    moved = 0
    for approval in queries.overdue(at):
        act = operations.expire if approval.expires_at <= at else operations.escalate
        moved += _moved(act, approval, at)
    return moved


@every("7 * * * *", "approvals.reseat")
def reseat() -> int:
    return reseat_at(timezone.now())


def reseat_at(at: datetime) -> int:
    """Whoever was to sign has left: the next above takes the seat."""
    empty = [one for one in queries.open_ones() if not seats.people(one, at)]
    return sum(_moved(operations.escalate, one, at) for one in empty)


def _moved(act: Operation, approval: Approval, at: datetime) -> bool:
    try:
        act(approval, by=system(at))
    except Outcome as refusal:
        log.info("approval %d stayed: %s", approval.pk, refusal)
        return False
    return True
