"""The commands that stay: serve, web, work; and what `serve --prepare` does before."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from guanjia.config.loading import set_up_django

from .place import ROOT, Refusal, as_owner, database, refuse_strong_role, say_where
from .postgres import Cluster
from .supervisor import Child, Supervisor, say

WORK_WAITS = 3.0
# What each step of a first start is made of, and which of them failed by the number its process ended with.
MADE_OF = {"static": "**/static/**/*", "tables": "**/migrations/*.py"}
NOT_MADE = {10: "static", 11: "tables", 12: "demo"}
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
    return os.execv(sys.executable, _web_command(arguments))  # noqa: S606  our own program


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


def _keeper(cluster: Cluster | None) -> Callable[[], None]:
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

    stamps = {"static": data / "static.digest", "tables": data / "migrated.digest"}
    # What an outside server holds is not known from here: it is always asked.
    if cluster is None:
        stamps["tables"].unlink(missing_ok=True)
    steps = [name for name, stamp in stamps.items() if not _is_stamped(stamp, MADE_OF[name])]
    notes, has_demo = data / "demo", cluster is not None and os.environ.get("GUANJIA_DEMO", "1") != "0"
    if has_demo and not notes.exists():
        steps.append("demo")
    messages.compile_all(messages.PACKAGE)
    if steps:
        _make(steps, stamps, notes)
    if has_demo and notes.exists():
        # What the demo says (the accounts to log in with) is kept and said at each start.
        print(notes.read_text(), end="", flush=True)
        os.environ["GUANJIA_DEMO"] = "1"


def _make(steps: list[str], stamps: dict[str, Path], notes: Path) -> None:
    """One process makes what is missing; each stamp says for exactly which files it was done."""
    command = [sys.executable, "-m", "guanjia.config.preparing", *steps]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    failed = NOT_MADE.get(done.returncode, "tables" if done.returncode else "")
    if failed == "tables":
        raise Refusal("The migration failed: nothing was started.")
    if failed == "static":
        raise Refusal("The static files could not be collected.")
    for name, stamp in stamps.items():
        if name in steps:
            stamp.write_text(_digest(MADE_OF[name]))
    if failed == "demo":
        say("the demo community could not be made; serving without it")
    elif "demo" in steps:
        notes.write_text(done.stdout)
        notes.chmod(0o600)


def _is_stamped(stamp: Path, pattern: str) -> bool:
    return stamp.exists() and stamp.read_text() == _digest(pattern)


def _digest(pattern: str) -> str:
    """Of the names, sizes and times of our files, and of the packages that bring others."""
    found = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted([*(ROOT / "guanjia").glob(pattern), ROOT / "guanjia" / "kernel" / "grants.py"]):
        about = path.stat()
        found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()
