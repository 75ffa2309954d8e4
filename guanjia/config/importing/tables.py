"""The table and its mapping: which column is what, written as YAML beside no data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from guanjia.parts.imports.opening import open_file
from guanjia.parts.imports.values import text_of

_PLACE = re.compile(r"\{([^{}]+)\}")
EMPTY = frozenset({"", "-", "—", "NULL", "null", "None", "N/A", "nan"})


class WrongRow(Exception):
    """A row that cannot be read so; the message is a sentence."""


@dataclass(frozen=True)
class MappingOf:
    """How the rows of one table are read. Texts are plain substitutions: “{column}”."""

    at: str
    content: str
    number: str
    zone: str = "Asia/Shanghai"
    channel: Mapping[str, Any] = field(default_factory=dict)
    caller: str = ""
    location: str = ""
    due: str = ""
    closed: Mapping[str, Any] = field(default_factory=dict)
    repairs: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, list[str]] = field(default_factory=dict)

    def said(self, text: str, row: Mapping[str, str]) -> str:
        """The text with its columns filled in; empty brackets and doubled blanks go."""
        filled = _PLACE.sub(lambda found: value(row, found[1]), text)
        return re.sub(r"（\s*）|\(\s*\)|【\s*】", "", re.sub(r"[ \t]{2,}", " ", filled)).strip(" ：:/|")

    def moment(self, column: str, row: Mapping[str, str]) -> datetime | None:
        """A moment in the table's own zone, as UTC. Raises WrongRow."""
        text = value(row, column)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text.replace("/", "-").removesuffix("Z"))
        except ValueError:
            raise WrongRow(f"{column}: “{text[:40]}” is not a time") from None
        return found.replace(tzinfo=found.tzinfo or ZoneInfo(self.zone)).astimezone(UTC)

    def word(self, how: Mapping[str, Any], row: Mapping[str, str], otherwise: Any = None) -> Any:
        """What a column's word stands for here."""
        words = {str(k).lower(): v for k, v in how.get("words", {}).items()}
        return words.get(value(row, how.get("column", "")).lower(), how.get("otherwise", otherwise))


def value(row: Mapping[str, str], column: str) -> str:
    text = row.get(column, "").strip()
    return "" if text in EMPTY else text


def mapping_of(path: Path) -> MappingOf:
    """Read a mapping. Raises ValueError naming what is missing or strange."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError(f"{path}: a mapping names at, content and number")
    known = set(MappingOf.__dataclass_fields__)
    if strange := set(data) - known:
        raise ValueError(f"{path}: {', '.join(sorted(strange))}: not known in a mapping")
    if missing := {"at", "content", "number"} - set(data):
        raise ValueError(f"{path}: {', '.join(sorted(missing))} is missing")
    return MappingOf(**data)


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the first table, with their numbers in the file. Raises Unreadable, OSError."""
    sheet = open_file(path.read_bytes(), path.name)[0]
    heads = [text_of(cell) for cell in sheet.rows[0]]
    found = []
    for number, cells in enumerate(sheet.rows[1:], start=2):
        row = {head: text_of_line(cell) for head, cell in zip(heads, cells, strict=False) if head}
        if any(row.values()):
            found.append((number, row))
    return found


def text_of_line(cell: Any) -> str:
    """A cell as text, with its line breaks."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.replace("\x00", "").strip() if isinstance(cell, str) else text_of(cell)
