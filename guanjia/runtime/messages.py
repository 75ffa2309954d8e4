"""The translations: `guanjia messages compile` makes what Django reads, `check` names what is missing.

Texts in the program are English, each room carries its Simplified Chinese in locale/zh_Hans. Traditional
Chinese is made from it by OpenCC; the trade's words that OpenCC gets wrong stand in hant_overrides.txt.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
OVERRIDES = Path(__file__).with_name("hant_overrides.txt")
SOURCE = "locale/zh_Hans/LC_MESSAGES/django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="guanjia messages", description=__doc__)
    parser.add_argument("verb", choices=["compile", "check"])
    verb = parser.parse_args(argv).verb
    if verb == "compile":
        compile_all(PACKAGE)
        return 0
    faults = list(check(PACKAGE))
    for fault in faults:
        print(fault)
    print(
        f"{len(faults)} faults in the translations." if faults else "Every text has its Chinese.",
        file=sys.stderr,
    )
    return 1 if faults else 0


def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_Hans", abort_invalid=True)


# --- compile -----------------------------------------------------------------------------------


def compile_all(package: Path) -> None:
    for source in sorted(package.glob(f"**/{SOURCE}")):
        simplified = source.with_suffix(".mo")
        traditional = source.parents[2] / "zh_Hant" / "LC_MESSAGES" / "django.mo"
        if not _is_newer(source, simplified):
            _write(_read(source), simplified)
        if not (_is_newer(source, traditional) and _is_newer(OVERRIDES, traditional)):
            _write(_in_traditional(_read(source)), traditional)


def _is_newer(source: Path, made: Path) -> bool:
    return made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _write(catalog: Catalog, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_mo(content, catalog)
    unfinished = target.with_suffix(".new")
    unfinished.write_bytes(content.getvalue())
    unfinished.replace(target)


def _in_traditional(source: Catalog) -> Catalog:
    made = Catalog(locale="zh_Hant", charset="utf-8")
    for message in source:
        if message.id and not message.fuzzy:
            text = message.string
            # A plural has its forms in a tuple; Chinese has one form, in both scripts.
            converted = tuple(map(traditional, text)) if isinstance(text, tuple | list) else traditional(text or "")
            made.add(message.id, converted, context=message.context)
    return made


def traditional(text: str) -> str:
    """OpenCC's Taiwan standard with phrases; our own words are taken out first and put back after."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(overrides()[found.group()])
        return chr(0xE000 + len(kept) - 1)  # private characters, which OpenCC passes on

    words = sorted(overrides(), key=len, reverse=True)
    marked = re.sub("|".join(map(re.escape, words)), keep, text) if words else text
    converted = _opencc()(marked)
    return re.sub("[\ue000-\uf8ff]", lambda found: kept[ord(found.group()) - 0xE000], converted)


@cache
def _opencc() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2twp").convert
    return convert


@cache
def overrides() -> dict[str, str]:
    """Lines `simplified = traditional`; # begins a remark."""
    found = {}
    for line in OVERRIDES.read_text(encoding="utf-8").splitlines():
        left, equals, right = line.partition("#")[0].partition("=")
        if equals:
            found[left.strip()] = right.strip()
    return found


# --- check -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Use:
    path: Path
    line: int
    id: str
    context: str | None


def check(package: Path) -> Iterator[str]:
    """What is wrong, one line each, with the place where it is used."""
    known: dict[tuple[str, str | None], Message] = {}
    ours: dict[tuple[str, str | None], Message] = {}
    for source in (_django_catalogue(), *sorted(package.glob(f"**/{SOURCE}"))):
        for message in _read(source):
            if message.id and _is_said(message):
                key = (_singular(message), message.context)
                if source.is_relative_to(package):
                    yield from _faults(message, source.relative_to(package.parent))
                    yield from _clash(message, ours.setdefault(key, message), source.relative_to(package.parent))
                known[key] = message
    for use in _uses(package):
        if (use.id, use.context) not in known:
            where = use.path.relative_to(package.parent)
            yield f"{where}:{use.line}: no Chinese for “{use.id}”"


def _django_catalogue() -> Path:
    import django

    return Path(django.__file__).parent / "conf" / SOURCE


def _singular(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def _is_said(message: Message) -> bool:
    return not message.fuzzy and all(_strings(message))


def _clash(message: Message, before: Message, where: Path) -> Iterator[str]:
    """All catalogues are one at run time: two rooms that say a text otherwise give it a context each."""
    if _strings(message) != _strings(before):
        yield f"{where}: “{_singular(message)}” is “{_strings(before)[0]}” elsewhere: give one of them a context"


def _faults(message: Message, where: Path) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
    for text in _strings(message):
        if odd := set(PLACEHOLDER.findall(text)) - allowed:
            names = ", ".join(sorted(odd))
            yield f"{where}:{message.lineno}: “{text}” names {names}, which the English does not"


def _uses(package: Path) -> Iterator[Use]:
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if {"tests", "migrations", "static", "locale"} & set(inside):
            continue
        if path.suffix == ".py":
            yield from _extracted(path, path.read_bytes())
        elif path.suffix in {".html", ".txt"} and "templates" in inside:
            from django.utils.translation.template import templatize

            yield from _extracted(path, templatize(path.read_text(encoding="utf-8"), str(path)).encode())


def _extracted(path: Path, code: bytes) -> Iterator[Use]:
    for line, message, _, context in extract("python", BytesIO(code), keywords=KEYWORDS, options={"encoding": "utf-8"}):
        found = message[0] if isinstance(message, tuple) else message
        if found:
            yield Use(path, line, found, context)
