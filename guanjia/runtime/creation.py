"""How a data folder of the embedded PostgreSQL is made: its files, settings, roles and rights."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from .binaries import PostgresError, User

Runs = Callable[[list[str]], "subprocess.CompletedProcess[str]"]
Connects = Callable[[str], "psycopg.Connection[tuple[object, ...]]"]

SETTINGS = """\
# Written at every start. Settings of your own belong in local.conf, which is read after this file.
listen_addresses = ''
port = 5432
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {shared_buffers}
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_directory = 'log'
log_filename = 'postgres-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_line_prefix = '%m [%p] %u@%d '
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


def make_folder(run: Runs, programs: Path, folder: Path, user: User | None, password: str, durable: bool) -> None:
    """Everything under another name: `finish_folder` renames it when it is whole."""
    unfinished = _unfinished(folder)
    shutil.rmtree(unfinished, ignore_errors=True)
    own(unfinished, user)
    with tempfile.TemporaryDirectory(prefix="guanjia-") as private:
        secret = Path(private) / "password"
        secret.write_text(password)
        _give(secret, user)
        _give(Path(private), user)
        command = [str(programs / "initdb"), "-D", str(unfinished), "-U", "postgres"]
        # The locale is the program's, never the caller's: under LC_ALL=C ILIKE would know ASCII only.
        command += ["--encoding=utf8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--no-instructions"]
        done = run(command if durable else [*command, "--no-sync"])
    if done.returncode:
        raise PostgresError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
    with open(unfinished / "postgresql.conf", "a") as conf:
        conf.write("\ninclude_if_exists = 'guanjia.conf'\ninclude_if_exists = 'local.conf'\n")


def finish_folder(folder: Path) -> None:
    _unfinished(folder).rename(folder)


def _unfinished(folder: Path) -> Path:
    return folder.with_name(folder.name + ".new")


def _give(path: Path, user: User | None) -> None:
    if user is not None:
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def own(folder: Path, user: User | None) -> None:
    """A folder for the server alone: mode 0700, its user's. A foreign one is refused."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _give(folder, user)
    found = folder.lstat()
    wanted = user.uid if user is not None else os.geteuid()
    if folder.is_symlink() or not folder.is_dir() or found.st_uid != wanted:
        raise PostgresError(f"{folder} belongs to somebody else: remove it, then start again.")
    if found.st_mode & 0o077:
        folder.chmod(0o700)


def write_settings(folder: Path, user: User | None, socket_folder: Path, durable: bool) -> None:
    text = SETTINGS.format(
        socket_folder=str(socket_folder).replace("'", "''"),
        shared_buffers="256MB" if durable else "128MB",
        durable="on" if durable else "off",
    )
    conf = folder / "guanjia.conf"
    conf.unlink(missing_ok=True)  # never written through a link that the server's user may have set
    with open(os.open(conf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    _give(conf, user)


def create_database(connect: Connects, database: str, owner: str, app: str, passwords: dict[str, str]) -> None:
    """The two roles, their rights and the database, made once: the database comes last."""
    with connect("postgres") as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return
        for role, rights in ((owner, sql.SQL("CREATEDB")), (app, sql.SQL("NOCREATEDB"))):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                make = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {} PASSWORD {}")
                password = sql.Literal(passwords[role])
                connection.execute(make.format(sql.Identifier(role), rights, password))
        # In template1, so that test databases and restored ones give the same rights.
        with connect("template1") as template:
            template.execute(default_rights(owner, app))
        create = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(create.format(sql.Identifier(database), sql.Identifier(owner)))


def default_rights(owner: str, app: str) -> sql.Composed:
    """What the plain role may do with each table and sequence the owner will make."""
    statement = """
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app};
    """
    return sql.SQL(statement).format(owner=sql.Identifier(owner), app=sql.Identifier(app))
