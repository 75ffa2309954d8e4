"""The verbs of this room."""

from .certificates import (
    change_clothes,
    register_certificate,
    renew_certificate,
    strike_certificate,
)
from .courses import attend, call_off_course, close_course, give, give_course, plan_course
from .exams import (
    begin,
    call_off_exam,
    confirm_result,
    hand_in,
    hold_exam,
    miss,
    run_out,
)
from .handbook import check_handbook, note_change, update_handbook, write_handbook
from .posts import confirm_in_post, demand_confirmation, end_demand
from .questions import renew_question, withdraw_question, write_question

__all__ = [
    "attend", "begin", "call_off_course", "call_off_exam", "change_clothes", "check_handbook", "close_course",
    "confirm_in_post", "confirm_result", "demand_confirmation", "end_demand", "give", "give_course", "hand_in",
    "hold_exam", "miss", "note_change", "plan_course", "register_certificate", "renew_certificate",
    "renew_question", "run_out", "strike_certificate", "update_handbook", "withdraw_question", "write_handbook",
    "write_question",
]  # fmt: skip
