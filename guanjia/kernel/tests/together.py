"""Several acts at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

MOST = 60  # connections of one test: the server has a hundred, as any has an end; who waits outside comes in at once


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts together; their results, or what they raised, in their order."""
    gate, room, results = threading.Barrier(len(acts)), threading.Semaphore(MOST), [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        gate.wait()
        with room:
            try:
                results[index] = act()
            except Exception as error:
                results[index] = error
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
