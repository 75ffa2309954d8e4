"""`serve`: web and worker as children, restarted when they die, stopped in order."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

PATIENCE = 30.0  # seconds a child has to finish its requests or its job
LONGEST_PAUSE = 2.0
STEADY_AFTER = 5.0


def end_with_parent() -> None:
    """Linux: get TERM when the parent is killed, so that no child lives on and holds the port."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def say(event: str, **facts: object) -> None:
    """One line about the supervisor's own doing; JSON when GUANJIA_LOG is json."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    if os.environ.get("GUANJIA_LOG") == "json":
        entry = {"at": at, "level": "info", "logger": "guanjia.serve", "message": event, **facts}
        line = json.dumps(entry, default=str, ensure_ascii=False)
    else:
        line = f"{at[:19]}Z {event}" + "".join(f" {name}={value}" for name, value in facts.items())
    print(line, file=sys.stderr, flush=True)


@dataclass
class Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which stops things in order.
        self.process = subprocess.Popen(
            self.command, env=dict(environment), start_new_session=True, preexec_fn=end_with_parent
        )
        self.started = time.monotonic()
        say("started", child=self.name, pid=self.process.pid)

    def note_death(self) -> None:
        assert self.process is not None
        self._end_group()
        was_steady = time.monotonic() - self.started > STEADY_AFTER
        self.pause = 0.2 if was_steady or not self.pause else min(self.pause * 2, LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause
        say("died", child=self.name, status=self.process.returncode, again_in=self.pause)
        self.process = None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def finish(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say("killed, it did not stop", child=self.name)
        self._end_group()
        self.process.wait()
        say("stopped", child=self.name, status=self.process.returncode)

    def _end_group(self) -> None:
        """What the child left behind in its own session: the web server's workers keep the port open."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


@dataclass
class Supervisor:
    children: list[Child]
    keep_up: Callable[[], None] = lambda: None  # the embedded database, looked after in between
    is_stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Until TERM or INT. A second signal changes nothing: stopping in order is the fast way."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_signal)
        # Children work as the plain role; the owner's password is none of their business.
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"}
        looked = time.monotonic()
        while not self.is_stopping:
            for child in self.children:
                if child.process is not None and child.process.poll() is not None:
                    child.note_death()
                if child.process is None and time.monotonic() >= child.due:
                    child.start(environment)
            if time.monotonic() - looked > 5:
                self.keep_up()
                looked = time.monotonic()
            time.sleep(0.1)
        say("stopping")
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            child.finish(deadline)
        return 0

    def _note_signal(self, number: int, frame: object) -> None:
        self.is_stopping = True
