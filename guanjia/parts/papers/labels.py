"""Labels for what is kept: 60 × 40 mm, one code to scan, a few lines to read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import segno

from . import compiler

MOST_LINES, MOST_WIDE = 3, 38  # a Chinese character is two wide


def _cut(line: str) -> str:
    """As much of a line as the label holds: the record has it whole."""
    wide = [1 if character.isascii() else 2 for character in line]
    if sum(wide) <= MOST_WIDE:
        return line
    return line[: next(n for n in range(len(line)) if sum(wide[: n + 1]) > MOST_WIDE - 2)] + "…"


def label(*, code: str, heading: str, lines: Iterable[str], at: datetime) -> bytes:
    """One label as PDF; the code stands in digits too, for the day the scanner is broken."""
    drawn = io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    shown = [_cut(one) for one in lines if one][:MOST_LINES]
    data = {"code": code, "heading": heading, "lines": shown, "qr": drawn.getvalue().decode()}
    return compiler.pdf("label", data, at)
