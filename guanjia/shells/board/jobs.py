"""Nightly: codes that nobody entered are forgotten."""

from __future__ import annotations

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every

from . import pairing


@every("41 19 * * *", "board.forget_codes")
def forget_codes() -> None:
    """Delete the codes of yesterday."""
    pairing.sweep(system().at)
