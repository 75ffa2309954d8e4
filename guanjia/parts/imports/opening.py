"""Opening a file that somebody sent: what it is by its content, and whether it is safe to unpack.

A workbook is looked through before the parser meets it: how large it really is unpacked, and how far its cells reach.
Every refusal is a sentence that says what to do.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 700 * 1024 * 1024
MOST_RATIO = 250
RATIO_FROM = 30 * 1024 * 1024
MOST_ROWS = 300_000
MOST_CELLS = 12_000_000
MOST_ENTRIES = 3000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_FORMULAS = 100_000
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,8})"[^>]*(?<!/)>\s*<f[ />]')
_SHEET = re.compile(r'<sheet\b(?=[^>]*\bname="([^"]*)")(?=[^>]*:id="([^"]*)")')
_LINK = re.compile(r'<Relationship\b(?=[^>]*\bId="([^"]*)")(?=[^>]*\bTarget="([^"]*)")')
_VALUE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,8})"[^>]*(?<!/)>')
_PIECE = 1 << 20


class Unreadable(Exception):
    """The file cannot be taken. `sentence` says why, and what to do."""

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence
        super().__init__("unreadable")


@dataclass
class Sheet:
    """A table of a file: its name and its rows of cells, the first row being number one."""

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]] = frozenset()  # cells that are calculated: row from one, column from nought


@dataclass
class _Reach:
    """How far the filled cells of a sheet reach."""

    top: int = 0
    bottom: int = 0
    right: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    seen: list[int] = field(default_factory=list)


def glance(content: bytes) -> None:
    """What can be refused while the person still waits. Raises Unreadable."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file has more than 50 MB. Cut it into parts, building by building."))
    if content[:4] != b"PK\x03\x04" and content[:8] != _OLE and _is_foreign(content):
        raise Unreadable(_("This is not a table. Send an Excel workbook (.xlsx, .xls) or a CSV file."))


def open_file(content: bytes, name: str) -> list[Sheet]:
    """The tables of a file. Raises Unreadable."""
    glance(content)
    if content[:4] == b"PK\x03\x04":
        sheets = _workbook(content, _look_through(content))
    elif content[:8] == _OLE:
        sheets = _old_workbook(content)
    else:
        from .separated import read

        sheets = [Sheet("CSV", read(content))]
    filled = [sheet for sheet in sheets if any(_has_value(row) for row in sheet.rows)]
    if not filled:
        raise Unreadable(_("There is no row in the file."))
    return filled


def _has_value(row: list[Any]) -> bool:
    return any(cell not in ("", None) for cell in row)


def _is_foreign(content: bytes) -> bool:
    """Pictures, papers, programs: what no spreadsheet writes as text."""
    head = content[:8]
    known = (
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x7fELF",
        b"MZ",
        b"{\\rtf",
        b"\x1f\x8b",
    )
    if head.startswith(known) or content[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return True
    return b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))


# -- .xlsx -----------------------------------------------------------------------------------------------------------


