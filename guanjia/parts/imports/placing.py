"""How people write a building, a unit, a floor, a room: 3号楼, 三幢, 2单元, -1层, 1201室, 3幢2单元1201, 3-2-1201."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from .values import number_of, plain

_CODE = re.compile(r"[0-9A-Za-z]{1,10}")
_CHINESE = re.compile("[〇零一二三四五六七八九十]{1,4}")
_CYRILLIC = str.maketrans("АБВГДЕКМНОРСТХ", "ABVGDEKMNORSTH")
_WHOLE = re.compile(
    r"(?P<building>[^-]+?)\s*(?:号楼|#楼|幢|栋|座|楼|-)\s*"
    r"(?:(?P<unit>[^-]+?)\s*(?:单元|门|-)\s*)?(?P<room>[0-9A-Za-z]{1,10})\s*(?:室|房|号)?"
)


@dataclass(frozen=True)
class Whole:
    """A house as it is said in full."""

    building: str
    unit: str
    room: str


def _short(text: str, tails: str) -> str:
    """Without the word behind it; Chinese numbers as digits."""
    bare = re.sub(rf"\s*(?:{tails})$", "", text).strip()
    if _CHINESE.fullmatch(bare):
        return str(number_of(bare))
    return bare


def building(text: str) -> str:
    """The code of a building, or an empty string for what is no number of a building."""
    bare = _short(text, "号楼|#楼|号|幢|栋|座|楼|#").upper().lstrip("#")
    return bare if _CODE.fullmatch(bare) else ""


def address_code(address: str) -> str:
    """The house number of a street address: what stands last, 19Б as 19B."""
    found = re.findall(r"(\d{1,6})\s?([A-Za-zА-Я]?)(?![0-9A-Za-zА-яё])", address.upper())
    return (found[-1][0] + found[-1][1].translate(_CYRILLIC)) if found else ""


def unit(cell: object) -> str:
    """The code of a unit; 0 and a dash say that there is none. Raises ValidationError."""
    text = _short(plain(cell), "单元|门|梯").upper()
    if text in ("", "0", "-", "无"):
        return ""
    if not _CODE.fullmatch(text):
        raise forms.ValidationError(_("This is not a unit. Write its number, for example 2 or 2单元."))
    return text


def room(cell: object) -> str:
    """A room, or a house in full (3-2-1201), as it is. Raises ValidationError."""
    text = plain(cell)
    bare = _short(text, "室|房|号")
    if _CODE.fullmatch(bare):
        return bare.upper()
    if whole(text) is None:
        raise forms.ValidationError(_("This is not a room. Write its number, for example 1201, or 3-2-1201 in full."))
    return text


def whole(text: str) -> Whole | None:
    """A house in full; None for what is not said in full."""
    match = _WHOLE.fullmatch(re.sub(r"[–—－/]", "-", text.strip()))
    if match is None:
        return None
    code, of_unit = building(match["building"]), _short(match["unit"] or "", "单元|门").upper()
    if not code or (of_unit and not _CODE.fullmatch(of_unit)):
        return None
    return Whole(code, "" if of_unit == "0" else of_unit, match["room"].upper())


def floor(cell: object) -> int | None:
    """3, 3层, -1, B1, 负一层. Raises ValidationError."""
    text = _short(plain(cell), "层|楼|F|f").upper()
    if not text:
        return None
    match = re.fullmatch(
        r"(B|-|负|地下)?(\d{1,3})(?:\.0)?", re.sub(r"[一二三四五六七八九十]+", lambda m: str(number_of(m[0])), text)
    )
    if match is None:
        raise forms.ValidationError(_("This is not a floor. Write a number, for example 12 or -1."))
    found = -int(match[2]) if match[1] else int(match[2])
    if not -9 <= found <= 150:
        raise forms.ValidationError(_("A floor lies between -9 and 150."))
    return found


def floor_of(room_number: str) -> int:
    """1201 is on the twelfth floor; what says nothing is on the first."""
    digits = re.sub(r"\D", "", room_number)
    above = int(digits[:-2]) if 3 <= len(digits) <= 5 else 1
    return above if 1 <= above <= 150 else 1
