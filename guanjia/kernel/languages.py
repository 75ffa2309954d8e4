"""Three languages from one written catalogue: Simplified is written, Traditional made of it, English the id.

`said(zh, en)` picks what the reader reads for words that are data (the Book, names of enumerations).
`build(root)` makes the compiled catalogues of all rooms; no gettext is needed. Words that the character table
gets wrong stand in `TRADE_WORDS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

# Simplified → Traditional as the trade writes it, where character by character would be wrong or odd.
TRADE_WORDS = {
    "在岗": "在崗",
    "台账": "臺賬",
    "一栋": "一棟",
    "巡逻": "巡邏",
    "登录": "登入",
    "复修": "覆修",
    "答复": "答覆",
    "回复": "回覆",
    "网络": "網絡",
    "默认": "預設",
    "二维码": "二維碼",
}


@cache
def _converter() -> Any:
    from opencc import OpenCC  # loads its tables: only when Traditional is asked for

    return OpenCC("s2t")


@lru_cache(maxsize=8192)
def traditional(text: str) -> str:
    """The Traditional form of a Simplified text."""
    for simplified, wanted in TRADE_WORDS.items():
        text = text.replace(simplified, wanted)
    return str(_converter().convert(text))


def said(zh: str, en: str = "") -> str:
    """Words that are data, in the reader's language; Chinese where there is no English."""
    language = (get_language() or "zh-hans").lower()
    if language.startswith("en") and en:
        return en
    return traditional(zh) if language in ("zh-hant", "zh-tw", "zh-hk") else zh


said_lazy = lazy(said, str)


def catalogues(root: Path) -> Iterator[Path]:
    """The hand-written catalogues of all rooms."""
    yield from sorted(root.glob("**/locale/zh_Hans/LC_MESSAGES/*.po"))


def build(root: Path) -> list[Path]:
    """Compile what is older than its source: zh_Hans as written, zh_Hant converted. Returns the files
    made."""
    made = []
    for source in catalogues(root):
        for language, convert in (("zh_Hans", str), ("zh_Hant", traditional)):
            target = source.parents[2] / language / "LC_MESSAGES" / f"{source.stem}.mo"
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            _compile(source, target, language, convert)
            made.append(target)
    return made


def _compile(source: Path, target: Path, language: str, convert: Any) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=source.stem, charset="utf-8")
    for message in catalogue:
        if message.id == "":
            continue
        words = message.string
        message.string = convert(words) if isinstance(words, str) else tuple(convert(word) for word in words or ())
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".mo.part")
    with unfinished.open("wb") as out:
        write_mo(out, catalogue)
    unfinished.replace(target)
