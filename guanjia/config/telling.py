"""Who is told what: event → what is said to whom. The words of each kind stand in `parts/outreach/kinds.py`."""

from __future__ import annotations

from guanjia.domains.parcels.models import Parcel
from guanjia.domains.reception.models import Call, WalkIn
from guanjia.domains.visitors.models import SharedWord, Visitor, Watch
from guanjia.parts.casework.models import Case
from guanjia.parts.outreach.queries import EXECUTOR, EXECUTOR_BEFORE, OBSERVERS, OWNER, REPORTER, on_duty
from guanjia.parts.outreach.telling import Tell
from guanjia.people import posts

DISPATCHERS = (on_duty(posts.SERVICE_SUPERVISOR), on_duty(posts.ENGINEERING_SUPERVISOR))
ALARMED = (on_duty(posts.CONTROL_ROOM), on_duty(posts.ENGINEERING_SUPERVISOR))


def is_emergency(case: Case) -> bool:
    """Somebody has to move now."""
    return case.is_emergency


def is_input(thing: Call | WalkIn) -> bool:
    """The supervisor has to know of it (DESK-18)."""
    return thing.is_input


def is_watched(visitor: Visitor) -> bool:
    """The watch list knows them, and nobody has decided yet that they may pass."""
    return visitor.watch is not None and (visitor.is_stopped or visitor.watch.level == Watch.Level.CALL)


def has_a_code(parcel: Parcel) -> bool:
    """Waits for a signature; ordinary letters go into the letterbox without a word."""
    return bool(parcel.code)


def is_for_security(word: SharedWord) -> bool:
    """Service has told security something."""
    return word.to_side == SharedWord.Side.SECURITY


def is_for_service(word: SharedWord) -> bool:
    """Security has told service something."""
    return word.to_side == SharedWord.Side.SERVICE


SHARED = (
    Tell(
        "shared", (on_duty(posts.SECURITY_MANAGER), on_duty(posts.CONTROL_ROOM), on_duty(posts.SECURITY_GUARD)),
        only=is_for_security,
    ),
    Tell("shared", (on_duty(posts.SERVICE_SUPERVISOR), on_duty(posts.RECEPTIONIST)), only=is_for_service),
)  # fmt: skip
WATCH_HIT = Tell("watch_hit", (on_duty(posts.SECURITY_MANAGER), on_duty(posts.CONTROL_ROOM)), only=is_watched)
SENT = (Tell("dispatched", (EXECUTOR,)), Tell("on_the_way", (REPORTER,)))
HERE = (Tell("parcel_here", (REPORTER,), only=has_a_code),)
ALARM = Tell("emergency", ALARMED, only=is_emergency)

TABLE: dict[str, tuple[Tell, ...]] = {
    "notices.draft": (Tell("to_review", (on_duty(posts.SERVICE_SUPERVISOR),)),),
    "repairs.record": (ALARM, Tell("watched", (OBSERVERS,))),
    "repairs.dispatch": SENT,
    "repairs.transfer": (Tell("dispatched", (EXECUTOR,)), Tell("moved_away", (EXECUTOR_BEFORE,))),
    "repairs.send_back": (Tell("sent_back", (OWNER, *DISPATCHERS)),),
    "repairs.ask_rework": (Tell("not_fixed", (OWNER, *DISPATCHERS)),),
    "repairs.finish": (Tell("done", (OWNER,)), Tell("ready", (REPORTER,))),
    "cases.chase": (Tell("chased", (EXECUTOR, OWNER)),),
    "cases.change_urgency": (ALARM,),
    "reception.take_message": (Tell("message_left", (EXECUTOR,)),),
    "reception.log": (Tell("customer_said", (on_duty(posts.SERVICE_SUPERVISOR),), only=is_input),),
    "reception.complete": (Tell("customer_said", (on_duty(posts.SERVICE_SUPERVISOR),), only=is_input),),
    "reception.owe_call_back": (Tell("call_missed", (on_duty(posts.RECEPTIONIST),)),),
    "organization.call_steward": (Tell("called_to_spot", (EXECUTOR,)),),
    "cases.send_to_cleaning": (Tell("cleaning_asked", (on_duty(posts.CLEANING_LEAD),)),),
    "cases.answer_cleaning": (Tell("cleaning_answered", (OWNER,)),),
    "visitors.share": SHARED,
    "visitors.share_guest": SHARED,
    "visitors.answer_word": (Tell("shared_answered", (EXECUTOR,)),),
    "visitors.arrive": (WATCH_HIT,),
    "visitors.identify": (WATCH_HIT,),
    "visitors.admit": (Tell("visitor_in", (REPORTER,)),),
    "visitors.admit_with_pass": (WATCH_HIT, Tell("visitor_in", (REPORTER,))),
    "lostfound.report_loss": (Tell("loss_reported", (on_duty(posts.RECEPTIONIST), on_duty(posts.CONTROL_ROOM))),),
    "lostfound.match": (Tell("loss_back", (REPORTER,)),),
    "lostfound.give_up": (Tell("loss_answered", (REPORTER,)),),
    "hazmat.report": (Tell("hazmat_anomaly", (on_duty(posts.SERVICE_LEAD), on_duty(posts.SERVICE_SUPERVISOR))),),
    "cases.record_enquiry": (Tell("watched", (OBSERVERS,)),),
    "parcels.accept": HERE,
    "parcels.receive_mail": HERE,
    "parcels.remind": (Tell("parcel_waits", (REPORTER,), only=has_a_code),),
    "parcels.hand_over": (Tell("parcel_gone", (REPORTER,)),),
    "parcels.send_back": (Tell("parcel_back", (REPORTER,)),),
    "parcels.turn_away": (Tell("parcel_refused", (REPORTER,)),),
}
