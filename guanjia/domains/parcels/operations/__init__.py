"""Coming in, waiting, going out."""

from .coming import accept, receive_mail, turn_away
from .going import find_again, hand_over, hand_round, put_elsewhere, remind, report_missing, send_back

__all__ = [
    "accept",
    "find_again",
    "hand_over",
    "hand_round",
    "put_elsewhere",
    "receive_mail",
    "remind",
    "report_missing",
    "send_back",
    "turn_away",
]
