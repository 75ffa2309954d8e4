"""What is the same for every kind of kept thing."""

from .counting import close_count, hand_over, mark, mark_rest, start_count
from .returning import explain, prolong, report_lost, settle_liability, take_back, take_part

__all__ = [
    "close_count",
    "explain",
    "hand_over",
    "mark",
    "mark_rest",
    "prolong",
    "report_lost",
    "settle_liability",
    "start_count",
    "take_back",
    "take_part",
]
