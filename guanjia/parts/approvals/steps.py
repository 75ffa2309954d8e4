"""The steps of an approval: which is open, whether it has its signatures, which seats come next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.durations import parse_duration
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Employee
from guanjia.places.models import Project

from . import rules, seats
from .models import Approval, Signature


def span(text: str) -> timedelta:
    duration = parse_duration(text)
    return timedelta(days=duration.days, seconds=duration.seconds)


def deadline(frozen: dict[str, Any], step: int, at: datetime) -> datetime:
    """When the open step is due; of parallel steps the first."""
    open_now = frozen["steps"] if frozen["order"] == rules.PARALLEL else [frozen["steps"][step]]
    return min(at + span(one["within"]) for one in open_now)


def opened(
    frozen: dict[str, Any], which: list[int], project: Project, requester: Employee, out: set[int], at: datetime
) -> list[str]:
    """The seats of these steps, with somebody on each; empty where nobody is left for one of them."""
    found: list[str] = []
    for number in which:
        keys = seats.filled(seats.of_step(frozen["steps"][number], project, requester, at), project, out, at)
        if not keys:
            return []
        found += keys
    return list(dict.fromkeys(found))


def first(frozen: dict[str, Any]) -> list[int]:
    """The steps that are open at the beginning."""
    return list(range(len(frozen["steps"]))) if frozen["order"] == rules.PARALLEL else [0]


def lacking(approval: Approval, at: datetime) -> list[int]:
    """The open steps that still want a signature."""
    agreed: dict[int, set[int]] = {}
    for step, employee in Signature.objects.filter(
        project_id=approval.project_id, approval=approval, agrees=True
    ).values_list("step", "employee_id"):
        agreed.setdefault(step, set()).add(employee)
    return [n for n in range(len(approval.steps)) if not _is_complete(approval, n, agreed, at)]


def _is_complete(approval: Approval, number: int, agreed: dict[int, set[int]], at: datetime) -> bool:
    step, mine = approval.steps[number], agreed.get(number, set())
    if step["need"] != "all":
        return len(mine) >= int(step["need"])
    keys = seats.of_step(step, approval.project, approval.requester, at)
    everybody = {one for names in agreed.values() for one in names}
    # Cover counts for whom it covers: the holders are asked, not everybody who might.
    wanted = {
        one.employee.pk if one.stands_for is None else one.stands_for.pk for one in seats.on(keys, approval.barred, at)
    }
    stood_for = set(
        Signature.objects.filter(project_id=approval.project_id, approval=approval, stands_for__isnull=False)
        .values_list("stands_for_id", flat=True)
    )  # fmt: skip
    return bool(mine) and not wanted - everybody - stood_for


def step_of(approval: Approval, key: str, at: datetime) -> int:
    """The step that a signature from this seat counts for."""
    open_now = lacking(approval, at)
    if approval.rule["order"] == rules.PARALLEL:
        for number in open_now:
            if key in seats.of_step(approval.steps[number], approval.project, approval.requester, at):
                return number
    return open_now[0] if open_now else approval.step


def advance(approval: Approval, at: datetime) -> None:
    """After a signature: the next step's seats; none are left when all steps have their signatures."""
    left = lacking(approval, at)
    if not left:
        approval.seats = []
        return
    which = left if approval.rule["order"] == rules.PARALLEL else left[:1]
    if approval.rule["order"] != rules.PARALLEL and which[0] == approval.step:
        return  # another signature of the same step
    keys = opened(approval.rule, which, approval.project, approval.requester, _out(approval), at)
    if not keys:
        raise Refused("", _("Nobody is left who could sign the next step: whoever might is concerned or has signed."))
    if which[0] != approval.step:
        approval.step, approval.level = which[0], 0
        approval.due_at = deadline(approval.rule, approval.step, at)
    approval.seats = keys


def climb(approval: Approval, at: datetime) -> None:
    """Who comes after the deadline may sign too; those above, where nobody sits any more."""
    step = approval.steps[min(approval.step, len(approval.steps) - 1)]
    after = seats.of_posts(step["then"], approval.project)
    keys = seats.filled([*approval.seats, *after], approval.project, _out(approval), at) or list(approval.seats)
    approval.seats = list(dict.fromkeys(keys))
    approval.level = min(approval.level + 1, 100)
    if approval.due_at <= at:
        # It stays late for whoever was to sign; the sweep has done what it can.
        approval.due_at = approval.expires_at


def _out(approval: Approval) -> set[int]:
    signed = Signature.objects.filter(project_id=approval.project_id, approval=approval)
    return {*approval.barred, *signed.values_list("employee_id", flat=True)}
