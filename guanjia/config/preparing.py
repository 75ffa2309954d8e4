"""What a first start makes before it serves: static files, tables, the demo.

One process loads the program once, and what can be made at the same time is made in forks of it. The role that owns
the tables is taken on in the one fork that makes them.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import traceback
from collections.abc import Callable

from .loading import set_up_django

# How the process ends, by the step that failed: `runtime.serving` reads it.
FAILED = {"static": 10, "tables": 11, "demo": 12}


def main(steps: list[str]) -> int:
    """Make these; the demo, which wants the tables, writes its words to standard output."""
    set_up_django()
    gc.set_threshold(50_000, 20, 50)  # thousands of rows are made, few of them in circles
    fork = multiprocessing.get_context("fork")
    running = {name: fork.Process(target=make) for name, make in BESIDE.items() if name in steps}
    for process in running.values():
        process.start()
    if "tables" in running:
        running["tables"].join()
        if running["tables"].exitcode:
            return FAILED["tables"]
    has_demo = _demo() if "demo" in steps else True
    for process in running.values():
        process.join()
    failed = [name for name, process in running.items() if process.exitcode]
    if not has_demo:
        failed.append("demo")
    return FAILED[failed[0]] if failed else 0


def _static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _tables() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from .environment import database

    connection.settings_dict.update(database(settings.OWNER_URL))
    call_command("prepare", verbosity=0)


def _demo() -> bool:
    """Whether it was made; a start goes on without it."""
    from . import demo

    try:
        return demo.main([]) == 0
    except (Exception, SystemExit):
        traceback.print_exc()
        return False


BESIDE: dict[str, Callable[[], None]] = {"static": _static, "tables": _tables}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
