"""Coming in, waiting, going out."""

from .coming import accept, receive_mail, turn_away
from .going import find_again, hand_over, hand_round, put_elsewhere, remind, report_missing, send_back
from .printing import print_consent, print_consent_form, print_label, print_record, print_register

__all__ = [
    "accept",
    "find_again",
    "hand_over",
    "hand_round",
    "print_consent",
    "print_consent_form",
    "print_label",
    "print_record",
    "print_register",
    "put_elsewhere",
    "receive_mail",
    "remind",
    "report_missing",
    "send_back",
    "turn_away",
]
