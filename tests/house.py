"""What the house rules find in the source: reading only, shared by the tests and by `python tests/house.py --record`."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("house.json")
MOST_LINES, MOST_FUNCTION = 300, 40

# Rule → (what it looks for, folders where it holds not). The kernel and the runtime are where these have their home.
SOURCE = {
    "transaction": (r"transaction\.(atomic|on_commit)|set_autocommit", ("kernel", "runtime")),
    "now": (r"timezone\.now\(|datetime\.(now|utcnow|today)\(|date\.today\(", ("kernel", "runtime")),
    "unscoped_get": (r"\.objects\.get\(|get_object_or_404", ("kernel", "runtime")),
    "signals": (r"models\.signals|core\.signals|@receiver|\.connect\(lambda", ("runtime",)),
    "unsafe_output": (r"mark_safe|SafeString\(|__html__|autoescape=False", ()),
    "raw_sql": (r"connection\.cursor\(|\.raw\(|RawSQL|\.extra\(", ("kernel", "runtime")),
    "floats": (r"\bfloat\(|FloatField|DecimalField", ("kernel", "runtime")),
    "cascade": (r"models\.CASCADE|on_delete=CASCADE", ()),
    "print": (r"^\s*print\(", ("runtime",)),
}
TEMPLATE = {
    "inline_style": r"<[^>]*\sstyle\s*=",
    "inline_script": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>",
    "inline_handler": r"<[^>]*\son[a-z]+\s*=\s*[\"']|hx-on|hx-vars|javascript:",
    "unsafe": r"\|\s*safe\b|autoescape off|safeseq",
    "elsewhere": r"(src|href)=[\"']https?://",
}
RULES = (*SOURCE, *TEMPLATE, "long_files", "long_functions")


def sources() -> Iterator[Path]:
    """The product's own Python, without tests and migrations."""
    for path in sorted((ROOT / "guanjia").rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "guanjia").rglob("templates/**/*.html"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def source_findings(rule: str) -> dict[str, int]:
    """File → how often the rule is broken there; comments and docstrings do not count."""
    pattern, homes = SOURCE[rule]
    found: Counter[str] = Counter()
    for path in sources():
        if path.relative_to(ROOT / "guanjia").parts[0] in homes:
            continue
        hits = len(re.findall(pattern, _code(path), re.MULTILINE))
        if hits:
            found[named(path)] = hits
    return dict(found)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _code(path: Path) -> str:
    """The source without comments and docstrings."""
    tree = _tree(path)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                value.value = ""
    return ast.unparse(tree)


def template_findings(rule: str) -> dict[str, int]:
    found = {named(p): len(re.findall(TEMPLATE[rule], p.read_text(encoding="utf-8"))) for p in templates()}
    return {name: hits for name, hits in found.items() if hits}


def long_files() -> dict[str, int]:
    lengths = {named(p): len(p.read_text(encoding="utf-8").splitlines()) for p in sources()}
    return {name: length for name, length in lengths.items() if length > MOST_LINES}


def long_functions() -> dict[str, int]:
    found = {}
    for path in sources():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > MOST_FUNCTION:
                    found[f"{named(path)}::{node.name}"] = length
    return found


def findings(rule: str) -> dict[str, int]:
    """Place → how often (or how long), for one rule."""
    if rule in SOURCE:
        return source_findings(rule)
    if rule in TEMPLATE:
        return template_findings(rule)
    return long_files() if rule == "long_files" else long_functions()


def everything() -> dict[str, dict[str, int]]:
    """All findings by rule."""
    return {rule: findings(rule) for rule in RULES}


def allowed() -> dict[str, dict[str, int]]:
    """The committed exceptions: they may shrink, never grow."""
    table: dict[str, dict[str, int]] = json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    return table


def record(*, first: bool) -> None:
    """Write down what is left. Without `--first` nothing new enters the list."""
    old = allowed()
    table = {}
    for rule, found in everything().items():
        known = old.get(rule, {})
        kept = found if first else {n: min(v, known[n]) for n, v in found.items() if n in known}
        if kept:
            table[rule] = dict(sorted(kept.items()))
    LIST.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--record" in sys.argv:
        record(first="--first" in sys.argv)
    for rule, found in everything().items():
        for name, hits in found.items():
            if hits > allowed().get(rule, {}).get(name, 0):
                print(rule, name, hits)
