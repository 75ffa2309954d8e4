"""The embedded PostgreSQL: one real server per data folder, without a service to install.

    cluster = Cluster(Path("data"))
    cluster.start()         # makes it on the first call, joins it when it runs already
    cluster.app_url         # the plain role: web, worker, tests
    cluster.owner_url       # the role that migrates
    cluster.stop()          # the last one to leave stops the server

Three rules, each paid for by somebody (docs/operating.md tells them to operators):

- Whether a server runs is known from a connection that names this data folder, never from the
  number in `postmaster.pid`: after a reboot that number is somebody else's process.
- No process is ever signalled from here. `pg_ctl` alone stops the server.
- Starts and stops are taken in turn under a file lock, and everyone who uses the server holds a
  shared lock, which the operating system drops when its holder is killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from .binaries import PostgresError, User, closed_folders, major_of, owner_for, programs_for, run_as

__all__ = ["Cluster", "PostgresError"]

DATABASE, OWNER, APP, ADMIN = "guanjia", "guanjia_owner", "guanjia_app", "postgres"
SOCKET_PATH_LIMIT = 80  # of 107 bytes the kernel allows, `/.s.PGSQL.5432.lock` takes twenty
DEADLINE = 300  # seconds: recovery after a crash of a large database takes its time

SETTINGS = """\
# Written at every start. Settings of your own belong in local.conf, which is read after this file.
listen_addresses = ''
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


