"""The verbs: passes, the gate, the watch list, what is kept no longer."""

from .gate import admit, admit_with_pass, arrive, clear, confirm, identify, leave, turn_away
from .keeping import forget
from .passes import issue, revoke
from .sharing import answer_word, share, share_guest
from .watching import lift, put_on_watch

__all__ = [
    "admit",
    "admit_with_pass",
    "answer_word",
    "arrive",
    "clear",
    "confirm",
    "forget",
    "identify",
    "issue",
    "leave",
    "lift",
    "put_on_watch",
    "revoke",
    "share",
    "share_guest",
    "turn_away",
]
