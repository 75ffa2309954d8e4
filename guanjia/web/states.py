"""The marks of states: shape + colour + word, always together. A room registers its own states when it loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SHAPES = frozenset({"dashed", "ring", "half", "hold", "most", "hand", "tick", "cross", "late", "none"})
TONES = frozenset({"neutral", "brand", "ok", "warn", "danger", "pause", "info"})


@dataclass(frozen=True)
class Mark:
    shape: str
    tone: str
    word: Any
    ended: bool = False


_MARKS: dict[str, Mark] = {}
UNKNOWN = Mark("none", "neutral", "")


def register(state: str, shape: str, tone: str, word: Any, *, ended: bool = False) -> None:
    """Give a state its mark. The same state registered twice with another mark is a mistake, said at start-up."""
    if shape not in SHAPES or tone not in TONES:
        raise ValueError(f"no such shape or tone: {shape}, {tone}")
    mark = Mark(shape, tone, word, ended)
    known = _MARKS.setdefault(state, mark)
    if (known.shape, known.tone, str(known.word)) != (shape, tone, str(word)):
        raise ValueError(f"the state {state!r} already has another mark")


def mark_of(state: object) -> Mark:
    """The mark of a state; an unknown one shows a dash, so that a page never fails over a word."""
    return _MARKS.get(str(getattr(state, "value", state)), UNKNOWN)


for _state, _shape, _tone, _word, _ended in (
    ("to_dispatch", "dashed", "neutral", _("To dispatch"), False),
    ("to_accept", "ring", "brand", _("To accept"), False),
    ("in_progress", "half", "brand", _("In progress"), False),
    ("on_hold", "hold", "pause", _("On hold"), False),
    ("to_confirm", "most", "info", _("To confirm"), False),
    ("to_follow_up", "most", "info", _("Follow-up"), False),
    ("to_approve", "hand", "warn", _("To approve"), False),
    ("done", "tick", "ok", _("Done"), True),
    ("cancelled", "cross", "neutral", _("Cancelled"), True),
):
    register(_state, _shape, _tone, _word, ended=_ended)
