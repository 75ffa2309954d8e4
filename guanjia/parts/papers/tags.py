"""Tags: small labels to be cut out, each with a number and a code to scan."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime

import segno

from . import compiler


def tags(items: Iterable[Mapping[str, str]], *, heading: str, at: datetime) -> bytes:
    """A4 sheets of tags as PDF. An item has `number`, `code` (what scanning it gives) and `words`, which may be empty:
    what is not to be read by whoever finds the thing stays out."""
    data = {"heading": heading, "tags": [{**item, "qr": _drawn(item["code"])} for item in items]}
    return compiler.pdf("tags", data, at)


def _drawn(code: str) -> str:
    out = io.BytesIO()
    segno.make(code, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
