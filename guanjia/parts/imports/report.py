"""Two workbooks: the rows that are wrong, to be corrected and sent again, and the empty template of a kind."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.web.export import MIME, neutral

from .checking import Result
from .kinds import Column, Kind
from .values import text_of

WIDE = 22


def wrong_rows_book(result: Result) -> bytes:
    """Each sheet with its own headings, the wrong rows as they were sent, and beside them what is wrong."""
    said: dict[tuple[int, int], list[str]] = defaultdict(list)
    for finding in result.findings:
        if finding.is_wrong:
            how = result.maps[finding.sheet]
            at = next((i for i, key in how.columns.items() if key == finding.column), None)
            heading = how.headings[at] if at is not None and at < len(how.headings) else ""
            said[(finding.sheet, finding.row)].append(f"{heading}：{finding.sentence}" if heading else finding.sentence)
    if not said:
        return b""
    out = io.BytesIO()
    book = _book(out)
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F6"}),
        "bad": book.add_format({"font_color": "#B42318"}),
    }
    for index, how in enumerate(result.maps):
        rows = sorted(row for sheet, row in said if sheet == index)
        if not rows:
            continue
        sheet = book.add_worksheet(_name(how.name))
        width = max(how.columns, default=0) + 1
        for column, heading in enumerate(
            [*how.headings[:width], _("Row in the file"), pgettext("imports", "What is wrong")]
        ):
            sheet.write_string(0, column, heading, styles["head"])
        for line, row in enumerate(rows, start=1):
            _write_row(sheet, line, result.sheets[index].rows[row - 1][:width])
            sheet.write_number(line, width, row)
            sheet.write_string(line, width + 1, " ".join(said[(index, row)])[:2000], styles["bad"])
        sheet.set_column(0, width, 14)
        sheet.set_column(width + 1, width + 1, 70)
        sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def template_book(kind: Kind) -> bytes:
    """The template: a sheet for each table with headings and lists to choose from, and a page that explains them."""
    out = io.BytesIO()
    book = _book(out)
    head = book.add_format({"bold": True, "bg_color": "#E6F0EE", "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    for name, keys, _examples in kind.template:
        sheet = book.add_worksheet(_name(name))
        for at, key in enumerate(keys):
            column = kind.column(key)
            assert column is not None, key
            sheet.write_string(0, at, column.words[0], head)
            sheet.set_column(at, at, WIDE if column.is_personal else 13, text)
            if column.allowed:
                sheet.data_validation(1, at, 20_000, at, {"validate": "list", "source": list(column.allowed)})
        sheet.freeze_panes(1, 0)
    _explain(book, kind, head)
    book.close()
    return out.getvalue()


def _explain(book: Any, kind: Kind, head: Any) -> None:
    """What each column takes, with the words that are allowed and an example."""
    sheet = book.add_worksheet("填写说明")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    line = 0
    for name, keys, examples in kind.template:
        for at, words in enumerate([f"【{name}】", _("What it is"), _("Allowed words"), _("Examples")]):
            sheet.write_string(line, at, words, head)
        for index, key in enumerate(keys):
            column: Column = kind.column(key)  # type: ignore[assignment]
            line += 1
            cells = [row[index] for row in examples if row[index]] or ([column.example] if column.example else [])
            row = [column.words[0], str(column.hint or ""), "、".join(column.allowed), "；".join(dict.fromkeys(cells))]
            for at, words in enumerate(row):
                sheet.write_string(line, at, words, wrap)
        line += 2
    for at, width in enumerate((16, 60, 40, 40)):
        sheet.set_column(at, at, width)


def _book(out: io.BytesIO) -> Any:
    import xlsxwriter

    no = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(out, {"in_memory": True, **no})


def _name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31] or "1"


def _write_row(sheet: Any, line: int, row: list[Any]) -> None:
    """Cells as text, so that a long number comes back as it was."""
    for column, cell in enumerate(row):
        value = neutral(text_of(cell))
        if value:
            sheet.write_string(line, column, str(value))


__all__ = ["MIME", "template_book", "wrong_rows_book"]
