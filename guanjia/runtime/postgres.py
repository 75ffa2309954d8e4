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
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from . import creation
from .binaries import PostgresError, User, major_of, open_to, owner_for, programs_for, run_as
from .watching import last_words, servers_of

__all__ = ["Cluster", "PostgresError"]

DATABASE, OWNER, APP, ADMIN = "guanjia", "guanjia_owner", "guanjia_app", "postgres"
PORT = 5432  # a name of the socket only; said everywhere, so that PGPORT of the caller changes nothing
SOCKET_PATH_LIMIT = 80  # of 107 bytes the kernel allows, `/.s.PGSQL.5432.lock` takes twenty
DEADLINE = 300  # seconds: recovery after a crash of a large database takes its time


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
            if not self.is_running():
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
                with contextlib.suppress(OSError):
                    os.rmdir(self._state["socket_folder"])

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
            base = Path("/tmp")  # noqa: S108  the folder in it is made 0700 and its owner is checked
        return base / f"guanjia-{os.geteuid()}-{digest}"

    def _url(self, role: str) -> str:
        state = self._state
        host = quote(state["socket_folder"], safe="")
        return f"postgresql://{role}:{state[role]}@/{DATABASE}?host={host}&port={PORT}"

    def _connect(self, database: str = "postgres") -> psycopg.Connection:
        state = self._state
        return psycopg.connect(
            host=state["socket_folder"],
            port=PORT,
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
            self._users_lock = open(self.data_dir / "postgres.users.lock", "a")  # noqa: SIM115  held until stop
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
        open_to(self.data_dir, user)

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
        if self.folder.exists() and (not version.exists() or version.read_text().strip() != ours[2:]):
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
        state["socket_folder"] = ""
        creation.make_folder(self._run, self._programs, self.folder, self._user, state[ADMIN], self.durable)
        self._write_state(state)
        creation.finish_folder(self.folder)

    def _write_state(self, state: dict[str, str]) -> None:
        unfinished = self._state_file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(state, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(self._state_file)

    def _configure(self) -> None:
        socket_folder = self._socket_folder()
        creation.own(socket_folder, self._user)
        self._write_state({**self._state, "socket_folder": str(socket_folder)})
        creation.write_settings(self.folder, self._user, socket_folder, self.durable)

    # --- starting it ---------------------------------------------------------------------------

    def _clear_stale_pid(self) -> None:
        """PostgreSQL will not start while `postmaster.pid` names any living process of our user."""
        deadline = time.monotonic() + DEADLINE
        while servers_of(self.folder):
            # Still starting, recovering or stopping: let it come to a state that can be asked.
            if self.is_running():
                return
            if time.monotonic() > deadline:
                raise PostgresError(f"A server works in {self.folder} but does not answer.")
            time.sleep(0.1)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        # The socket has such a file too, in a folder that is this server's alone.
        for left in Path(self._state["socket_folder"]).glob(".s.PGSQL.*"):
            left.unlink()

    def _launch(self) -> None:
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
                if not servers_of(self.folder):
                    break
                time.sleep(0.2)
            if time.monotonic() - said > 5:
                said = time.monotonic()
                passed = round(said - begun)
                print(f"PostgreSQL is recovering its data, {passed} s so far …", file=sys.stderr, flush=True)
        raise PostgresError(f"PostgreSQL did not start in {self.folder}: {last_words(self.folder, log)}")

    def _create_database(self) -> None:
        passwords = {role: self._state[role] for role in (OWNER, APP)}
        creation.create_database(self._connect, DATABASE, OWNER, APP, passwords)

    def _environment(self) -> dict[str, str]:
        """Nothing of the caller's PG* variables, locale or home reaches the server."""
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload]  # the user that runs it is one of its options
            command, capture_output=True, text=True, cwd="/", env=self._environment(), **run_as(self._user)
        )

    def _pg_ctl(self, verb: str, *options: str) -> None:
        done = self._run([str(self._programs / "pg_ctl"), verb, "-D", str(self.folder), *options])
        if done.returncode:
            raise PostgresError(f"pg_ctl {verb} failed: {done.stderr.strip() or done.stdout.strip()}")
