"""Labels for what is kept: 60 × 40 mm, one code to scan, a few lines to read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import segno

from . import compiler


def label(*, code: str, heading: str, lines: Iterable[str], at: datetime) -> bytes:
    """One label as PDF; the code stands in digits too, for the day the scanner is broken."""
    drawn = io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    data = {"code": code, "heading": heading, "lines": [one for one in lines if one], "qr": drawn.getvalue().decode()}
    return compiler.pdf("label", data, at)
