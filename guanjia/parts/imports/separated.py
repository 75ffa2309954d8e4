"""CSV as people save it: any of the usual encodings, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections import Counter

from django.utils.translation import gettext_lazy as _

from .opening import MOST_ROWS, Unreadable, _too_long

SEPARATORS = (",", ";", "\t", "，")
csv.field_size_limit(32_000)


def read(content: bytes) -> list[list[str]]:
    """The rows of a CSV file. Raises Unreadable."""
    text = decoded(content)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)):
            rows.append([cell.strip() for cell in row])
            if len(rows) > MOST_ROWS:
                raise Unreadable(_too_long())
    except csv.Error:
        raise Unreadable(
            _("A quotation mark is opened in the file and never closed, near row %(row)d.") % {"row": len(rows) + 1}
        ) from None
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else GB18030. Raises Unreadable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The characters of the file cannot be read. Save it as “CSV UTF-8” and send it again."))


def separator_of(text: str) -> str:
    """The one that cuts the first lines into the same number of columns, the more the better."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()][:15]
    best, score = ",", (0, 0)
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        width, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1 and (often, width) > score:
            best, score = separator, (often, width)
    return best
