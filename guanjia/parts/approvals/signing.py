"""What desk and phone share: the approval of a page, one act on it, and what is said afterwards."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.web.doors import say

from . import operations, proofs, queries, seats
from .models import Approval

State = Approval.State


def found(request: Any, pk: int) -> Approval:
    """The approval, at whichever project, if this person may see it: reach comes with the seat."""
    one = queries.visible(request.actor).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def act(request: Any, approval: Approval, operation: Operation, key: str) -> Approval:
    """Perform a signature (or its refusal, or the withdrawal) as this person, with the proof they typed."""
    by = proofs.proved(request.actor, request.POST.get(proofs.FIELD, "")[:128], request.actor.at)
    operation.submit(approval, by=seats.as_signer(by, approval), data=request.POST, key=key[:80] or None)
    return Approval.objects.select_related("project", "requester").get(pk=approval.pk)


def key_of(request: Any) -> str:
    return str(request.POST.get("idempotency_key", ""))[:60]


def tell(request: Any, approval: Approval, operation: Operation) -> None:
    """One sentence about what came of it."""
    given = {"number": approval.number, "name": approval.requester.name}
    if operation is operations.withdraw:
        say(request, _("%(number)s is withdrawn. Nothing was changed.") % given)
    elif approval.state == State.REFUSED:
        say(request, _("Returned to %(name)s with your reason.") % given)
    elif approval.state == State.FAILED:
        words = _("Signed, but it could no longer be done: %(why)s") % {"why": approval.outcome}
        say(request, words, tone="warn")
    elif approval.state == State.DONE:
        say(request, _("Signed. %(number)s is approved and done.") % given)
    else:
        names = queries.names_of(approval, request.actor.at)
        say(request, _("Signed. It waits for %(names)s now.") % {"names": names})


def refused(form: Any, outcome: Refused) -> tuple[Any, str, str]:
    """The form with its refusals, what is said of the PIN, and what belongs to no field."""
    form.is_valid()
    pin, rest = "", []
    for name, lines in outcome.errors.items():
        if name == proofs.FIELD:
            pin = " ".join(str(line) for line in lines)
        elif name in form.fields:
            known = {str(line) for line in form.errors.get(name, [])}
            for line in lines:
                if str(line) not in known:
                    form.add_error(name, str(line))
        else:
            rest += [str(line) for line in lines]
    if isinstance(outcome, Conflict) and not rest:
        rest = [outcome.sentence]
    return form, pin, " ".join(rest)
