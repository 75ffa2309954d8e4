"""Who is told about an approval: whoever may sign next, and the requester of either outcome."""

from __future__ import annotations

from collections.abc import Iterable

from guanjia.kernel.models import Event
from guanjia.parts.outreach.telling import give

from . import seats
from .models import Approval, Signature

# Event → what the requester is told.
OUTCOMES = {
    "approvals.refuse": "not_approved",
    "approvals.carry_out": "approved",
    "approvals.give_up": "not_possible",
    "approvals.expire": "lapsed",
}
# Event → what those who may sign now are told.
CALLS = {"approvals.ask": "to_sign", "approvals.agree": "to_sign", "approvals.escalate": "sign_late"}
TOLD = (*OUTCOMES, *CALLS, "approvals.withdraw")


def tell(event: Event) -> None:
    """Called by the queue, once for an event."""
    rows = Approval.objects.filter(project_id=event.project_id, pk=event.subject_id)
    approval = rows.select_related("project", "requester").first()
    if approval is None:
        return
    if event.name in OUTCOMES:
        _give(approval, OUTCOMES[event.name], event, {approval.requester_id: approval.project_id})
    if event.name in CALLS and approval.is_open:
        _give(approval, CALLS[event.name], event, _signers(approval, event))
    if event.name == "approvals.withdraw":
        _give(approval, "called_off", event, _signed(approval))


def _signers(approval: Approval, event: Event) -> dict[int, int]:
    """Employee → the project in whose frame they are told: where their seat stands."""
    found = {}
    for one in seats.people(approval, event.at):
        found[one.employee.pk] = seats.post_of(one.seat)[1] or approval.project_id
    return found


def _signed(approval: Approval) -> dict[int, int]:
    rows: Iterable[tuple[int, str]] = Signature.objects.filter(
        project_id=approval.project_id, approval=approval
    ).values_list("employee_id", "seat")
    return {employee: seats.post_of(key)[1] or approval.project_id for employee, key in rows}


def _give(approval: Approval, kind: str, event: Event, people: dict[int, int]) -> None:
    """Notices stand in the project where their reader holds a post."""
    for project_id in sorted(set(people.values())):
        give(
            project_id, kind, f"event:{event.pk}", staff=sorted(e for e, p in people.items() if p == project_id),
            subject=("approval", approval.pk), at=event.at, params={"number": approval.number},
        )  # fmt: skip
