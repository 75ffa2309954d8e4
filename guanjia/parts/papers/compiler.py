"""One compiler for the whole process: fonts are read once (0.3 s), a page takes some ten milliseconds."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst

SHEETS = Path(__file__).with_name("sheets")
_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    folder = fonts.serif_path().parent
    return typst.Compiler(
        root=str(SHEETS), font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    )


def pdf(sheet: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """Fill a sheet with data. Data reaches it as JSON and is only ever shown, never read as markup."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(SHEETS / f"{sheet}.typ"), format="pdf", sys_inputs=inputs, timestamp=int(at.timestamp())
        )
    if not isinstance(made, bytes):
        raise TypeError("the compiler gave no single document")
    return made
