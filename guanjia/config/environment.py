"""What the environment may set, read once and typed."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def database(url: str) -> dict[str, object]:
    """A Django database entry from a postgresql:// address; `?host=` names a socket folder."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    options: dict[str, object] = {}
    for key in ("sslmode", "sslrootcert"):
        if key in query:
            options[key] = query[key][0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def data_folder() -> Path:
    """Where the database, the files and the keys live when nothing else is said."""
    return Path(os.environ.get("GUANJIA_DATA", "data")).resolve()


def secret(name: str, folder: Path, *, size: int = 50) -> str:
    """A secret from the environment, or one made once and kept with mode 0600 beside the data."""
    given = os.environ.get(name)
    if given:
        return given
    path = folder / "keys" / name.lower()
    if path.exists():
        return path.read_text().strip()
    import secrets

    value = secrets.token_urlsafe(size)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as stream:
        stream.write(value)
    return value
