"""Which column is which: the row of headings is found, and each heading guessed from words and from earlier decisions."""  # noqa: E501

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds import Column, Kind
from .opening import Sheet, Unreadable
from .values import text_of

LOOKED_AT = 20
LONGEST_HEADING = 60
_NOISE = re.compile(r"[\s*＊:：、。_\-—·\"'“”?？!！/\\]+")
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")


@dataclass
class SheetMap:
    """How one sheet is read: its row of headings (0: none) and the column of each heading."""

    name: str
    row: int = 0
    headings: list[str] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        columns = {str(index): key for index, key in self.columns.items()}
        return {"name": self.name, "row": self.row, "headings": self.headings, "columns": columns}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SheetMap:
        columns = {int(index): key for index, key in data["columns"].items()}
        return cls(data["name"], data["row"], list(data["headings"]), columns)


def plain_heading(cell: Any) -> str:
    """A heading without units, stars, blanks and case: by this it is compared and remembered."""
    text = unicodedata.normalize("NFKC", text_of(cell)).lower()
    return _NOISE.sub("", _ASIDE.sub("", text))[:LONGEST_HEADING]


def guess(
    kind: Kind, headings: list[str], kept: Mapping[str, str], below: Sequence[Sequence[Any]] = ()
) -> dict[int, str]:
    """Column → what it holds. What was decided before comes first, then equal words, then words within words:
    those only where the first cells below can be read so."""
    known = {c.key for c in kind.columns}
    plain = [plain_heading(h) for h in headings]
    found: dict[int, str] = {}
    for index, heading in enumerate(plain):
        decided = kept.get(heading)
        if heading and decided is not None and (not decided or decided in known - set(found.values())):
            found[index] = decided
    for is_match in (_equals, _holds):
        for column in kind.columns:
            if column.key in found.values():
                continue
            for word in column.words:
                at = next((i for i, h in enumerate(plain) if i not in found and h and is_match(h, word)), None)
                if at is not None and (is_match is _equals or _reads(column, at, below)):
                    found[at] = column.key
                    break
    return {index: key for index, key in found.items() if key}


def _reads(column: Column, at: int, below: Sequence[Sequence[Any]]) -> bool:
    """Whether half of the first cells and more make sense as this: “房屋现状” holds 自住, which is no room."""
    cells = [row[at] for row in below if at < len(row) and row[at] not in ("", None)]
    wrong = 0
    for cell in cells:
        try:
            column.parse(cell)
        except forms.ValidationError:
            wrong += 1
    return wrong * 2 <= len(cells)


def _equals(heading: str, word: str) -> bool:
    return heading == plain_heading(word)


def _holds(heading: str, word: str) -> bool:
    """A heading that says more than the word; two letters and more, so that no single character decides."""
    inner = plain_heading(word)
    return len(inner) >= 2 and inner in heading and len(heading) <= len(inner) + 6


class Unmapped(Unreadable):
    """There are headings, and nothing tells which of them hold what is needed: a person says so, with these maps."""

    def __init__(self, kind: Kind, maps: list[SheetMap]) -> None:
        self.maps = maps
        known = {column.key: str(column.label) for column in kind.columns}
        needs = [" + ".join(known[key] for key in known if key in needed) for needed in kind.needs]
        told = _("Which columns hold what is needed was not recognised (%(needs)s). Say it here, and read again.")
        super().__init__(told % {"needs": _(" or ").join(needs)})


def map_sheets(kind: Kind, sheets: list[Sheet], kept: Mapping[str, str]) -> list[SheetMap]:
    """A map for each sheet; sheets that hold something else have no row of headings. Raises Unreadable."""
    maps = [_map_sheet(kind, sheet, kept) for sheet in sheets]
    if any(one.row for one in maps):
        return maps
    offered = [_unsure(kind, sheet, kept) for sheet in sheets]
    if any(one.row for one in offered):
        raise Unmapped(kind, offered)
    raise Unreadable(
        _("No row of headings was found in the first %(n)d rows. Use the template, or name the columns in one row.")
        % {"n": LOOKED_AT}
    )


def refuse_lacking(kind: Kind, maps: list[SheetMap]) -> None:
    """Raises Unmapped where what was decided leaves out what is needed."""
    if not any(needed <= set(how.columns.values()) for how in maps if how.row for needed in kind.needs):
        raise Unmapped(kind, maps)


def _unsure(kind: Kind, sheet: Sheet, kept: Mapping[str, str]) -> SheetMap:
    """The row that looks most like headings, two words and rows below it; its columns as far as they are guessed."""
    found = SheetMap(sheet.name)
    for number, row in enumerate(sheet.rows[:LOOKED_AT], start=1):
        if number == len(sheet.rows) or sum(1 for cell in row if text_of(cell)) < 2 or not _may_head(row):
            continue
        columns = guess(kind, [text_of(cell) for cell in row], kept, _below(sheet, number))
        if not found.row or len(columns) > len(found.columns):
            found = SheetMap(sheet.name, number, [text_of(cell)[:LONGEST_HEADING] for cell in row], columns)
    return found


def _map_sheet(kind: Kind, sheet: Sheet, kept: Mapping[str, str]) -> SheetMap:
    best, best_columns = 0, dict[int, str]()
    rated: list[int] = []
    for number, row in enumerate(sheet.rows[:LOOKED_AT], start=1):
        headings = [text_of(cell) for cell in row]
        columns = guess(kind, headings, kept, _below(sheet, number)) if _may_head(row) else {}
        rated.append(len(columns))
        if len(columns) > len(best_columns):
            best, best_columns = number, columns
    if not any(needed <= set(best_columns.values()) for needed in kind.needs):
        return SheetMap(sheet.name)
    _refuse_second(sheet, rated, best)
    headings = [text_of(cell)[:LONGEST_HEADING] for cell in sheet.rows[best - 1]]
    return SheetMap(sheet.name, best, headings, best_columns)


def _below(sheet: Sheet, number: int) -> list[list[Any]]:
    return sheet.rows[number : number + LOOKED_AT]


def _may_head(row: list[Any]) -> bool:
    """Headings are words: a row of numbers and days is none."""
    filled = [cell for cell in row if cell not in ("", None)]
    return bool(filled) and all(isinstance(cell, str) for cell in filled)


def _refuse_second(sheet: Sheet, rated: list[int], best: int) -> None:
    others = [n for n, score in enumerate(rated, start=1) if n != best and score >= max(2, rated[best - 1] // 2 + 1)]
    if others:
        rows = sorted([best, others[0]])
        raise Unreadable(
            _("Sheet “%(sheet)s”: rows %(a)d and %(b)d both look like headings. Keep one row of headings.")
            % {"sheet": sheet.name, "a": rows[0], "b": rows[1]}
        )
