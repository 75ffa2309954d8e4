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

from . import compiler, filling, signing

MOST_ROWS = 2000
ROWS_OF_A_PAGE, SIGNERS_OF_A_LINE = 18, 3  # of a register on paper, landscape


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
        "signatures": signing.signatures(form, {} if blank else (signed or {}), tz),
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
    signed: Mapping[str, Any] | None = None,
    zone: str = "Asia/Shanghai",
) -> bytes:
    """Many entries of a register as a table, landscape: those of a `period`, or those of one matter with its `number`
    and who `signed` it; `empty_rows` leaves lines for the pen."""
    form = book.form(form_id)
    tz = ZoneInfo(zone)
    given = list(islice(entries, MOST_ROWS + 1))
    if len(given) > MOST_ROWS:
        raise ValueError(f"a printed register has at most {MOST_ROWS} rows; choose a shorter period")
    for entry in given:
        _check(form, entry)
    fields = filling.columns(form, columns)
    rows = [[filling.entry_cell(field, entry.get(field.key), tz) for field in fields] for entry in given]
    rows += [[{"text": "", "image": []}] * len(fields) for _ in range(empty_rows)]
    data = _frame(form, printed_by, at.astimezone(tz), heading, number, seal, "") | {
        "period": period,
        "columns": [{"label": field.name, "weight": filling.weight(field)} for field in fields],
        "rows": rows,
        "signatures": signing.below(form, signed or {}, tz),
    }
    return compiler.pdf("register", data, at)


def blank_register(form_id: str, *, printed_by: str, at: datetime, heading: str, zone: str) -> bytes:
    """An empty register: as many lines for the pen as one page holds."""
    signers = len(signing.below(book.form(form_id), {}, ZoneInfo(zone)))
    rows = ROWS_OF_A_PAGE - (signers - 1) // SIGNERS_OF_A_LINE
    return register(form_id, [], printed_by=printed_by, at=at, heading=heading, empty_rows=rows, zone=zone)


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
