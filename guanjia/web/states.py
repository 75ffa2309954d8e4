"""The marks of states: shape + colour + word, always together. A room registers its own states when it loads."""

from __future__ import annotations

from collections.abc import Mapping
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
# Marks of common states for rooms that register none; a room's own mark of the same id comes first.
COMMON: dict[str, Mark] = {
    "to_dispatch": Mark("dashed", "neutral", _("To dispatch")),
    "to_accept": Mark("ring", "brand", _("To accept")),
    "in_progress": Mark("half", "brand", _("In progress")),
    "on_hold": Mark("hold", "pause", _("On hold")),
    "to_confirm": Mark("most", "info", _("To confirm")),
    "to_follow_up": Mark("most", "info", _("Follow-up")),
    "to_approve": Mark("hand", "warn", _("To approve")),
    "finished": Mark("tick", "ok", _("Done"), ended=True),
    "done": Mark("tick", "ok", _("Done"), ended=True),
    "cancelled": Mark("cross", "neutral", _("Cancelled"), ended=True),
}


def register(state: str, shape: str, tone: str, word: Any, *, ended: bool = False) -> None:
    """Give a state its mark. Two rooms that give the same id different marks is a mistake, said at start-up.

    Their words may differ (a parcel 已领取, a thing left 已领完): a page takes the word from the record (`word=`).
    """
    if shape not in SHAPES or tone not in TONES:
        raise ValueError(f"no such shape or tone: {shape}, {tone}")
    known = _MARKS.setdefault(state, Mark(shape, tone, word, ended))
    if (known.shape, known.tone, known.ended) != (shape, tone, ended):
        raise ValueError(f"the state {state!r} already has another mark")


def mark(table: Mapping[Any, str]) -> None:
    """The marks of a room's states, in their own words: `{State.KEPT: "hand warn", State.GONE: "tick ok ended"}`."""
    for state, said in table.items():
        shape, tone, *rest = said.split()
        if rest not in ([], ["ended"]):
            raise ValueError(f"a mark is a shape, a tone and perhaps 'ended': {said!r}")
        register(state, shape, tone, state.label, ended=bool(rest))


def mark_of(state: object) -> Mark:
    """The mark of a state; an unknown one shows a dash, so that a page never fails over a word."""
    name = str(getattr(state, "value", state))
    return _MARKS.get(name) or COMMON.get(name, UNKNOWN)
