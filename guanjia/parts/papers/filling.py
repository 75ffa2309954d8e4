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

# These take the whole width; a long answer needs lines to write on.
BLOCKS = {"text": 2, "list": 3, "photo": 2, "file": 1}
MOST_BOXES = 6  # a longer enumeration is written out instead of ticked
TICKED = frozenset({"bool"})
# A field of this name says no more than the lines of those who sign the form.
PLAIN = frozenset({"签名", "双方签字"})


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
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, (date, time)):
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else f"{value:%H:%M}"
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


def signatures(
    form: book.Form, signed: Mapping[str, Any], zone: ZoneInfo, above: Iterable[Field] = ()
) -> list[dict[str, Any]]:
    """One line a signer, in signing order, save who stands `above` in each row; what is not signed stays open for the
    pen.

    `signed` maps a role (or the key of a signature field) to (name, moment) or (name, moment, PNG).
    """
    said_twice = {f.key for f in form.fields if f.type == "signature" and f.name in PLAIN} if form.signatures else set()
    lines = [(key, label) for key, label, _role in lines_to_sign(form) if key not in said_twice or signed.get(key)]
    named = {field.key for field in above}
    return [{"label": label, **_signed(signed.get(key), zone)} for key, label in lines if key not in named]


def lines_to_sign(form: book.Form) -> list[tuple[str, str, str]]:
    """(key, label, role) of each line that waits for a name; a signature field of the form has no role."""
    lines = [(field.key, field.name, "") for field in form.fields if field.type == "signature"]
    if len(lines) == len(form.signatures) and len({*form.signatures}) == 1 and lines[1:]:
        return lines  # two of one post, whom the fields tell apart: 交班签字, 接班签字
    for number, role in enumerate(form.signatures):
        again = form.signatures.count(role) > 1
        lines.append((f"{role}:{form.signatures[:number].count(role) + 1}" if again else role, _signer(role), role))
    return lines


def _signer(role: str) -> str:
    """The role's first name: 客服主管（客服主任、客务主管） signs as 客服主管; whoever of the staff, 员工."""
    if role == "all_staff":
        return "员工签名"
    return book.role(role).zh.partition("（")[0] + "签名"


def _signed(value: Any, zone: ZoneInfo) -> dict[str, Any]:
    if not value:
        return {"name": "", "on": "", "image": []}
    name, at, *picture = value
    return {
        "name": str(name),
        "on": f"{at.astimezone(zone):%Y-%m-%d}" if at else "",
        "image": list(picture[0]) if picture and picture[0] else [],
    }


def columns(form: book.Form, wanted: Iterable[str] = (), given: Iterable[str] = ()) -> list[Field]:
    """The columns of a register: those named, otherwise all, but of the signatures only those that the rows give."""
    keys, said = list(wanted), set(given)
    fields = [field for field in form.fields if field.type != "signature" or field.key in said]
    return [field for field in fields if field.key in keys] if keys else fields
