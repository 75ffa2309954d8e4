"""Everybody notes, reads and says where they go; who is manned in turns hands over; who leads completes and allows."""

from guanjia.people import posts

from .models import TAKERS
from .models.attendance import DECIDERS
from .models.handovers import GIVERS
from .models.transfers import LEADS

STAFF = posts.EVERYONE - {posts.ADMINISTRATOR}
_GIVE = frozenset[str]().union(*GIVERS.values())
_TAKE = frozenset[str]().union(*TAKERS.values()) | _GIVE
_AUTHORS = posts.COUNTER | LEADS | {
    posts.SERVICE_LEAD, posts.CLEANING_LEAD, posts.STEWARD, posts.ENGINEERING_SUPERVISOR, posts.TECHNICIAN,
    posts.SECURITY_GUARD,
}  # fmt: skip

RIGHTS = {
    "shifts.log": STAFF,
    "shifts.print_log": STAFF,
    "shifts.begin": _GIVE,
    "shifts.explain": _GIVE,
    "shifts.sign": _TAKE,
    "shifts.lock_up": posts.COUNTER - {posts.CONTROL_ROOM},
    "shifts.take_up": posts.COUNTER,
    "shifts.call_off": _GIVE | posts.SUPERVISORS,
    "shifts.print_handover": _TAKE | LEADS,
    "shifts.pass_on": _AUTHORS,
    "shifts.read": STAFF,
    "shifts.remind": _AUTHORS,
    "shifts.take_back": _AUTHORS,
    "shifts.go_out": STAFF,
    "shifts.come_back": STAFF,
    "shifts.print_outings": LEADS,
    "shifts.permit_internet": posts.SUPERVISORS | {posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER},
    "shifts.close_shift": posts.EVERYONE,
    "shifts.ask_leave": posts.EVERYONE,
    "shifts.withdraw_leave": posts.EVERYONE,
    "shifts.print_leave": posts.EVERYONE,
    "shifts.grant_leave": DECIDERS,
    "shifts.refuse_leave": DECIDERS,
    "shifts.check_office": posts.EVERYONE,
    "shifts.print_attendance": DECIDERS | {posts.HR_OFFICER},
    "shifts.declare_weather": LEADS | {posts.DUTY_MANAGER, posts.SERVICE_SUPERVISOR},
    "shifts.prolong_weather": LEADS | {posts.DUTY_MANAGER, posts.SERVICE_SUPERVISOR},
    "shifts.lift_weather": LEADS | {posts.DUTY_MANAGER, posts.SERVICE_SUPERVISOR},
    "shifts.begin_transfer": STAFF,
    "shifts.write_memo": STAFF,
    "shifts.give_back": STAFF,
    "shifts.sign_transfer": STAFF,
    "shifts.complete": LEADS,
    "shifts.drop": LEADS,
    "shifts.print_memo": STAFF,
    "shifts.print_offboard": LEADS,
}
