"""Shifts of the desk and the control room as they end: handed over with what was open of that stretch of time at that
very hour, signed by both; begun and closed by their run sheets.

The handovers belong into the stretch of time that is told, since they draft themselves from it. The sheets do not: the
worker tells them after the first page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from guanjia.domains.shifts import operations as shifts
from guanjia.domains.shifts import queries
from guanjia.domains.shifts.models import TAKERS
from guanjia.domains.shifts.standards import MANNED
from guanjia.kernel.actors import Actor
from guanjia.parts.runsheets import operations as runsheets
from guanjia.parts.runsheets.models import RunStep
from guanjia.people import posts
from guanjia.people.models import Duty, Employee
from guanjia.people.presence import beside

from .history import Life, Teller, step

BEFORE_END, AFTER_START = timedelta(minutes=8), timedelta(minutes=4)
BOTH = OPENING, CLOSING = "SFT-04", "SFT-06"


def lives(teller: Teller, since: datetime, until: datetime) -> Iterator[tuple[datetime, Life]]:
    """Each handover of a span."""
    duties = _duties(teller, since, until + timedelta(days=1))
    for duty in duties:
        at = duty.to_at - BEFORE_END
        relief = _relief(duty, duties)
        if relief is not None and since <= at < until:
            yield at, _handed_over(teller, duty, relief, at)


def sheets(teller: Teller, since: datetime, until: datetime) -> Iterator[tuple[datetime, Life]]:
    """How each shift of a span began and how it was closed."""
    for duty in _duties(teller, since, until):
        for clause, at in ((OPENING, duty.from_at + AFTER_START), (CLOSING, duty.to_at)):
            if since <= at < min(until, teller.now):
                yield at, _gone_through(teller, duty, clause, at)


def tell_sheets(teller: Teller, since: datetime, until: datetime) -> None:
    """The same without a stretch of time around it."""
    for _at, life in sorted(sheets(teller, since, until), key=lambda one: one[0]):
        next(life)
        step(life)


def _duties(teller: Teller, since: datetime, until: datetime) -> list[Duty]:
    rows = Duty.objects.filter(
        project=teller.project, post__in=MANNED, to_at__gte=since, from_at__lt=until
    ).select_related("employee")  # fmt: skip
    return list(rows.order_by("from_at", "id"))


def _handed(duty: Duty) -> str:
    """The post that goes over with a shift: an assistant's is the desk."""
    return posts.RECEPTIONIST if duty.post == posts.CUSTOMER_ASSISTANT else duty.post


def _relief(duty: Duty, duties: list[Duty]) -> Employee | None:
    """Who is on when this shift ends, the one who came last."""
    takers = [
        one
        for one in duties
        if one.post in TAKERS[_handed(duty)]
        and one.employee_id != duty.employee_id
        and one.from_at <= duty.to_at < one.to_at
    ]
    return takers[-1].employee if takers else None


def _handed_over(teller: Teller, duty: Duty, relief: Employee, at: datetime) -> Life:
    yield at
    by: Actor = teller.staff(duty.employee, at)
    handover = shifts.begin(teller.project, by=by, post=_handed(duty))
    for one in queries.unsettled(handover, at):
        found = one.count if one.line.counted else None
        reason = "已当面说明，按时限接着办。" if one.urgent_ids else ""
        shifts.explain(handover, by=by, line=one.line.key, found=found, reason=reason)
    shifts.sign(handover, by=beside(by, relief))


def _gone_through(teller: Teller, duty: Duty, clause: str, at: datetime) -> Life:
    yield at
    by = teller.staff(duty.employee, at)
    sheet = runsheets.start(teller.project, by=by, clause=clause)
    for number in RunStep.objects.filter(project=teller.project, sheet=sheet).values_list("number", flat=True):
        runsheets.tick(sheet, by=by, number=number)
    runsheets.finish(sheet, by=by)
