"""What crosses domains, all on one screen."""

from __future__ import annotations

from typing import Any

from guanjia.domains.cases.operations import answer
from guanjia.domains.privacy.operations.erasure import carry_out
from guanjia.domains.repairs.operations import begin_round, dispatch
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.kernel.reactions import later, now
from guanjia.parts.approvals import running
from guanjia.parts.approvals import telling as approvals
from guanjia.parts.outreach import telling

from .telling import TABLE


def bind() -> None:
    """Called once at start-up."""
    bind_now()
    bind_later()


def bind_now() -> None:
    """In the same transaction."""

    @now("repairs.record", does=["repairs.dispatch"])
    def send_at_once(event: Event, case: Any, by: Actor) -> None:
        """“Record and dispatch”: the technician that was named at intake."""
        if case.executor_id:
            dispatch(case, by=by, executor=case.executor)

    @now("cases.record_enquiry", does=["cases.answer"])
    def answer_at_once(event: Event, case: Any, by: Actor) -> None:
        """A question whose reply was known on the spot."""
        reply = case.enquiries.values_list("reply", flat=True).get()
        if reply:
            answer(case, by=by, reply=reply)

    @now("cases.reopen", does=["repairs.begin_round"])
    def start_over(event: Event, case: Any, by: Actor) -> None:
        """A reopened repair begins another round."""
        if case.is_repair:
            begin_round(case, by=by)

    @now("approvals.agree", does=["approvals.carry_out", "approvals.give_up"])
    def perform_what_is_signed(event: Event, approval: Any, by: Actor) -> None:
        """With the last signature the stored call runs as whoever asked."""
        running.settle(event, approval, by)


def bind_later() -> None:
    """By the worker."""

    @later(*approvals.TOLD, name="approvals.tell")
    def tell_signers(event: Event) -> None:
        """Who has to sign next, and whoever asked of the outcome."""
        approvals.tell(event)

    @later(*TABLE, name="outreach.tell")
    def tell(event: Event) -> None:
        """Whom `config/telling.py` names."""
        telling.tell(event, TABLE[event.name])

    @later("privacy.let_go", name="privacy.erase_left")
    def erase_left(event: Event) -> None:
        """A decision over many is carried out one person at a time."""
        carry_out(event)

    @later("clocks.escalate", name="outreach.tell_step")
    def tell_step(event: Event) -> None:
        """Whom the clause names for this step of its ladder."""
        telling.tell_step(event)
