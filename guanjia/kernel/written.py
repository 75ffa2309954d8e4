"""What the product brings along written in YAML (the Book, categories, approval rules …), parsed once for each edition
of a file: parsing would take a quarter of every start."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import yaml


def read(path: Path) -> Any:
    """A file of ours as it stands. What was parsed is kept beside the compiled program, as Python keeps that: for
    exactly this size and time of the file. Only what JSON can say is written in these files."""
    about = path.stat()
    kept = path.parent / "__pycache__" / f"{path.stem}.{about.st_size}.{about.st_mtime_ns}.json"
    try:
        return json.loads(kept.read_bytes())
    except (OSError, ValueError):
        found = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe, both
    _keep(kept, path.stem, json.dumps(found, ensure_ascii=False))
    return found


def _keep(kept: Path, name: str, text: str) -> None:
    """Written whole or not at all; where nothing may be written, it is parsed again each time."""
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob(f"{name}.*.json"):
            old.unlink(missing_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        new.replace(kept)
