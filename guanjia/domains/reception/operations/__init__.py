"""The verbs: calls, message slips, walk-ins, the counter's library."""

from .calls import (
    log,
    miss_again,
    note_call,
    owe_call_back,
    reply_call,
    ring_back,
    settle_call_back,
    show_number,
)
from .library import (
    enter_phone_cost,
    help_out,
    note_private_call,
    release_reply,
    retire_reply,
    revise_reply,
    write_reply,
)
from .slips import acknowledge, pass_on, take_message
from .walkins import complete, note_walk_in, receive, reply_walk_in, see_off

__all__ = [
    "acknowledge",
    "complete",
    "enter_phone_cost",
    "help_out",
    "log",
    "miss_again",
    "note_call",
    "note_private_call",
    "note_walk_in",
    "owe_call_back",
    "pass_on",
    "receive",
    "release_reply",
    "reply_call",
    "reply_walk_in",
    "retire_reply",
    "revise_reply",
    "ring_back",
    "see_off",
    "settle_call_back",
    "show_number",
    "take_message",
    "write_reply",
]