def _look_through(content: bytes) -> dict[str, _Reach]:
    """Unpack once, counting: a workbook that grows without measure, or lies about its size, goes no further."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(content))
            return {entry.filename: _reach(archive, entry) for entry in entries if _is_read(entry.filename)}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        if "password" in str(error) or "encrypt" in str(error):
            raise Unreadable(_PROTECTED) from None
        raise Unreadable(_("The workbook is damaged. Open it in Excel, save it again, and send that.")) from None


_PROTECTED = _("The workbook is protected by a password. Remove the password in Excel, save it, and send it again.")


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = {entry.filename for entry in entries}
    whole = sum(entry.file_size for entry in entries)
    too_dense = whole > RATIO_FROM and whole > packed * MOST_RATIO
    if len(entries) > MOST_ENTRIES or len(names) != len(entries) or whole > MOST_UNPACKED or too_dense:
        raise Unreadable(_("The workbook grows without measure when it is unpacked. It is not opened."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_PROTECTED)
    if "xl/workbook.bin" in names:
        raise Unreadable(_("A binary workbook (.xlsb) is not read. Save it as .xlsx and send that."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is not a workbook of Excel. Send .xlsx, .xls or CSV."))


def _is_read(name: str) -> bool:
    """Parts that the parser will unpack; macros and pictures are never touched."""
    return name.startswith("xl/") and name.endswith((".xml", ".rels")) and "/media/" not in name


def _reach(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Reach:
    found, left = _Reach(), b""
    is_sheet = entry.filename.startswith("xl/worksheets/sheet")
    with archive.open(entry) as unpacked:  # the length and checksum of the entry are compared while it is read
        first = True
        while piece := unpacked.read(_PIECE):
            if first and b"<!DOCTYPE" in piece[:2000].upper():
                raise Unreadable(_("The workbook holds what no spreadsheet needs. It is not opened."))
            first = False
            if is_sheet:
                left = _count(left + piece, found)
    if is_sheet:
        _count(left + b"<end/>", found)
    return found


def _count(text: bytes, found: _Reach) -> bytes:
    """Filled cells in a piece of a sheet; returns the tail that may belong to the next piece."""
    cut = max(text.rfind(b"<c "), 0) or text.rfind(b"<")  # a cell is not torn from its formula
    whole = text[:cut]
    found.formulas.update((int(match[2]), _column(match[1]) - 1) for match in _FORMULA.finditer(whole))
    if len(found.formulas) > MOST_FORMULAS:
        raise Unreadable(
            _("More than %(most)s cells are formulas. Paste the table as values and send that.")
            % {"most": f"{MOST_FORMULAS:,}"}
        )
    for match in _VALUE.finditer(whole):
        row = int(match[2])
        found.top = min(found.top or row, row)
        found.bottom = max(found.bottom, row)
        found.right = max(found.right, _column(match[1]))
    if found.bottom - found.top >= MOST_ROWS or (found.bottom - found.top) * found.right > MOST_CELLS:
        raise Unreadable(_too_long())
    return text[cut:]


def _too_long() -> Any:
    return _(
        "A sheet reaches beyond %(most)s rows. Delete what stands far below the table, or cut it into several files."
    ) % {"most": f"{MOST_ROWS:,}"}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _workbook(content: bytes, reach: dict[str, _Reach]) -> list[Sheet]:
    sheets = list(_parsed(content))
    if any(one.formulas for one in reach.values()):
        parts = _parts(content)
        for sheet in sheets:
            found = reach.get(parts.get(sheet.name, ""))
            sheet.formulas = frozenset(found.formulas) if found else frozenset()
    return sheets


def _parts(content: bytes) -> dict[str, str]:
    """Name of a sheet, as it is shown → where it stands in the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = dict(_LINK.findall(links))
    named = ((html.unescape(name)[:60], targets.get(key, "")) for name, key in _SHEET.findall(book))
    return {name: target.removeprefix("/") if target.startswith("/") else f"xl/{target}" for name, target in named}


# -- both ------------------------------------------------------------------------------------------------------------


def _old_workbook(content: bytes) -> list[Sheet]:
    if (
        "EncryptedPackage".encode("utf-16-le") in content[: 1 << 20]
        or b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00i" in content
    ):
        raise Unreadable(_PROTECTED)
    if "WordDocument".encode("utf-16-le") in content or "PowerPoint".encode("utf-16-le") in content:
        raise Unreadable(_("This is not a workbook of Excel. Send .xlsx, .xls or CSV."))
    return list(_parsed(content))


def _parsed(content: bytes) -> Iterator[Sheet]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            is_shown = meta.visible == calamine.SheetVisibleEnum.Visible
            if is_shown and meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.height > MOST_ROWS or sheet.height * sheet.width > MOST_CELLS:
                    raise Unreadable(_too_long())
                yield Sheet(meta.name[:60], _trimmed(sheet))
    except calamine.PasswordError:
        raise Unreadable(_PROTECTED) from None
    except (calamine.CalamineError, ValueError, OSError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise Unreadable(_PROTECTED) from None
        raise Unreadable(_("The workbook is damaged. Open it in Excel, save it again, and send that.")) from None


def _trimmed(sheet: Any) -> list[list[Any]]:
    """Rows as they stand, counted from the first row of the sheet; empty ones at the end are left out."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    while rows and not _has_value(rows[-1]):
        rows.pop()
    return rows
