"""Uploaded files at rest: sealed under a key of their own, outside the web root, opened only here."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from guanjia.kernel import crypto

FOLDER = "imports"
_OURS = re.compile(r"\d+-[0-9a-f]{32}\.sealed")


def keep(project_id: int, content: bytes) -> str:
    """Seal and store; returns the name. A rolled back act leaves a file that the nightly sweep takes away."""
    token = f"{project_id}-{secrets.token_hex(16)}"
    sealed = crypto.seal(crypto.derived("imports"), content, f"imports:{token}")
    return str(default_storage.save(f"{FOLDER}/{token}.sealed", ContentFile(sealed)))


def content_of(name: str) -> bytes:
    """The content of a stored file. Raises OSError or ValueError."""
    token = Path(name).name.removesuffix(".sealed")
    with default_storage.open(name) as stored:
        return crypto.open_sealed(crypto.derived("imports"), stored.read(), f"imports:{token}")


def forget(name: str) -> None:
    if name:
        default_storage.delete(name)


def orphans(known: set[str], *, older_than: float) -> list[str]:
    """Stored files that no import names, older than a moment."""
    folder = Path(default_storage.path(FOLDER))
    if not folder.is_dir():
        return []
    names = [p for p in folder.iterdir() if _OURS.fullmatch(p.name) and p.stat().st_mtime < older_than]
    return [f"{FOLDER}/{p.name}" for p in names if f"{FOLDER}/{p.name}" not in known]


def a_day_ago() -> float:
    return time.time() - 86_400
