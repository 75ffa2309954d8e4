"""The one writer of workbooks: text stays text, so that nothing a person typed is run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet may take for a formula, full width included, and control characters that XML cannot hold.
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST = 32_000


def neutral(value: Any) -> Any:
    """A cell's value: whole numbers stay numbers, moments become text, text never begins a formula."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = _CONTROL.sub("", str(value))[:LONGEST]
    return f"'{text}" if _FORMULA.match(text) else text


def workbook(
    name: str, title: Any, head: Sequence[Any], rows: Iterable[Sequence[Any]], *, note: str = ""
) -> HttpResponse:
    """A workbook as an attachment; the last line says who took it and when."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", str(title))[:31] or "1")
    bold = book.add_format({"bold": True})
    for column, words in enumerate(head):
        sheet.write_string(0, column, str(words), bold)
    line = 0
    for line, row in enumerate(rows, start=1):
        for column, raw in enumerate(row):
            value = neutral(raw)
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, value)
    if note:
        sheet.write_string(line + 2, 0, str(neutral(note)))
    sheet.freeze_panes(1, 0)
    sheet.autofit(max_width=420)
    book.close()
    response = HttpResponse(out.getvalue(), content_type=MIME)
    safe = re.sub(r"[^A-Za-z0-9._-]", "-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def pdf(name: str, content: bytes) -> HttpResponse:
    """A sheet to look at and print; `name` is a number or a form's id, never a person's."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
