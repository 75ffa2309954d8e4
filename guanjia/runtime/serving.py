"""The commands that stay: serve, web, work; and what `serve --prepare` does before."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from .place import ROOT, Refusal, as_owner, database, refuse_strong_role, say_where, set_up_django
from .postgres import Cluster
from .supervisor import Child, Supervisor, say

WORK_WAITS = 3.0
LOG_CONFIG = Path(__file__).with_name("granian-log.json")


def serve(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    with database(arguments.data) as cluster:
        if arguments.prepare:
            _prepare(arguments.data, cluster)
        refuse_strong_role(os.environ["DATABASE_URL"])
        children = [Child("web", _web_command(arguments))]
        # A page is waited for, a job is not: while the web server loads it has the processors to itself.
        later = time.monotonic() + WORK_WAITS
        children += [Child(f"work-{n + 1}", _work_command(arguments), due=later) for n in range(arguments.work)]
        say("serving", address=f"http://{arguments.host}:{arguments.port}/", data=arguments.data)
        return Supervisor(children, _keeper(cluster)).run()


def web(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    if not os.environ.get("DATABASE_URL"):
        return _alone(arguments.data, Child("web", _web_command(arguments)))
    say_where(arguments.data)
    refuse_strong_role(os.environ["DATABASE_URL"])
    return os.execv(sys.executable, _web_command(arguments))  # noqa: S606


def work(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    if not os.environ.get("DATABASE_URL"):
        return _alone(arguments.data, Child("work", _work_command(arguments)))
    say_where(arguments.data)
    refuse_strong_role(os.environ["DATABASE_URL"])
    set_up_django()
    from guanjia.kernel import jobs

    jobs.work()
    return 0


def _alone(data: Path, child: Child) -> int:
    """Web or worker on the embedded server: as a child, so that the server outlives its end by a moment."""
    with database(data) as cluster:
        refuse_strong_role(os.environ["DATABASE_URL"])
        return Supervisor([child], _keeper(cluster)).run()


def _work_command(arguments: argparse.Namespace) -> list[str]:
    return [sys.executable, "-m", "guanjia", "work", "--data", str(arguments.data)]


def _web_command(arguments: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", arguments.host, "--port", str(arguments.port)]
    command += ["--workers", str(arguments.workers), "--blocking-threads", str(arguments.threads)]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"]
    if os.environ.get("GUANJIA_LOG") == "json":
        command += ["--log-config", str(LOG_CONFIG)]
    if arguments.access_log:
        # No address of a page: its query may hold what somebody searched for.
        command += ["--access-log", "--access-log-fmt", "%(method)s %(status)d %(dt_ms).0f ms"]
    return [*command, "guanjia.runtime.wsgi:application"]


def _keeper(cluster: Cluster | None):  # type: ignore[no-untyped-def]
    def keep_up() -> None:
        if cluster is not None and not cluster.is_running():
            say("the database is down, starting it again")
            cluster.start()

    return keep_up


def _choose_log(arguments: argparse.Namespace) -> None:
    if arguments.log:
        os.environ["GUANJIA_LOG"] = arguments.log


# --- before serving ----------------------------------------------------------------------------


def migrate(arguments: argparse.Namespace) -> int:
    with database(arguments.data):
        if not os.environ.get("DATABASE_OWNER_URL"):
            raise Refusal("DATABASE_OWNER_URL must name the role that owns the tables: it migrates.")
        return as_owner("prepare")


def _prepare(data: Path, cluster: Cluster | None) -> None:
    """Translations, tables, static files and, in a new embedded database, the demo community."""
    from . import messages

    collecting = _unless_done(data / "static.digest", "**/static/**/*", "collectstatic", "--noinput")
    # What an outside server holds is not known from here: it is always asked.
    migrated = data / "migrated.digest"
    if cluster is None:
        migrated.unlink(missing_ok=True)
    migrating = _unless_done(migrated, "**/migrations/*.py", "prepare")
    messages.compile_all(messages.PACKAGE)
    if not _is_done(migrating, migrated, "**/migrations/*.py"):
        raise Refusal("The migration failed: nothing was started.")
    if not _is_done(collecting, data / "static.digest", "**/static/**/*"):
        raise Refusal("The static files could not be collected.")
    if cluster is not None and os.environ.get("GUANJIA_DEMO", "1") != "0":
        _make_demo(data / "demo")


def _make_demo(notes: Path) -> None:
    """Once for a data folder. What the demo says (the accounts to log in with) is kept and said at each start."""
    if not notes.exists():
        command = [sys.executable, "-m", "guanjia", "demo", "--data", str(notes.parent)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            say("the demo community could not be made; serving without it")
            return
        notes.write_text(done.stdout)
        notes.chmod(0o600)
    print(notes.read_text(), end="", flush=True)
    os.environ["GUANJIA_DEMO"] = "1"


def _unless_done(stamp: Path, pattern: str, *command: str) -> subprocess.Popen[bytes] | None:
    """Start a Django command as the owner, unless it was done for exactly these files."""
    if stamp.exists() and stamp.read_text() == _digest(pattern):
        return None
    environment = {**os.environ, "GUANJIA_AS_OWNER": "1"}
    return subprocess.Popen([sys.executable, "-m", "django", *command, "--verbosity", "0"], env=environment)


def _is_done(running: subprocess.Popen[bytes] | None, stamp: Path, pattern: str) -> bool:
    if running is not None:
        if running.wait():
            return False
        stamp.write_text(_digest(pattern))
    return True


def _digest(pattern: str) -> str:
    """Of the names, sizes and times of our files, and of the packages that bring others."""
    found = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted([*(ROOT / "guanjia").glob(pattern), ROOT / "guanjia" / "kernel" / "grants.py"]):
        about = path.stat()
        found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()
