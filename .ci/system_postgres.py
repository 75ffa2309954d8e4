"""Migrations and the kernel's tests on the system's PostgreSQL (Debian 12 has 15), in a cluster of its own.

Prints a line and succeeds when there is none and none can be installed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from guanjia.runtime.binaries import owner_for, run_as
from guanjia.runtime.creation import create_database

ROOT = Path(__file__).resolve().parents[1]
OWNER, APP = "guanjia_owner", "guanjia_app"


def programs() -> Path | None:
    found = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    usable = [p for p in found if re.fullmatch(r"\d+", p.parent.name) and int(p.parent.name) >= 15]
    # The oldest that is supported says the most.
    return min(usable, key=lambda p: int(p.parent.name), default=None)


def install() -> None:
    """Debian's package, without the cluster and service that it would make."""
    script = """
        . bin/_packages
        can_install || exit 1
        if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            ${as_root[@]+"${as_root[@]}"} mkdir -p /etc/postgresql-common
            echo 'create_main_cluster = false' |
                ${as_root[@]+"${as_root[@]}"} tee /etc/postgresql-common/createcluster.conf >/dev/null
        fi
        apt_install -o Dpkg::Options::=--force-confold postgresql
    """
    subprocess.run(["bash", "-c", script], cwd=ROOT, check=False)


def main() -> int:
    if programs() is None:
        install()
    found = programs()
    if found is None:
        print("SKIPPED: no system PostgreSQL 15 or newer, and it cannot be installed here.")
        return 0
    print(f"PostgreSQL {found.parent.name}")
    with served(found) as addresses:
        return check({**os.environ, **addresses})


@contextlib.contextmanager
def served(found: Path) -> Iterator[dict[str, str]]:
    """A server of its own with the two roles and an empty database, while it lasts: what the environment says of it."""
    folder = Path(tempfile.mkdtemp(prefix="gjci-"))
    user = owner_for(folder)
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    dropped = run_as(user)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **dropped)  # type: ignore[call-overload]

    def connect(database: str) -> psycopg.Connection:
        return psycopg.connect(host=str(folder), port=5432, user="postgres", dbname=database, autocommit=True)

    cluster, control = folder / "data", str(found / "pg_ctl")
    words = {OWNER: secrets.token_hex(8), APP: secrets.token_hex(8)}
    try:
        made = ["-D", str(cluster), "-U", "postgres", "--encoding=utf8", "--locale=C.UTF-8", "-N"]
        run(str(found / "initdb"), *made)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c jit=off"
        run(control, "start", "-D", str(cluster), "-w", "-s", "-l", str(folder / "log"), "-o", options)
        try:
            create_database(connect, "guanjia", OWNER, APP, words)
            yield {
                name: f"postgresql://{role}:{words[role]}@/guanjia?host={folder}&port=5432"
                for name, role in (("DATABASE_URL", APP), ("DATABASE_OWNER_URL", OWNER))
            }
        finally:
            run(control, "stop", "-D", str(cluster), "-m", "fast", "-w", "-s")
    finally:
        shutil.rmtree(folder)


def check(environment: dict[str, str]) -> int:
    for command in (
        ["-m", "guanjia", "migrate"],
        ["-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "guanjia/kernel", "guanjia/places", "guanjia/people"],
    ):
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
