"""From sheets and their maps to lines: each cell is read by its column; what cannot be read is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .kinds import Finding, Kind, Line, Tell
from .mapping import SheetMap
from .opening import Sheet
from .values import text_of


def lines_of(kind: Kind, sheets: list[Sheet], maps: list[SheetMap], tell: Tell) -> list[Line]:
    """All rows that hold something in a mapped column, in the order of the file."""
    return [line for index in range(len(sheets)) for line in _lines(kind, index, sheets[index], maps[index], tell)]


def _lines(kind: Kind, index: int, sheet: Sheet, how: SheetMap, tell: Tell) -> Iterator[Line]:
    if not how.row or not how.columns:
        return
    columns = [(at, column) for at, key in sorted(how.columns.items()) if (column := kind.column(key))]
    for number, row in enumerate(sheet.rows[how.row :], start=how.row + 1):
        cells = [(at, column, row[at]) for at, column in columns if at < len(row) and row[at] not in ("", None)]
        if not any(text_of(cell) for _at, _column, cell in cells):
            continue
        if _is_heading_again(cells, how):
            tell(Finding(index, number, "", _("The headings stand here once more. The row is left out."), False))
            continue
        line = Line(index, number, {})
        for _at, column, cell in cells:
            try:
                line.values[column.key] = column.parse(cell)
            except forms.ValidationError as error:
                line.is_wrong = True
                tell(Finding(index, number, column.key, " ".join(error.messages)))
        yield line


def _is_heading_again(cells: list[tuple[int, Any, Any]], how: SheetMap) -> bool:
    """A printed list repeats its headings on each page."""
    same = sum(1 for at, _column, cell in cells if text_of(cell) == how.headings[at])
    return same >= 2 and same == len(cells)


def heading_of(maps: list[SheetMap], sheet: int, key: str) -> str:
    """What the file calls a column; empty where it has none."""
    how = maps[sheet]
    at = next((index for index, name in how.columns.items() if name == key), None)
    return how.headings[at] if at is not None and at < len(how.headings) else ""


def wrong_rows(findings: list[Finding]) -> set[tuple[int, int]]:
    return {(f.sheet, f.row) for f in findings if f.is_wrong}


__all__ = ["Tell", "heading_of", "lines_of", "wrong_rows"]
