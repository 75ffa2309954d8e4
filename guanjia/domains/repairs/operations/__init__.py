"""The verbs of a repair, in the order of its life."""

from .confirming import ask_rework, begin_round, confirm, confirm_unreached, note_failed_contact
from .dispatching import accept, dispatch, grab, record, send_back, transfer
from .ringing import ring
from .working import (
    agree_completion,
    agree_visit,
    arrive,
    consent_quote,
    finish,
    pause,
    quote,
    resume,
    take_back_material,
    use_material,
)

__all__ = [
    "accept", "agree_completion", "agree_visit", "arrive", "ask_rework", "begin_round", "confirm", "confirm_unreached",
    "consent_quote",
    "dispatch", "finish", "grab", "note_failed_contact", "pause", "quote", "record", "resume",
    "ring", "send_back", "take_back_material", "transfer", "use_material",
]  # fmt: skip
