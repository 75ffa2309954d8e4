"""What is done with hazardous goods."""

from .anomalies import acknowledge, close, report
from .draws import correct_use, finish, hand_out, permit, take_back
from .supply import add_store, count, define, receive, revise_store, revise_substance, transfer, write_off

__all__ = [
    "acknowledge", "add_store", "close", "correct_use", "count", "define", "finish", "hand_out", "permit",
    "receive", "report", "revise_store", "revise_substance", "take_back", "transfer", "write_off",
]  # fmt: skip
