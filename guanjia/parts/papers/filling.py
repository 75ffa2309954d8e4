"""From a form of the Book and values to the rows of a sheet: what stands beside what, and how a value is
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guanjia import book
from guanjia.book import Field

from . import signing

# These take the whole width; a long answer needs lines to write on.
BLOCKS = {"text": 2, "list": 3, "photo": 2, "file": 1}
DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
MOST_BOXES = 6  # a longer enumeration is written out instead of ticked
TICKED = frozenset({"bool"})
NARROW = TICKED | {"int", "decimal"}


def rows(form: book.Form, values: Mapping[str, Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Short fields two by two in the printed order, long ones in a block of their own."""
    made: list[dict[str, Any]] = []
    pair: list[dict[str, Any]] = []
    for field in form.fields:
        if field.type == "signature":
            continue
        shown = cell(field, values.get(field.key), zone)
        if field.type in BLOCKS or len(shown.get("boxes", ())) > 3:
            if pair:
                made.append({"kind": "pair", "cells": pair})
                pair = []
            made.append({"kind": "block", "cells": [shown], "lines": BLOCKS.get(field.type, 1)})
            continue
        pair.append(shown)
        if len(pair) == 2:
            made.append({"kind": "pair", "cells": pair})
            pair = []
    if pair:
        made.append({"kind": "pair", "cells": pair})
    return made


def cell(field: Field, value: Any, zone: ZoneInfo) -> dict[str, Any]:
    """A label with its value, or with boxes to tick."""
    shown: dict[str, Any] = {"label": field.name, "value": "", "required": field.is_required}
    if field.enum and len(book.enum(field.enum)) <= MOST_BOXES:
        picked = value if isinstance(value, (list, tuple, set)) else [value]
        shown["boxes"] = [{"label": zh, "on": key in picked} for key, zh, _en in book.enum(field.enum)]
    elif field.type in TICKED:
        shown["boxes"] = [{"label": "是", "on": value is True}, {"label": "否", "on": value is False}]
    else:
        shown["value"] = written(field, value, zone)
    return shown


def written(field: Field, value: Any, zone: ZoneInfo) -> str:
    """A value as the form writes it: 2026-03-18 10:24, ¥ 1,286.40 from fen, the words of an enumeration."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):  # in the line of a register; a form of its own has boxes
        return "是" if value else "否"
    if field.enum:
        names = {key: zh for key, zh, _en in book.enum(field.enum)}
        picked = value if isinstance(value, (list, tuple, set)) else [value]
        return "、".join(names.get(str(key), str(key)) for key in picked)
    if field.type == "money":
        return _yuan(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):{DAY if field.type == 'date' else MOMENT}}"
    if isinstance(value, (date, time)):
        return f"{value:{DAY}}" if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, (list, tuple)):
        return "\n".join(f"{n}. {item}" for n, item in enumerate(value, 1))
    if isinstance(value, (int, Decimal, str)):
        return str(value)
    return str(value)


def _yuan(fen: Any) -> str:
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise TypeError("money is an integer of fen")
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥ {whole:,}.{part:02d}"


def columns(form: book.Form, wanted: Iterable[str] = ()) -> list[Field]:
    """The columns of a register: those named, otherwise all; whoever signs each row has one too."""
    keys = list(wanted)
    fields = [*form.fields, *signing.strangers(form)]
    return [field for field in fields if field.key in keys] if keys else fields


def entry_cell(field: Field, value: Any, zone: ZoneInfo) -> dict[str, Any]:
    """What stands in a row of a register: words, or the strokes of who signed it (name, moment, PNG)."""
    if isinstance(value, tuple):
        name, _at, *picture = value
        return {"text": str(name), "image": list(picture[0]) if picture and picture[0] else []}
    return {"text": written(field, value, zone), "image": []}


def weight(field: Field) -> float:
    """How wide a column is beside the others: long words get room, a number little, and no heading is torn apart."""
    usual = 2.4 if field.type in BLOCKS and field.type != "photo" else 0.7 if field.type in NARROW else 1.0
    return max(usual, round(0.22 * len(field.name), 2))
