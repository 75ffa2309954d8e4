"""What can be seen of a server from outside: its processes and its last words. Nothing is signalled."""

from __future__ import annotations

import os
from pathlib import Path

import psutil


def servers_of(folder: Path) -> list[psutil.Process]:
    """The processes of a PostgreSQL at work in this data folder: looked at, never signalled."""
    place = os.path.realpath(folder)
    found = []
    for process in psutil.process_iter(["name", "cwd", "status"]):
        info = process.info
        is_alive = info["status"] not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
        if is_alive and "postgres" in (info["name"] or "") and info["cwd"] == place:
            found.append(process)
    return found


def last_words(folder: Path, start_log: Path) -> str:
    """Why a server did not start, in its own words."""
    for source in (start_log, *sorted(folder.glob("log/*.log"), key=os.path.getmtime, reverse=True)):
        lines = source.read_text(errors="replace").splitlines() if source.exists() else []
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        if fatal:
            return fatal[-1]
    return "it left no message"
