"""The commands that stay: serve, web, work; and what `serve --prepare` does before."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from .place import ROOT, Refusal, as_owner, database, refuse_strong_role, say_where, set_up_django
from .postgres import Cluster
from .supervisor import Child, Supervisor, end_with_parent, say

LOG_CONFIG = Path(__file__).with_name("granian-log.json")


def serve(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    is_own_server = bool(os.environ.get("DATABASE_URL"))
    with database(arguments.data) as cluster:
        if arguments.prepare:
            _prepare(arguments.data, make_demo=not is_own_server)
        refuse_strong_role(os.environ["DATABASE_URL"])
        web_options = ["--host", arguments.host, "--port", str(arguments.port)]
        web_options += ["--workers", str(arguments.workers), "--threads", str(arguments.threads)]
        children = [_child("web", arguments, *web_options)]
        children += [_child("work", arguments) for _ in range(arguments.work)]
        say("serving", address=f"http://{arguments.host}:{arguments.port}/", data=arguments.data)
        return Supervisor(children, _keeper(cluster)).run()


def web(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    if not os.environ.get("DATABASE_URL"):
        options = ["--host", arguments.host, "--port", str(arguments.port)]
        options += ["--workers", str(arguments.workers), "--threads", str(arguments.threads)]
        return _alone("web", arguments, *options)
    say_where(arguments.data)
    refuse_strong_role(os.environ["DATABASE_URL"])
    _come_from_supervisor()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", arguments.host, "--port", str(arguments.port)]
    command += ["--workers", str(arguments.workers), "--blocking-threads", str(arguments.threads)]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "20"]
    if os.environ.get("GUANJIA_LOG") == "json":
        command += ["--log-config", str(LOG_CONFIG)]
    if arguments.access_log:
        # No address of a page: its query may hold what somebody searched for.
        command += ["--access-log", "--access-log-fmt", "%(method)s %(status)d %(dt_ms).0f ms"]
    return os.execv(sys.executable, [*command, "guanjia.runtime.wsgi:application"])  # noqa: S606


def work(arguments: argparse.Namespace) -> int:
    _choose_log(arguments)
    if not os.environ.get("DATABASE_URL"):
        return _alone("work", arguments)
    say_where(arguments.data)
    refuse_strong_role(os.environ["DATABASE_URL"])
    _come_from_supervisor()
    set_up_django()
    from guanjia.kernel import jobs

    jobs.work()
    return 0


def _alone(name: str, arguments: argparse.Namespace, *options: str) -> int:
    """Web or worker on the embedded server: a child, so that the server outlives its end by a moment."""
    with database(arguments.data) as cluster:
        refuse_strong_role(os.environ["DATABASE_URL"])
        return Supervisor([_child(name, arguments, *options)], _keeper(cluster)).run()


def _child(name: str, arguments: argparse.Namespace, *options: str) -> Child:
    command = [sys.executable, "-m", "guanjia", name, "--data", str(arguments.data), *options]
    if name == "web" and arguments.access_log:
        command.append("--access-log")
    os.environ["GUANJIA_SUPERVISED"] = str(os.getpid())
    return Child(name, command)


def _come_from_supervisor() -> None:
    """A child ends with its supervisor; one that was orphaned while it started ends at once."""
    supervisor = os.environ.pop("GUANJIA_SUPERVISED", None)
    if supervisor is not None:
        end_with_parent()
        if os.getppid() != int(supervisor):
            sys.exit("The supervisor has ended.")


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


def _prepare(data: Path, *, make_demo: bool) -> None:
    """Tables, static files and, in a new embedded database, the demo community."""
    collecting = _collect_static(data)
    if as_owner("prepare", "--verbosity", "0"):
        raise Refusal("The migration failed: nothing was started.")
    if collecting is not None and collecting.wait():
        raise Refusal("The static files could not be collected.")
    _stamp(data).write_text(_static_digest())
    made = data / "demo"
    if make_demo and os.environ.get("GUANJIA_DEMO", "1") != "0" and not made.exists():
        done = subprocess.run([sys.executable, "-m", "guanjia", "demo", "--data", str(data)], check=False)
        if done.returncode:
            raise Refusal("The demo community could not be made.")
        made.touch()
    if made.exists():
        os.environ["GUANJIA_DEMO"] = "1"


def _collect_static(data: Path) -> subprocess.Popen[bytes] | None:
    stamp = _stamp(data)
    if stamp.exists() and stamp.read_text() == _static_digest():
        return None
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    return subprocess.Popen(command)


def _stamp(data: Path) -> Path:
    return data / "static.digest"


def _static_digest() -> str:
    """Of the names, sizes and times of all our static files, and of the packages that bring others."""
    found = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted((ROOT / "guanjia").glob("**/static/**/*")):
        about = path.stat()
        found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()
