"""The style sheet: one file a component, joined in name order, served under the digest of its text.

The cascade is the order of the files and single-class selectors. `@layer` would say it more plainly, but a browser that
does not know it (Chromium before 99: old counter PCs, old WeChat kernels) drops the whole block and shows a bare page.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli
from django.conf import settings

FOLDER = Path(__file__).parent / "static" / "web" / "css"
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_DARK = re.compile(r"\[data-theme=dark\] \{(.*?)\}", re.S)


@dataclass(frozen=True)
class Sheet:
    """The joined text in the three forms a browser may ask for, and the name it is served under."""

    plain: bytes
    gzipped: bytes
    brotlied: bytes

    @property
    def digest(self) -> str:
        return sha256(self.plain).hexdigest()[:12]


def sheet() -> Sheet:
    """The sheet as it stands; read once, or whenever a file changes while developing."""
    return _joined(_newest() if settings.DEBUG else 0)


def _newest() -> int:
    return max(path.stat().st_mtime_ns for path in FOLDER.glob("*.css"))


@lru_cache(maxsize=1)
def _joined(_stamp: int) -> Sheet:
    plain = join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css"))).encode()
    return Sheet(plain, gzip.compress(plain, 9, mtime=0), brotli.compress(plain))


def join(parts: Iterable[str]) -> str:
    """One text from the files; the dark tokens once more for "auto" on a machine set to dark."""
    return "\n".join(_thin(_with_auto(part)) for part in parts) + "\n"


def _with_auto(part: str) -> str:
    if (tokens := _DARK.search(part)) and "--ground" in tokens.group(1):
        part += "\n@media (prefers-color-scheme: dark) { [data-theme=auto] {" + tokens.group(1) + "} }"
    return part


def _thin(part: str) -> str:
    lines = (line.strip() for line in _COMMENT.sub("", part).splitlines())
    return "\n".join(line for line in lines if line)
