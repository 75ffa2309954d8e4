"""From sheets and their maps to lines: each cell is read by its column; what cannot be read is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .kinds import Column, Finding, Kind, Line, Tell, Tick
from .mapping import SheetMap
from .opening import Sheet
from .values import text_of

TOLD_EVERY, REMEMBERED = 2000, 5000


def lines_of(kind: Kind, sheets: list[Sheet], maps: list[SheetMap], tell: Tell, tick: Tick | None = None) -> list[Line]:
    """All rows that hold something in a mapped column, in the order of the file; told every so often how far it is."""
    found: list[Line] = []
    total = sum(len(sheet.rows) for sheet in sheets)
    for index, sheet in enumerate(sheets):
        for line in _lines(kind, index, sheet, maps[index], tell):
            found.append(line)
            if tick and not len(found) % TOLD_EVERY:
                tick(_("Reading the rows"), len(found), total)
    return found


def _lines(kind: Kind, index: int, sheet: Sheet, how: SheetMap, tell: Tell) -> Iterator[Line]:
    if not how.row or not how.columns:
        return
    columns = [(at, column) for at, key in sorted(how.columns.items()) if (column := kind.column(key))]
    met: dict[str, dict[str, Any]] = {column.key: {} for _at, column in columns}
    for number, row in enumerate(sheet.rows[how.row :], start=how.row + 1):
        cells = [(at, column, row[at]) for at, column in columns if at < len(row) and row[at] not in ("", None)]
        if not any(text_of(cell) for _at, _column, cell in cells):
            continue
        if _is_heading_again(cells, how):
            tell(Finding(index, number, "", _("The headings stand here once more. The row is left out."), False))
            continue
        line = Line(index, number, {})
        for at, column, cell in cells:
            try:
                if (number, at) in sheet.formulas:
                    raise forms.ValidationError(_("The cell is a formula. Copy the column and paste it as values."))
                line.values[column.key] = _read(column, cell, met[column.key])
            except forms.ValidationError as error:
                line.is_wrong = True
                tell(Finding(index, number, column.key, " ".join(error.messages)))
        yield line


def _read(column: Column, cell: Any, met: dict[str, Any]) -> Any:
    """What a cell holds. The same words come again in most rows (building, role, day): they are read once."""
    if not isinstance(cell, str):
        return column.parse(cell)
    if cell in met:
        return met[cell]
    value = column.parse(cell)
    if len(met) < REMEMBERED and not isinstance(value, list):  # lists belong to their line
        met[cell] = value
    return value


def _is_heading_again(cells: list[tuple[int, Any, Any]], how: SheetMap) -> bool:
    """A printed list repeats its headings on each page."""
    return len(cells) >= 2 and all(text_of(cell) == how.headings[at] for at, _column, cell in cells)


def heading_of(maps: list[SheetMap], sheet: int, key: str) -> str:
    """What the file calls a column; empty where it has none."""
    how = maps[sheet]
    at = next((index for index, name in how.columns.items() if name == key), None)
    return how.headings[at] if at is not None and at < len(how.headings) else ""


def wrong_rows(findings: list[Finding]) -> set[tuple[int, int]]:
    return {(f.sheet, f.row) for f in findings if f.is_wrong}


__all__ = ["Tell", "heading_of", "lines_of", "wrong_rows"]