class Cluster:
    """`durable=False` is for tests: faster, and lost with the machine."""

    def __init__(self, data_dir: Path, durable: bool = True) -> None:
        self.data_dir = Path(os.path.abspath(data_dir))
        self.durable = durable
        self._users_lock: IO[str] | None = None

    # --- what others use -----------------------------------------------------------------------

    def start(self) -> None:
        self._make_data_dir()
        with self._turn():
            self._refuse_other_version()
            if not self.is_running():
                self._create_if_new()
                self._configure()
                self._clear_stale_pid()
                self._launch()
            self._create_database()
            self._enter()

    def stop(self) -> None:
        """Leave. The last one to leave stops the server; it returns when the server is down."""
        if not self.folder.exists():
            return
        with self._turn():
            if self._leave() and self.is_running():
                self._pg_ctl("stop", "-m", "fast", "-w", "-t", str(DEADLINE))

    def is_running(self) -> bool:
        """A server answers on our socket, and it is the server of this very folder."""
        if not self._state_file.exists():
            return False
        try:
            with self._connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise PostgresError(
                    f"The passwords in {self._state_file} are not those of the server in "
                    f"{self.folder}: put the file back that belongs to it."
                ) from error
            return False
        return row is not None and os.path.realpath(row[0]) == os.path.realpath(self.folder)

    @property
    def owner_url(self) -> str:
        return self._url(OWNER)

    @property
    def app_url(self) -> str:
        return self._url(APP)

    def program(self, name: str) -> Path:
        """A client program of the same version: pg_dump, pg_restore, psql."""
        return self._programs / name

    # --- where things are ----------------------------------------------------------------------

    @cached_property
    def _user(self) -> User | None:
        existing = next(iter(sorted(self.data_dir.glob("pg[0-9]*"))), self.data_dir)
        return owner_for(existing)

    @cached_property
    def _programs(self) -> Path:
        return programs_for(self._user)

    @cached_property
    def folder(self) -> Path:
        return self.data_dir / f"pg{major_of(self._programs)}"

    @property
    def _state_file(self) -> Path:
        return self.data_dir / "postgres.json"

    @property
    def _state(self) -> dict[str, str]:
        state: dict[str, str] = json.loads(self._state_file.read_text())
        return state

    def _socket_folder(self) -> Path:
        """Beside the data, or a short private name when that path is too long for a socket."""
        beside = self.data_dir / "run"
        is_plain = re.fullmatch(r"[A-Za-z0-9/._-]+", str(beside))
        if is_plain and len(os.fsencode(beside)) <= SOCKET_PATH_LIMIT:
            return beside
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        base = Path(tempfile.gettempdir())
        if len(os.fsencode(base)) > SOCKET_PATH_LIMIT - 30:
            base = Path("/tmp")
        return base / f"guanjia-{os.geteuid()}-{digest}"

    def _url(self, role: str) -> str:
        state = self._state
        host = quote(state["socket_folder"], safe="")
        return f"postgresql://{role}:{state[role]}@/{DATABASE}?host={host}"

    def _connect(self, database: str = "postgres") -> psycopg.Connection:
        state = self._state
        return psycopg.connect(
            host=state["socket_folder"],
            dbname=database,
            user=ADMIN,
            password=state[ADMIN],
            connect_timeout=5,
            autocommit=True,
        )

    # --- locks ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One start or stop at a time, over all processes."""
        with open(self.data_dir / "postgres.turn.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _enter(self) -> None:
        if self._users_lock is None:
            self._users_lock = open(self.data_dir / "postgres.users.lock", "a")
            fcntl.flock(self._users_lock, fcntl.LOCK_SH)

    def _leave(self) -> bool:
        """Give up our share; say whether nobody else holds one."""
        if self._users_lock is not None:
            self._users_lock.close()
            self._users_lock = None
        with open(self.data_dir / "postgres.users.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    # --- making it -----------------------------------------------------------------------------

    def _make_data_dir(self) -> None:
        if not self.data_dir.exists():
            self.data_dir.mkdir(parents=True, mode=0o700)
        user = self._user
        if user is not None and user.is_other:
            # Our own folder is opened for the server's group alone; folders above it stay as they are.
            mode = self.data_dir.stat().st_mode & 0o7777
            if self.data_dir.stat().st_uid != user.uid:
                os.chown(self.data_dir, -1, user.gid)
                os.chmod(self.data_dir, mode | 0o010)
        if closed := closed_folders(self.data_dir, user):
            name = user.name if user else "the present user"
            raise PostgresError(
                f"PostgreSQL runs as {name}, who may not enter {closed[0]}: choose a data folder "
                "elsewhere (--data /var/lib/guanjia), or run the program as an ordinary user."
            )

    def _refuse_other_version(self) -> None:
        found = {p.name: p for p in self.data_dir.glob("pg[0-9]*") if p.name[2:].isdigit()}
        ours = self.folder.name
        if found and ours not in found:
            raise PostgresError(
                f"{self.data_dir} holds {', '.join(sorted(found))}, but this program carries "
                f"PostgreSQL {ours[2:]}: make a backup with the earlier program and restore it "
                "with this one into an empty folder."
            )
        version = self.folder / "PG_VERSION"
        if self.folder.exists() and (
            not version.exists() or version.read_text().strip() != ours[2:]
        ):
            written = version.read_text().strip() if version.exists() else "of no known version"
            raise PostgresError(f"{self.folder} is a data folder {written}, not {ours[2:]}: it is left alone.")

    def _create_if_new(self) -> None:
        if self.folder.exists():
            if not self._state_file.exists():
                raise PostgresError(
                    f"{self._state_file} with the passwords is missing: "
                    "put it back from a copy, or restore a backup into an empty folder."
                )
            return
        state = {role: secrets.token_hex(16) for role in (ADMIN, OWNER, APP)}
        # A folder is renamed into place when it is whole: an interrupted first start leaves no half.
        unfinished = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own(unfinished)
        with tempfile.TemporaryDirectory(prefix="guanjia-") as private:
            password = Path(private) / "password"
            password.write_text(state[ADMIN])
            if self._user is not None:
                os.chown(password, self._user.uid, self._user.gid)
                os.chown(private, self._user.uid, self._user.gid)
            command = [str(self._programs / "initdb"), "-D", str(unfinished), "-U", ADMIN]
            command += ["--encoding=utf8", "--locale-provider=builtin", "--locale=C.UTF-8"]
            command += ["--auth=scram-sha-256", f"--pwfile={password}", "--no-instructions"]
            if not self.durable:
                command.append("--no-sync")
            done = self._run(command)
        if done.returncode:
            raise PostgresError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
        with open(unfinished / "postgresql.conf", "a") as conf:
            conf.write("\ninclude_if_exists = 'guanjia.conf'\ninclude_if_exists = 'local.conf'\n")
        state["socket_folder"] = ""
        self._write_state(state)
        unfinished.rename(self.folder)

    def _write_state(self, state: dict[str, str]) -> None:
        unfinished = self._state_file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(state, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(self._state_file)

    def _own(self, folder: Path) -> None:
        """A folder for the server alone: mode 0700, its user's. A foreign one is refused."""
        user = self._user
        wanted = user.uid if user is not None else os.geteuid()
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if user is not None:
                os.chown(folder, user.uid, user.gid)
        found = folder.lstat()
        if folder.is_symlink() or not folder.is_dir() or found.st_uid != wanted:
            raise PostgresError(f"{folder} belongs to somebody else: remove it, then start again.")
        if found.st_mode & 0o077:
            folder.chmod(0o700)

    def _configure(self) -> None:
        socket_folder = self._socket_folder()
        self._own(socket_folder)
        self._write_state({**self._state, "socket_folder": str(socket_folder)})
        text = SETTINGS.format(
            socket_folder=str(socket_folder).replace("'", "''"),
            shared_buffers="256MB" if self.durable else "128MB",
            durable="on" if self.durable else "off",
        )
        conf = self.folder / "guanjia.conf"
        conf.write_text(text)
        if self._user is not None:
            os.chown(conf, self._user.uid, self._user.gid)

    # --- starting it ---------------------------------------------------------------------------

    def _servers(self) -> list[psutil.Process]:
        """Processes of a PostgreSQL at work in this folder. They are looked at, never signalled."""
        place = os.path.realpath(self.folder)
        found = []
        for process in psutil.process_iter(["name", "cwd", "status"]):
            info = process.info
            is_alive = info["status"] not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
            if is_alive and "postgres" in (info["name"] or "") and info["cwd"] == place:
                found.append(process)
        return found

    def _clear_stale_pid(self) -> None:
        """PostgreSQL will not start while `postmaster.pid` names any living process of our user."""
        deadline = time.monotonic() + DEADLINE
        while self._servers():
            # Still starting, recovering or stopping: let it come to a state that can be asked.
            if self.is_running():
                return
            if time.monotonic() > deadline:
                raise PostgresError(f"A server works in {self.folder} but does not answer.")
            time.sleep(0.1)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self) -> None:
        if self.is_running():
            return
        log = self.folder / "start.log"
        log.unlink(missing_ok=True)
        begun = said = time.monotonic()
        command = [str(self._programs / "pg_ctl"), "start", "-D", str(self.folder)]
        command += ["-w", "-t", str(DEADLINE), "-l", str(log), "-s"]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        starter = subprocess.Popen(command, cwd="/", env=self._environment(), **quiet, **run_as(self._user))  # type: ignore[call-overload]
        while time.monotonic() - begun < DEADLINE:
            with contextlib.suppress(subprocess.TimeoutExpired):
                starter.wait(0.2)
            if starter.poll() is not None:
                if self.is_running():
                    return
                if not self._servers():
                    break
                time.sleep(0.2)
            if time.monotonic() - said > 5:
                said = time.monotonic()
                passed = round(said - begun)
                print(f"PostgreSQL is recovering its data, {passed} s so far …", file=sys.stderr, flush=True)
        raise PostgresError(f"PostgreSQL did not start in {self.folder}: {self._last_words(log)}")

    def _last_words(self, log: Path) -> str:
        for source in (log, *sorted(self.folder.glob("log/*.log"), key=os.path.getmtime, reverse=True)):
            lines = source.read_text(errors="replace").splitlines() if source.exists() else []
            fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
            if fatal:
                return fatal[-1]
        return "it left no message"

    def _create_database(self) -> None:
        """The two roles and the database, made once: the database comes last."""
        with self._connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                return
            for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    make = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE " + rights + " PASSWORD {}")
                    connection.execute(make.format(sql.Identifier(role), sql.Literal(self._state[role])))
            # In template1, so that test databases and restored ones give the same rights.
            with self._connect("template1") as template:
                template.execute(default_rights(OWNER, APP))
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def _environment(self) -> dict[str, str]:
        """Nothing of the caller's PG* variables, locale or home reaches the server."""
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command, capture_output=True, text=True, cwd="/", env=self._environment(), **run_as(self._user)
        )

    def _pg_ctl(self, verb: str, *options: str) -> None:
        done = self._run([str(self._programs / "pg_ctl"), verb, "-D", str(self.folder), *options])
        if done.returncode:
            raise PostgresError(f"pg_ctl {verb} failed: {done.stderr.strip() or done.stdout.strip()}")


def default_rights(owner: str, app: str) -> sql.Composed:
    """What the plain role may do with each table and sequence the owner will make."""
    statement = """
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app};
    """
    return sql.SQL(statement).format(owner=sql.Identifier(owner), app=sql.Identifier(app))
