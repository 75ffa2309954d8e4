"""Printing an official form: `render` one, `register` many."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import segno

from guanjia import book

from . import compiler, filling

MOST_ROWS = 2000


class UnknownField(ValueError):
    """A value for a field that the form does not have: a mistake in the caller, refused before anything is
    printed."""


def render(
    form_id: str,
    values: Mapping[str, Any] | None = None,
    *,
    blank: bool = False,
    printed_by: str,
    at: datetime,
    heading: str = "",
    number: str = "",
    seal: str = "",
    address: str = "",
    signed: Mapping[str, Any] | None = None,
    zone: str = "Asia/Shanghai",
) -> bytes:
    """One form as PDF. `address` is where the record is found and becomes the QR; `signed` holds names,
    moments, strokes."""
    form = book.form(form_id)
    values = {} if blank else dict(values or {})
    _check(form, values)
    tz = ZoneInfo(zone)
    data = _frame(form, printed_by, at.astimezone(tz), heading, number, seal, address) | {
        "rows": filling.rows(form, values, tz),
        "signatures": filling.signatures(form, {} if blank else (signed or {}), tz),
    }
    return compiler.pdf("form", data, at)


def register(
    form_id: str,
    entries: Iterable[Mapping[str, Any]],
    *,
    printed_by: str,
    at: datetime,
    heading: str = "",
    number: str = "",
    period: str = "",
    columns: Iterable[str] = (),
    empty_rows: int = 0,
    seal: str = "",
    zone: str = "Asia/Shanghai",
) -> bytes:
    """Many entries of a register as a table, landscape: those of a `period`, or those of one matter with its `number`;
    `empty_rows` leaves lines for the pen."""
    form = book.form(form_id)
    tz = ZoneInfo(zone)
    given = list(islice(entries, MOST_ROWS + 1))
    if len(given) > MOST_ROWS:
        raise ValueError(f"a printed register has at most {MOST_ROWS} rows; choose a shorter period")
    for entry in given:
        _check(form, entry)
    fields = filling.columns(form, columns, {key for entry in given for key in entry})
    rows = [[filling.written(field, entry.get(field.key), tz) for field in fields] for entry in given]
    rows += [[""] * len(fields) for _ in range(empty_rows)]
    data = _frame(form, printed_by, at.astimezone(tz), heading, number, seal, "") | {
        "period": period,
        "columns": [{"label": f.name, "wide": f.type in filling.BLOCKS} for f in fields],
        "rows": [[str(n), *row] for n, row in enumerate(rows, 1)],
        "signatures": filling.signatures(form, {}, tz, above=[field for field in fields if field.type == "signature"]),
    }
    return compiler.pdf("register", data, at)


def _check(form: book.Form, values: Mapping[str, Any]) -> None:
    strangers = set(values) - {field.key for field in form.fields}
    if strangers:
        raise UnknownField(f"{form.id} has no field {', '.join(sorted(strangers))}")


def _frame(
    form: book.Form, printed_by: str, at: datetime, heading: str, number: str, seal: str, address: str
) -> dict[str, Any]:
    return {
        "title": form.name,
        "id": form.id,
        "heading": heading,
        "number": number,
        "period": "",
        "seal": seal,
        "clauses": list(form.clauses),
        "printed_by": printed_by,
        "printed_at": f"{at:%Y-%m-%d %H:%M}",
        "qr": _qr(address) if address else "",
    }


def _qr(address: str) -> str:
    """The address of the record as an SVG, drawn by ourselves: nothing is fetched."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
