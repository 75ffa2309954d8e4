"""From a cell to a value: text, numbers, days, yes and no, as people write them. A refusal is a sentence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"})
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?)?月?(?:[ T]\s*\d{1,2}[:：]\d{2}.*)?")
_UNSEEN, _BLANKS = re.compile(r"[\x00-\x1f\u200b\ufeff]+"), re.compile(r" {2,}")
# Days that Excel counts from the last day of 1899; what lies outside is no day of a household.
_SERIAL_FROM, _SERIAL_TO = 10_000, 80_000
YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓", "对", "户主"})
NO = frozenset({"否", "无", "n", "no", "false", "0", "×", "✗", "不是", "没有"})


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, widths made even, blanks taken off."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() else repr(cell)
    elif isinstance(cell, dt.datetime):
        text = cell.date().isoformat()
    else:
        text = str(cell)
    if not (text.isprintable() and unicodedata.is_normalized("NFKC", text)):
        text = _UNSEEN.sub(" ", unicodedata.normalize("NFKC", text))
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.strip().removeprefix("'").strip()


def plain(cell: Any) -> str:
    """Text that is no error of Excel and no formula. Raises ValidationError."""
    text = text_of(cell)
    if text.upper() in _ERRORS:
        raise forms.ValidationError(_("The cell shows an error of Excel. Write the value itself."))
    if text[:1] in ("=", "@") or (text[:1] in ("+", "-") and not re.fullmatch(r"[+-]?[\d.,\s()-]+", text)):
        raise forms.ValidationError(_("This begins like a formula. Write plain text."))
    return text


def digits(cell: Any) -> str:
    """A long number as text. Raises ValidationError where Excel has rounded it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**15:
        raise forms.ValidationError(
            _("Excel has cut this number to 15 digits. Format the column as text and write the number again.")
        )
    text = plain(cell)
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text, re.IGNORECASE):
        raise forms.ValidationError(
            _("Excel has cut this number to 15 digits. Format the column as text and write the number again.")
        )
    return text


def day(cell: Any) -> dt.date | None:
    """A day in any of the usual writings. Raises ValidationError."""
    if isinstance(cell, dt.datetime):
        return _sensible(cell.date())
    if isinstance(cell, dt.date):
        return _sensible(cell)
    text = plain(cell)
    if not text or text in ("-", "/", "无"):
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _SERIAL_FROM <= int(text[:5]) <= _SERIAL_TO:
        return _sensible(dt.date(1899, 12, 30) + dt.timedelta(days=int(text[:5])))
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]))
    match = _DAY.fullmatch(_arabic(text))
    if match is None:
        raise forms.ValidationError(_("This is not a day. Write it like 2021-03-05 or 2021年3月5日."))
    return _made(int(match[1]), int(match[2]), int(match[3] or 1))


def _arabic(text: str) -> str:
    """二〇二一年三月十五日 as 2021年3月15日."""
    if not re.search("[〇零一二三四五六七八九十]", text):
        return text
    return re.sub("[〇零一二三四五六七八九十]+", lambda found: str(number_of(found[0])), text)


def number_of(words: str) -> int:
    """十五 is 15, 二十 is 20, 二〇二一 is 2021."""
    if "十" not in words:
        return int(words.translate(_DIGITS))
    tens, _ten, ones = words.partition("十")
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)


def _made(year: int, month: int, day_of_month: int) -> dt.date:
    try:
        return _sensible(dt.date(year, month, day_of_month))
    except ValueError:
        raise forms.ValidationError(_("There is no such day in the calendar.")) from None


def _sensible(found: dt.date) -> dt.date:
    if not dt.date(1900, 1, 1) <= found <= dt.date(2200, 1, 1):
        raise forms.ValidationError(_("This day is out of range."))
    return found


def yes(cell: Any) -> bool | None:
    """Yes or no; None for an empty cell. Raises ValidationError."""
    text = text_of(cell).lower()
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise forms.ValidationError(_("Write 是 or 否."))


def whole(cell: Any) -> int | None:
    """A whole number. Raises ValidationError."""
    text = plain(cell)
    if not text:
        return None
    match = re.fullmatch(r"(-?\d{1,9})(?:\.0+)?\s*(?:层|楼|F|户|套|个|岁|人)?", text, re.IGNORECASE)
    if match is None:
        raise forms.ValidationError(_("This is not a whole number."))
    return int(match[1])


def area(cell: Any) -> Decimal | None:
    """Square metres with up to four decimals; the unit may stand behind. Raises ValidationError."""
    text = re.sub(r"\s|,", "", plain(cell))
    text = re.sub(r"(平方米|平米|平方|m2|m²|㎡)$", "", text, flags=re.IGNORECASE)
    if not text:
        return None
    try:
        found = Decimal(text).quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise forms.ValidationError(_("This is not an area. Write square metres, for example 89.50.")) from None
    if not 0 <= found <= 99_999:
        raise forms.ValidationError(_("An area lies between 0 and 99,999 square metres."))
    return found


def offered(words: dict[str, str]) -> tuple[str, ...]:
    """The first Chinese word of each value: what lists to choose from offer, and refusals name."""
    first: dict[str, str] = {}
    for word, value in words.items():
        if not word.isascii():
            first.setdefault(value, word)
    return tuple(first.values())


def choice(words: dict[str, str]) -> Any:
    """A parser for allowed words: {"业主": "owner", …}. An unknown word is refused with those that are known."""

    def parse(cell: Any) -> str:
        text = plain(cell)
        if not text:
            return ""
        found = words.get(text.lower())
        if found is None:
            known = "、".join(offered(words))
            raise forms.ValidationError(_("This word is not known here. Write one of: %(known)s.") % {"known": known})
        return found

    return parse


def short(limit: int) -> Any:
    """A parser for text of at most so many characters."""

    def parse(cell: Any) -> str:
        text = plain(cell)
        if len(text) > limit:
            raise forms.ValidationError(_("At most %(n)d characters.") % {"n": limit})
        return text

    return parse


def by_field(field: forms.Field) -> Any:
    """A parser that asks the field of a form, so that a file is judged as the page judges."""

    def parse(cell: Any) -> Any:
        text = digits(cell)
        return field.clean(text) if text else None

    return parse
