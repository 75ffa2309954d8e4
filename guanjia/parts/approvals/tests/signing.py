"""How tests of other rooms get past an approval: as people do, with somebody else's signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor, system
from guanjia.kernel.outcomes import Refused, Stored
from guanjia.parts.approvals import operations, seats
from guanjia.parts.approvals.models import Approval, RuleChange
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee
from guanjia.places.models import Project


def stored(call: Callable[[], Any]) -> Approval:
    """The approval that a call became. Fails where it was performed at once."""
    try:
        done = call()
    except Stored as waits:
        return Approval.objects.select_related("project", "requester").get(pk=waits.thing.pk)
    raise AssertionError(f"performed at once: {done}")


def signer(employee: Employee, at: Any, *, pin: bool = True) -> Actor:
    """Somebody who has typed their PIN."""
    return staff_actor(employee, at, memo={operations.PROOF: "pin"} if pin else {})


def agree(approval: Approval, employee: Employee, at: Any = None, **more: Any) -> Approval:
    by = signer(employee, at or approval.asked_at, **more)
    operations.agree(approval, by=seats.as_signer(by, approval), words="")
    return Approval.objects.select_related("project", "requester").get(pk=approval.pk)


def switched_off(project: Project, *rule_ids: str) -> None:
    """The project decided that these rules do not hold."""
    for one in rule_ids:
        RuleChange.objects.create(
            project=project, rule_id=one, is_on=False, decided_at=timezone.now(), reason="试运行期间"
        )


def approved(call: Callable[[], Any]) -> Any:
    """What a call makes once everybody who has to has signed it."""
    approval = stored(call)
    while approval.is_open:
        approval = agree(approval, seats.people(approval, approval.asked_at)[0].employee)
    if approval.state != Approval.State.DONE:
        raise Refused("", approval.outcome)
    return subjects.get(approval.result_label, approval.result_id, system(approval.asked_at))
