"""Notices to be put up: one sentence, one code to scan."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import segno

from . import compiler


def poster(title: str, *, heading: str, lines: Iterable[str], address: str, hotline: str, at: datetime) -> bytes:
    """An A4 page as PDF; the code is drawn by ourselves and holds nothing but the address."""
    drawn = io.BytesIO()
    segno.make(address, error="h").save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    data = {
        "title": title, "heading": heading, "lines": list(lines), "address": address, "hotline": hotline,
        "qr": drawn.getvalue().decode(),
    }  # fmt: skip
    return compiler.pdf("poster", data, at)
