"""The data folder and the database a command works on, said to everything else by the environment."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from .binaries import SHARED, closed_folders, owner_for
from .postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]


class Refusal(RuntimeError):
    """A command that cannot be done, said in one sentence."""


def default_data() -> Path:
    """$GUANJIA_DATA, else ./data; for root inside a closed folder (a clone in /root) a place the server may enter."""
    if given := os.environ.get("GUANJIA_DATA"):
        return Path(os.path.abspath(given))
    here = Path.cwd() / "data"
    if os.geteuid() != 0 or here.exists() or os.environ.get("DATABASE_URL"):
        return here
    if not closed_folders(here.parent, owner_for(here.parent)):
        return here
    if not SHARED.exists():
        SHARED.mkdir(parents=True)
        SHARED.chmod(0o755)  # whatever the umask: only what lies in it is private
    elsewhere = SHARED / hashlib.sha256(os.fsencode(here)).hexdigest()[:8]
    print(f"The data folder is {elsewhere}: the database's user may not enter {here.parent}.", file=sys.stderr)
    return elsewhere


def say_where(data: Path) -> None:
    """Name the data folder, made on first use, and the settings to this process and its children."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["GUANJIA_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanjia.config.settings")
    paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))


@contextlib.contextmanager
def database(data: Path) -> Iterator[Cluster | None]:
    """The server of DATABASE_URL, or the embedded one, which runs at least until we leave."""
    say_where(data)
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster(data)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.app_url
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url
    try:
        yield cluster
    finally:
        del os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
        cluster.stop()


def as_owner(*arguments: str) -> int:
    """A Django command in a child process that works as the role which owns the tables."""
    environment = {**os.environ, "GUANJIA_AS_OWNER": "1"}
    return subprocess.run([sys.executable, "-m", "django", *arguments], env=environment, check=False).returncode


def make_tables_if_new() -> None:
    """A command on a place that was never used: its tables first."""
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as connection:
        row = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if row == (None,) and as_owner("prepare", "--verbosity", "0"):
        raise Refusal("The tables could not be made.")


def refuse_strong_role(url: str) -> None:
    """Web and worker must not be able to change the journal: neither superuser nor owner of the tables."""
    question = """
        SELECT r.rolsuper OR r.rolbypassrls,
               EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
                          AND pg_has_role(r.oid, c.relowner, 'MEMBER')),
               to_regclass('public.django_migrations') IS NOT NULL, r.rolname
          FROM pg_roles r WHERE r.rolname = current_user
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.OperationalError as error:
        raise Refusal(f"The database of DATABASE_URL does not answer: {error}".strip()) from error
    assert row is not None
    is_superuser, is_owner, is_migrated, name = row
    if is_superuser:
        raise Refusal(f"The role {name} of DATABASE_URL is a superuser or has BYPASSRLS: use a plain role.")
    if is_owner:
        raise Refusal(
            f"The role {name} of DATABASE_URL owns the tables and could rewrite the journal: "
            "let it be the owner in DATABASE_OWNER_URL, and use a plain role here."
        )
    if not is_migrated:
        raise Refusal("The database has no tables yet: run `guanjia migrate` first.")
