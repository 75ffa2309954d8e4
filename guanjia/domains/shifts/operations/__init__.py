"""The verbs of this room."""

from .attendance import (
    ask_leave,
    check_office,
    close_shift,
    expect,
    grant_leave,
    lapse,
    refuse_leave,
    withdraw_leave,
)
from .handovers import begin, call_off, explain, lock_up, sign, take_up
from .log import log
from .passing import pass_on, read, remind, take_back
from .presence import come_back, go_out, permit_internet
from .transfers import (
    begin_transfer,
    complete,
    drop,
    give_back,
    sign_transfer,
    write_memo,
)
from .weather import declare_weather, lift_weather, prolong_weather

__all__ = [
    "ask_leave", "begin", "begin_transfer", "call_off", "check_office", "close_shift", "come_back", "complete",
    "declare_weather", "drop", "expect", "explain", "give_back", "go_out", "grant_leave", "lapse", "lift_weather",
    "lock_up", "log", "pass_on", "permit_internet", "prolong_weather", "read", "refuse_leave", "remind", "sign",
    "sign_transfer", "take_back", "take_up", "withdraw_leave", "write_memo",
]  # fmt: skip
