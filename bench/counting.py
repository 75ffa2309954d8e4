"""Counting and timing what a request does to the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Seen:
    """The statements of a stretch of work, in order."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n".join(f"{n:3} {sql[:400]}" for n, sql in enumerate(self.statements, 1))


@contextmanager
def statements() -> Iterator[Seen]:
    """What is sent to the database meanwhile; BEGIN, COMMIT and savepoints are not counted."""
    seen = Seen()

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if not text.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.statements.append(text)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def timed(work: Callable[[int], Any], times: int, *, warm: int = 3) -> dict[str, float | int]:
    """p50 and p95 in milliseconds, our own processor time, and the most statements of one call.

    `work` gets the number of the call. The processor time (without the database's) is what other work on the machine
    disturbs least.
    """
    spent: list[int] = []
    used: list[int] = []
    most = 0
    for number in range(times + warm):
        with statements() as seen:
            begun, cpu = time.perf_counter_ns(), time.process_time_ns()
            work(number)
            took, cpu = time.perf_counter_ns() - begun, time.process_time_ns() - cpu
        if number >= warm:
            spent.append(took)
            used.append(cpu)
            most = max(most, len(seen))
    spent.sort()
    used.sort()
    return {
        "p50_ms": round(spent[len(spent) // 2] / 1e6, 1),
        "p95_ms": round(spent[min(len(spent) - 1, len(spent) * 95 // 100)] / 1e6, 1),
        "cpu_ms": round(used[len(used) // 2] / 1e6, 1),
        "statements": most,
    }
