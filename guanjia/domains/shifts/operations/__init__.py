"""The verbs of this room."""

from .handovers import begin, call_off, explain, lock_up, print_handover, sign, take_up
from .log import log, print_log
from .passing import pass_on, read, remind, take_back
from .presence import come_back, go_out, permit_internet, print_outings
from .transfers import (
    begin_transfer,
    complete,
    drop,
    give_back,
    print_memo,
    print_offboard,
    sign_transfer,
    write_memo,
)

__all__ = [
    "begin", "begin_transfer", "call_off", "come_back", "complete", "drop", "explain", "give_back", "go_out",
    "lock_up", "log", "pass_on", "permit_internet", "print_handover", "print_log", "print_memo", "print_offboard",
    "print_outings", "read", "remind", "sign", "sign_transfer", "take_back", "take_up", "write_memo",
]  # fmt: skip
