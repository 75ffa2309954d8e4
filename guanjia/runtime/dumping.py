"""pg_dump and pg_restore: which one, with whose password, and what they said."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg

from .binaries import programs_for
from .place import Refusal
from .postgres import Cluster


def owner_url() -> str:
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def dump(cluster: Cluster | None, target: Path) -> None:
    """One snapshot of the whole database, as its owner."""
    _run("pg_dump", cluster, "--format=custom", "--compress=6", f"--file={target}")


def load(cluster: Cluster | None, source: Path) -> None:
    """Owners and rights are those of this place, not of the place the dump came from."""
    options = ["--no-owner", "--no-privileges"]
    if cluster is not None:
        _run("pg_restore", cluster, *options, "--exit-on-error", "--jobs=2", str(source))
        return
    # A newer pg_restore sets a parameter that an older server does not know; that alone is left out.
    script = _run("pg_restore", None, *options, "--file=-", str(source), connect=False)
    lines = [line for line in script.splitlines(keepends=True) if not line.startswith(b"SET transaction_timeout")]
    _run(
        "psql",
        None,
        "--quiet",
        "--no-psqlrc",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        given=b"".join(lines),
    )


def refuse_tables() -> None:
    """A restore goes into an empty database only."""
    with psycopg.connect(owner_url(), connect_timeout=10) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if found is not None:
        raise Refusal("The database holds tables already: restore only into an empty database.")


def _run(name: str, cluster: Cluster | None, *options: str, connect: bool = True, given: bytes | None = None) -> bytes:
    url, password = _without_password(owner_url())
    if cluster is not None:
        program = cluster.program(name)
    else:
        program = _program_for_server(name, owner_url()) if connect else _newest(name)
    command = [str(program), *options]
    if connect:
        command += ["--no-password", f"--dbname={url}"]
    environment = {**os.environ, "PGPASSWORD": password}  # not as an argument: those are seen by all users
    done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise Refusal(f"{name} failed: {next((x for x in lines if 'error' in x.lower()), lines[-1:] or 'no message')}")
    return done.stdout


def _without_password(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return urlunsplit(parts._replace(netloc=user + host)), unquote(parts.password or "")


def _program_for_server(name: str, url: str) -> Path:
    """The system's program when it is new enough (it may speak TLS), else the bundled one."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        server = connection.info.server_version // 10000
    found = shutil.which(name)
    if found is not None and _version(found) >= server:
        return Path(found)
    return programs_for(None) / name


def _newest(name: str) -> Path:
    """What only reads a file must know its format: a dump of the bundled server is too new for an older program."""
    bundled, found = programs_for(None) / name, shutil.which(name)
    return Path(found) if found is not None and _version(found) > _version(str(bundled)) else bundled


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)", said)
    return int(version.group(1)) if version else 0
