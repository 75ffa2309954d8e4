"""What crosses domains, all on one screen."""

from __future__ import annotations

from typing import Any

from guanjia.domains.archives import queries as archives
from guanjia.domains.archives.operations import note_gone
from guanjia.domains.cases.operations import answer, hand_on
from guanjia.domains.keys import queries as keys
from guanjia.domains.notices import telling as bulletins
from guanjia.domains.privacy.operations.erasure import carry_out
from guanjia.domains.reception import queries as reception
from guanjia.domains.reception.operations import miss_again, owe_call_back, settle_call_back
from guanjia.domains.repairs.operations import begin_round, dispatch, transfer
from guanjia.domains.shifts import holds
from guanjia.domains.shifts import telling as shifts
from guanjia.domains.training import hygiene
from guanjia.domains.training import posts as training
from guanjia.domains.visitors.operations import share_guest
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.kernel.operations import forecast, guard
from guanjia.kernel.reactions import later, now
from guanjia.parts.approvals import running
from guanjia.parts.approvals import telling as approvals
from guanjia.parts.casework import queries as casework
from guanjia.parts.outreach import telling
from guanjia.parts.runsheets import operations as runsheets
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.models import Employee

from .telling import TABLE


def bind() -> None:
    """Called once at start-up."""
    bind_now()
    bind_calls()
    bind_procedures()
    bind_later()
    # A room holds an act of another: nobody leaves the desk as it stands.
    guard(holds.stand_guard)
    forecast(holds.look_ahead)
    guard(training.stand_guard)  # the roster, where a project takes confirmed staff alone
    guard(hygiene.stand_guard)  # the roster: nobody on a post of food or hygiene without certificates


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

    @now("shifts.sign", does=["repairs.transfer"])
    def orders_change_hands(event: Event, handover: Any, by: Actor) -> None:
        """A technician whose shift ends leaves the open orders to who takes over, if that was said."""
        if event.given.get("moves_orders"):
            move_orders(handover.project, handover.giver_id, handover.receiver, by)

    @now("shifts.sign_transfer", does=["repairs.transfer", "cases.hand_on"])
    def all_goes_to_the_successor(event: Event, leaving: Any, by: Actor) -> None:
        """Who leaves a post leaves the open cases and orders to the successor."""
        for case in casework.owned_by(leaving.giver_id, leaving.project):
            hand_on(case, by=by, employee=leaving.receiver)
        move_orders(leaving.project, leaving.giver_id, leaving.receiver, by)


def move_orders(project: Any, giver_id: int, receiver: Employee, by: Actor) -> None:
    """Only a technician takes orders over; without one they stay, and dispatch sees them."""
    if posts.TECHNICIAN not in people.posts_held(receiver, project, by.at):
        return
    for case in casework.work_of(giver_id, project).order_by("id"):
        if case.is_repair and case.executor_id != receiver.pk and transfer.is_in_flow(case):
            transfer(case, by=by, executor=receiver, reason="交接班")


def bind_calls() -> None:
    """What follows from a missed call, and from the next one of the same number; in the same transaction."""

    @now("telephone.miss", does=["reception.owe_call_back", "reception.miss_again"])
    def ring_them_back(event: Event, call: Any, by: Actor) -> None:
        """Whoever was missed is rung back; a withheld number cannot be."""
        if call.number_hash and (owed := reception.open_call_back(call)) is not None:
            miss_again(owed, by=by)
        elif call.number_hash:
            owe_call_back(call, by=by)

    @now("telephone.answer", does=["reception.settle_call_back"])
    def they_rang_again(event: Event, call: Any, by: Actor) -> None:
        """Answered this time: nothing is owed any more."""
        if (owed := reception.open_call_back(call)) is not None:
            settle_call_back(owed, by=by)


def bind_procedures() -> None:
    """What is lost, broken or destroyed, or ends, starts what follows by the Book."""

    @now("shifts.close_shift", does=["runsheets.start"])
    def close_by_the_book(event: Event, duty: Any, by: Actor) -> None:
        """The closing of a shift is the run sheet of SFT-06, about this shift."""
        runsheets.start(duty.project, by=by, clause="SFT-06", label="duty", thing=duty.pk)

    @now("visitors.issue", does=["visitors.share_guest"])
    def security_expects_the_guest(event: Event, one: Any, by: Actor) -> None:
        """A pass for a guest of importance is told to security (ORG-16)."""
        if one.is_vip:
            share_guest(one, by=by)

    @now("keys.report_missing", "custody.report_lost", "custody.take_back", does=["runsheets.start"])
    def a_key_is_lost_or_broken(event: Event, thing: Any, by: Actor) -> None:
        """The procedure of KEY-20 starts by itself."""
        key = keys.trouble_with(thing)
        if key is not None:
            runsheets.start(key.project, by=by, clause="KEY-20", label="key", thing=key.pk)

    @now("archives.destroy", does=["archives.note_gone"])
    def the_lists_have_to_follow(event: Event, destruction: Any, by: Actor) -> None:
        """Each file that lost a document owes its paper list (ARC-08)."""
        for file in archives.files_of(destruction):
            note_gone(file, by=by)


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

    @later("shifts.pass_on", "shifts.remind", name="shifts.tell_readers")
    def tell_readers(event: Event) -> None:
        """Who must read something and has not."""
        shifts.tell_readers(event)

    @later("privacy.let_go", name="privacy.erase_left")
    def erase_left(event: Event) -> None:
        """A decision over many is carried out one person at a time."""
        carry_out(event)

    @later("notices.publish", "notices.take_down", name="notices.tell_residents")
    def tell_residents(event: Event) -> None:
        """Whoever lives in the buildings that a notice is for."""
        bulletins.tell_residents(event)

    @later("clocks.escalate", name="outreach.tell_step")
    def tell_step(event: Event) -> None:
        """Whom the clause names for this step of its ladder."""
        telling.tell_step(event)
